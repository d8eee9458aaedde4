import type { ProcessCalls } from '../../native/windows/process-calls.ts'
import { wideText } from '../../native/windows/wide-text.ts'

/** SC_SERVICE_TAG_QUERY: pid, tag, kind of tag, padding, pointer to the name. */
const queryBytes = 24
const namePointer = 16
/** ServiceNameFromTagInformation */
const nameFromTag = 1
/** The service manager allows 256 characters (lpServiceName of CreateServiceW). */
const nameCharacters = 257

/** The name of the service with this tag in a process, as the service manager knows it; undefined when it does not. */
export function serviceName(api: ProcessCalls, pid: number, tag: number): string | undefined {
  const query = Buffer.alloc(queryBytes)
  query.writeUInt32LE(pid, 0)
  query.writeUInt32LE(tag, 4)
  if (api.I_QueryTagInformation(null, nameFromTag, query) !== 0) return undefined
  const pointer = query.readBigUInt64LE(namePointer)
  if (pointer === 0n) return undefined
  const name = Buffer.alloc(nameCharacters * 2)
  api.lstrcpynW(name, pointer, nameCharacters)
  api.LocalFree(pointer)
  const text = wideText(name)
  return text === '' ? undefined : text
}
