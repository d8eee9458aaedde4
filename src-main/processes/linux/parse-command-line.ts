/** /proc/PID/cmdline (proc_pid_cmdline(5)). Pure and total: a process may write anything over its arguments. */
import type { CommandLine } from '../../../src-shared/contract/process-details.ts'

/** Room for long class paths and compiler calls; the kernel allows megabytes that nobody would read. */
export const maximumCommandLineBytes = 32_768
/** More lines than a person scrolls through. */
export const maximumArguments = 1000

/** `bytes`: the beginning of the file; one byte more than the maximum tells that there is more. */
export function parseCommandLine(bytes: Uint8Array): CommandLine {
  let end = Math.min(bytes.length, maximumCommandLineBytes)
  const cut = bytes.length > maximumCommandLineBytes
  // One ends the last argument; a program that shortened its title leaves more behind it.
  while (end > 0 && bytes[end - 1] === 0) end -= 1
  if (end === 0) return { arguments: [] }
  const words = Buffer.from(bytes.buffer, bytes.byteOffset, end).toString('utf8').split('\0')
  const kept = words.slice(0, maximumArguments)
  return cut || kept.length < words.length ? { arguments: kept, cut: true } : { arguments: kept }
}
