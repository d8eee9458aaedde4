/** Where the window was and how, kept in a small file of its own. */
import * as v from 'valibot'
import { readPrivateFile, writePrivateFile } from '../settings/private-file.ts'
import type { WindowPlace } from './window-place.ts'

export interface WindowState extends WindowPlace {
  readonly maximized: boolean
  readonly fullScreen: boolean
}

/** Far beyond any desktop; what is larger was not written by us. */
const farthest = 100_000
const largestScale = 100
const coordinate = v.pipe(v.number(), v.integer(), v.minValue(-farthest), v.maxValue(farthest))
const length = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(farthest))
const scale = v.pipe(v.number(), v.minValue(0), v.maxValue(largestScale))
const rectangle = v.object({ x: coordinate, y: coordinate, width: length, height: length })
const schema = v.object({
  bounds: v.optional(rectangle),
  // Ids are 64 bits wide and come rounded, but the same each time.
  display: v.optional(v.object({ id: v.pipe(v.number(), v.integer()), workArea: rectangle, scaleFactor: scale })),
  maximized: v.boolean(),
  // Files of earlier versions have none.
  fullScreen: v.optional(v.boolean(), false),
})

/** A missing or damaged file is no state: where the window stood is not worth a message. */
export function loadWindowState(file: string): WindowState {
  try {
    const { bounds, display, ...state } = v.parse(schema, JSON.parse(readPrivateFile(file).text ?? ''))
    return { ...state, ...(bounds && { bounds }), ...(display && { display }) }
  } catch {
    // See above.
    return { maximized: false, fullScreen: false }
  }
}

/** Throws why it failed. Synchronous, because the last save happens while quitting. */
export function saveWindowState(file: string, state: WindowState): void {
  const reason = writePrivateFile(file, `${JSON.stringify(state)}\n`)
  if (reason !== undefined) throw new Error(`The place of the window could not be kept in ${file}: ${reason}`)
}
