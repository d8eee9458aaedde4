/** What a table of groups shows: its columns and its lines. */
export interface GroupColumn {
  readonly id: string
  readonly title: string
  /** CSS pixels; the least where it takes a share of what is left. */
  readonly width: number
  /** Share of the room that is left. */
  readonly grow?: number
  readonly align?: 'start' | 'end'
  /** The order that the first click asks for; absent where the column cannot be sorted by. */
  readonly firstOrder?: 'ascending' | 'descending'
  /** A picture or buttons, which no text can stand for. */
  readonly isDrawn?: true
}

export interface GroupSort {
  readonly column: string
  readonly descending: boolean
}

export interface GroupLine<Value> {
  /** Unique in the table, and the same from look to look. */
  readonly key: string
  /** 1 for groups; what belongs to a line is one level below it. */
  readonly level: number
  /** Undefined where there is nothing to unfold. */
  readonly expanded?: boolean | undefined
  /** Drawn over the whole width instead of in cells. */
  readonly isDetail?: true
  readonly value: Value
}

/** Lines are made when they are drawn: there may be a hundred thousand. */
export interface GroupLines<Value> {
  readonly count: number
  readonly at: (index: number) => GroupLine<Value> | undefined
  /** -1 when it is not among them. */
  readonly indexOf: (key: string) => number
}

export function linesOf<Value>(list: readonly GroupLine<Value>[]): GroupLines<Value> {
  return { count: list.length, at: (index) => list[index], indexOf: (key) => list.findIndex((line) => line.key === key) }
}

/** What a click on a heading asks for. */
export function nextSort(sort: GroupSort, { id, firstOrder }: GroupColumn): GroupSort {
  return { column: id, descending: sort.column === id ? !sort.descending : firstOrder === 'descending' }
}
