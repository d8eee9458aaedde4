/** Device paths of the kernel as the paths people know. */

/** One drive and the device behind it: `C:` and `\Device\HarddiskVolume3`. */
export interface DriveDevice {
  readonly drive: string
  readonly device: string
}

const networkPrefix = '\\Device\\Mup\\'
const dosPrefix = '\\??\\'

/** Undefined when no drive lies on the path's device, or when it is no path (the kernel's own processes have bare names). */
export function dosPathOf(path: string, drives: readonly DriveDevice[]): string | undefined {
  if (path.startsWith(dosPrefix)) return path.slice(dosPrefix.length)
  if (startsWithFolded(path, networkPrefix)) return `\\\\${path.slice(networkPrefix.length)}`
  for (const { drive, device } of drives)
    if (path.length > device.length && path[device.length] === '\\' && startsWithFolded(path, device))
      return drive + path.slice(device.length)
  return undefined
}

function startsWithFolded(text: string, start: string): boolean {
  return text.slice(0, start.length).toLowerCase() === start.toLowerCase()
}
