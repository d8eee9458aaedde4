/** A point of the viewport, CSS pixels. */
export interface GroupMenuPlace {
  readonly x: number
  readonly y: number
}
