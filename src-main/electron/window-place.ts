/** Where a window opens: pure geometry over the displays there are now. All lengths are device-independent pixels. */

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What tells a display from another. Its id is the system's and mostly, not always, the same after it was unplugged. */
export interface DisplayMark {
  readonly id: number
  readonly workArea: Rectangle
  readonly scaleFactor: number
}

export interface WindowPlace {
  /** Absent: where the window manager likes. Maximised windows keep the bounds to return to. */
  readonly bounds?: Rectangle
  /** The display the window was on. */
  readonly display?: DisplayMark
}

export const defaultSize = { width: 1280, height: 800 }
/** Below this the table has no room for an address and a process. */
export const minimumSize = { width: 640, height: 400 }
/** So much of the title bar must lie on a display that one can take hold of it. */
const grip = { width: 120, height: 32 }

/**
 * The bounds to open with, or only a size where the window never had a place. On the display where it was, if that is there, wherever
 * that lies now; else on the one it overlaps most; else in the middle of the primary one. `displays`: the primary one first.
 */
export function placeWindow({ bounds, display }: WindowPlace, displays: readonly DisplayMark[]): Partial<Rectangle> & typeof defaultSize {
  const [primary] = displays
  if (bounds === undefined) return fitSize(defaultSize, primary?.workArea)
  const home = display && findAgain(display, displays)
  if (home !== undefined && display !== undefined) {
    const moved = { ...bounds, x: bounds.x + home.workArea.x - display.workArea.x, y: bounds.y + home.workArea.y - display.workArea.y }
    const asLarge = home.workArea.width === display.workArea.width && home.workArea.height === display.workArea.height
    return asLarge && canTakeHold(moved, home.workArea) ? fitted(moved, home.workArea) : inside(moved, home.workArea)
  }
  const nearest = mostOverlapped(bounds, displays)
  if (nearest !== undefined)
    return canTakeHold(bounds, nearest.workArea) ? fitted(bounds, nearest.workArea) : inside(bounds, nearest.workArea)
  return primary === undefined ? fitSize(bounds, undefined) : centred(bounds, primary.workArea)
}

/** Whether one could take hold of the window's title bar on any of the displays. */
export function isWithinReach(bounds: Rectangle, displays: readonly DisplayMark[]): boolean {
  return displays.some(({ workArea }) => canTakeHold(bounds, workArea))
}

function findAgain(display: DisplayMark, displays: readonly DisplayMark[]): DisplayMark | undefined {
  const looksTheSame = ({ workArea, scaleFactor }: DisplayMark): boolean =>
    scaleFactor === display.scaleFactor && isSame(workArea, display.workArea)
  return displays.find(({ id }) => id === display.id) ?? displays.find(looksTheSame)
}

function mostOverlapped(bounds: Rectangle, displays: readonly DisplayMark[]): DisplayMark | undefined {
  let best: DisplayMark | undefined
  let largest = 0
  for (const display of displays) {
    const area = overlap(bounds, display.workArea)
    if (area <= largest) continue
    best = display
    largest = area
  }
  return best
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}

function canTakeHold(bounds: Rectangle, area: Rectangle): boolean {
  const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  const top = bounds.y - area.y
  return width >= grip.width && top >= 0 && top <= area.height - grip.height
}

function fitted(bounds: Rectangle, area: Rectangle): Rectangle {
  return { x: bounds.x, y: bounds.y, ...fitSize(bounds, area) }
}

/** All of it on the display, as near to where it was as that allows. */
function inside(bounds: Rectangle, area: Rectangle): Rectangle {
  const size = fitSize(bounds, area)
  return { x: within(bounds.x, size.width, area.x, area.width), y: within(bounds.y, size.height, area.y, area.height), ...size }
}

/** Where `length` lies within `room` from `from` on; at its beginning when there is too little room. */
function within(at: number, length: number, from: number, room: number): number {
  return Math.max(from, Math.min(at, from + room - length))
}

function centred(bounds: Rectangle, area: Rectangle): Rectangle {
  const size = fitSize(bounds, area)
  return { x: middle(size.width, area.x, area.width), y: middle(size.height, area.y, area.height), ...size }
}

function middle(length: number, from: number, room: number): number {
  return from + Math.max(0, Math.round((room - length) / 2))
}

function fitSize({ width, height }: typeof defaultSize, area: Rectangle | undefined): typeof defaultSize {
  return {
    width: Math.max(minimumSize.width, Math.min(width, area?.width ?? width)),
    height: Math.max(minimumSize.height, Math.min(height, area?.height ?? height)),
  }
}

function isSame(a: Rectangle, b: Rectangle): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height
}
