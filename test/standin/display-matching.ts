import { records } from './records.ts'

/** The display that a rectangle overlaps most; the first where it overlaps none, as on Windows and Linux. */
export function displayMatching(bounds: Electron.Rectangle): Electron.Display {
  const [primary] = records.displays
  if (primary === undefined) throw new Error('the electron stand-in has no display')
  return records.displays.reduce((best, each) => (overlap(each.bounds, bounds) > overlap(best.bounds, bounds) ? each : best), primary)
}

function overlap(a: Electron.Rectangle, b: Electron.Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, width) * Math.max(0, height)
}
