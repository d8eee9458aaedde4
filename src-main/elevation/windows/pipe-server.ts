import type { WindowsApi } from '../../native/windows/windows-api.ts'
import { wideBytes } from '../../native/windows/wide-text.ts'
import { ImagePaths } from '../../processes/windows/image-paths.ts'

const GENERIC_READ = 0x80000000
const OPEN_EXISTING = 3
/** The server learns who we are and may not act as us. */
const SECURITY_SQOS_PRESENT_IDENTIFICATION = 0x110000
const INVALID_HANDLE = -1

/** Whether the process that serves the pipe runs the same program as this one: nobody else may give a helper orders. */
export function isServedByOwnProgram(api: WindowsApi, pipe: string, ownPid: number): boolean {
  const handle = api.CreateFileW(wideBytes(pipe), GENERIC_READ, 0, null, OPEN_EXISTING, SECURITY_SQOS_PRESENT_IDENTIFICATION, 0)
  if (handle === INVALID_HANDLE) return false
  const pid = Buffer.alloc(4)
  const known = api.GetNamedPipeServerProcessId(handle, pid) !== 0
  api.CloseHandle(handle)
  const paths = new ImagePaths(api)
  const own = paths.pathOf(ownPid)
  return known && own !== undefined && paths.pathOf(pid.readUInt32LE())?.toLowerCase() === own.toLowerCase()
}
