import { ERROR_CANCELLED, windowsErrorName } from '../../native/windows/error-names.ts'
import { wideBytes } from '../../native/windows/wide-text.ts'
import type { WindowsApi } from '../../native/windows/windows-api.ts'
import type { ElevationRefusal } from '../../actions/windows/elevated-actions.ts'
import { quoteArgument } from './quote-argument.ts'

/** SHELLEXECUTEINFOW (shellapi.h, 64 bits). */
const infoBytes = 112
const maskAt = 4
const verbAt = 16
const fileAt = 24
const parametersAt = 32
const processAt = 104
const SEE_MASK_NOCLOSEPROCESS = 0x40
const SEE_MASK_NOASYNC = 0x100
const SEE_MASK_FLAG_NO_UI = 0x400

/** Starts a program with administrator rights; Windows asks the person first. Undefined when it runs. */
export async function launchElevated(api: WindowsApi, file: string, args: readonly string[]): Promise<ElevationRefusal | undefined> {
  const verb = wideBytes('runas')
  const fileBytes = wideBytes(file)
  const parameters = wideBytes(args.map(quoteArgument).join(' '))
  const info = Buffer.alloc(infoBytes) // nShow 0: no window
  info.writeUInt32LE(infoBytes, 0)
  info.writeUInt32LE(SEE_MASK_NOCLOSEPROCESS | SEE_MASK_NOASYNC | SEE_MASK_FLAG_NO_UI, maskAt)
  info.writeBigUInt64LE(api.addressOf(verb), verbAt)
  info.writeBigUInt64LE(api.addressOf(fileBytes), fileAt)
  info.writeBigUInt64LE(api.addressOf(parameters), parametersAt)
  const { ok, error } = await api.ShellExecuteExW(info, [verb, fileBytes, parameters])
  if (!ok) {
    if (error === ERROR_CANCELLED) return { refusal: 'elevation-refused' }
    return { refusal: 'elevation-failed', systemError: windowsErrorName(error) }
  }
  const process = Number(info.readBigUInt64LE(processAt))
  if (process !== 0) api.CloseHandle(process)
  return undefined
}
