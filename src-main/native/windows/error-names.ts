/** Numbers and names of the errors that Sockscope tells apart (winerror.h, ntstatus.h). */
export const ERROR_ACCESS_DENIED = 5
export const ERROR_NOT_SUPPORTED = 50
export const ERROR_NETWORK_ACCESS_DENIED = 65
export const ERROR_INVALID_PARAMETER = 87
export const ERROR_CALL_NOT_IMPLEMENTED = 120
export const ERROR_INSUFFICIENT_BUFFER = 122
export const ERROR_PROC_NOT_FOUND = 127
/** SetTcpEntry answers this instead of 5 when the caller is not elevated. */
export const ERROR_MR_MID_NOT_FOUND = 317
export const ERROR_NOT_FOUND = 1168
/** The person refused the elevation prompt. */
export const ERROR_CANCELLED = 1223

export const STATUS_INFO_LENGTH_MISMATCH = 0xc0000004
export const STATUS_ENTRYPOINT_NOT_FOUND = 0xc0000139

const names = new Map([
  [2, 'ERROR_FILE_NOT_FOUND'],
  [ERROR_ACCESS_DENIED, 'ERROR_ACCESS_DENIED'],
  [6, 'ERROR_INVALID_HANDLE'],
  [8, 'ERROR_NOT_ENOUGH_MEMORY'],
  [ERROR_NOT_SUPPORTED, 'ERROR_NOT_SUPPORTED'],
  [ERROR_NETWORK_ACCESS_DENIED, 'ERROR_NETWORK_ACCESS_DENIED'],
  [ERROR_INVALID_PARAMETER, 'ERROR_INVALID_PARAMETER'],
  [ERROR_CALL_NOT_IMPLEMENTED, 'ERROR_CALL_NOT_IMPLEMENTED'],
  [ERROR_INSUFFICIENT_BUFFER, 'ERROR_INSUFFICIENT_BUFFER'],
  [ERROR_PROC_NOT_FOUND, 'ERROR_PROC_NOT_FOUND'],
  [ERROR_MR_MID_NOT_FOUND, 'ERROR_MR_MID_NOT_FOUND'],
  [ERROR_NOT_FOUND, 'ERROR_NOT_FOUND'],
  [ERROR_CANCELLED, 'ERROR_CANCELLED'],
  [STATUS_INFO_LENGTH_MISMATCH, 'STATUS_INFO_LENGTH_MISMATCH'],
  [0xc0000022, 'STATUS_ACCESS_DENIED'],
  [STATUS_ENTRYPOINT_NOT_FOUND, 'STATUS_ENTRYPOINT_NOT_FOUND'],
])

/** The name of a Win32 error or NTSTATUS; its number where it has no name here. */
export function windowsErrorName(code: number): string {
  return names.get(code >>> 0) ?? (code > 0xffff || code < 0 ? `0x${(code >>> 0).toString(16)}` : String(code))
}
