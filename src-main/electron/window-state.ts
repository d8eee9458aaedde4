/** Where the window was, kept in a small file of its own and checked against the displays there are now. */
import * as v from 'valibot'
import { readPrivateFile, writePrivateFile } from '../settings/private-file.ts'

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface WindowState {
  /** Device-independent pixels; absent means: where the window manager likes. Maximised windows keep the size to return to. */
  readonly bounds?: Rectangle
  readonly maximized: boolean
}

export const defaultSize = { width: 1280, height: 800 }
/** Below this the table has no room for an address and a process. */
export const minimumSize = { width: 640, height: 400 }
/** So much of the title bar must lie on a display that one can take hold of it. */
const grip = { width: 120, height: 32 }

const coordinate = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000))
const length = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000))
const schema = v.object({
  bounds: v.optional(v.object({ x: coordinate, y: coordinate, width: length, height: length })),
  maximized: v.boolean(),
})

/** A missing or damaged file is no state: where the window stood is not worth a message. */
export function loadWindowState(file: string): WindowState {
  try {
    const { bounds, maximized } = v.parse(schema, JSON.parse(readPrivateFile(file).text ?? ''))
    return bounds === undefined ? { maximized } : { bounds, maximized }
  } catch {
    // See above.
    return { maximized: false }
  }
}

/** Throws why it failed. Synchronous, because the last save happens while quitting. */
export function saveWindowState(file: string, state: WindowState): void {
  const reason = writePrivateFile(file, `${JSON.stringify(state)}\n`)
  if (reason !== undefined) throw new Error(`The place of the window could not be kept in ${file}: ${reason}`)
}

/** The bounds to open with: the saved ones if one can take hold of the window there, else only their size, fitted to a display. */
export function fitWindow({ bounds }: WindowState, workAreas: readonly Rectangle[]): Partial<Rectangle> & typeof defaultSize {
  const wanted = bounds ?? defaultSize
  const within = bounds && workAreas.find((area) => reachable(bounds, area))
  const area = within ?? workAreas[0]
  const size = {
    width: Math.max(minimumSize.width, Math.min(wanted.width, area?.width ?? wanted.width)),
    height: Math.max(minimumSize.height, Math.min(wanted.height, area?.height ?? wanted.height)),
  }
  return within && bounds ? { x: bounds.x, y: bounds.y, ...size } : size
}

function reachable(bounds: Rectangle, area: Rectangle): boolean {
  const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  const top = bounds.y - area.y
  return width >= grip.width && top >= 0 && top <= area.height - grip.height
}
