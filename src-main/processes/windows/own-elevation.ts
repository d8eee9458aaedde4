import type { WindowsApi } from '../../native/windows/windows-api.ts'

const TOKEN_QUERY = 8
const TokenElevation = 20

/** Whether this process runs with administrator rights; undefined when Windows does not say. */
export function isElevated(api: WindowsApi): boolean | undefined {
  const token = Buffer.alloc(8)
  if (api.OpenProcessToken(api.GetCurrentProcess(), TOKEN_QUERY, token) === 0) return undefined
  const handle = Number(token.readBigInt64LE())
  const elevation = Buffer.alloc(4)
  const done = api.GetTokenInformation(handle, TokenElevation, elevation, elevation.length, Buffer.alloc(4))
  api.CloseHandle(handle)
  return done === 0 ? undefined : elevation.readUInt32LE() !== 0
}
