/** The few of the kernel's counters that are wanted on every look, without making a report of all of them. Pure and total. */
import { readProcFile, type FileRead } from '../../native/linux/proc-files.ts'

/** Names of the kernel's documentation (net/snmp_counter). */
const extended = { listenOverflows: 'ListenOverflows', listenDrops: 'ListenDrops', synCookiesSent: 'SyncookiesSent' } as const
const standard = { sentSegments: 'OutSegs', retransmittedSegments: 'RetransSegs' } as const

/** Counters that cannot be read are absent. */
export function readLinuxCounters(
  readFile: (path: string) => FileRead = readProcFile,
): Partial<Record<keyof typeof extended | keyof typeof standard, number>> {
  const text = (path: string): string => {
    const read = readFile(path)
    return read.ok ? Buffer.from(read.bytes).toString('latin1') : ''
  }
  return { ...countersOfLine(text('net/netstat'), 'TcpExt', extended), ...countersOfLine(text('net/snmp'), 'Tcp', standard) }
}

/** From the pair of lines "Tcp: InSegs …" and "Tcp: 42 …" (proc_net(5)). */
export function countersOfLine<Name extends string>(
  text: string,
  line: string,
  names: Readonly<Record<Name, string>>,
): Partial<Record<Name, number>> {
  const found: Partial<Record<Name, number>> = {}
  const fields = wordsOf(text, line, 0)
  const values = wordsOf(text, line, 1)
  if (fields.length !== values.length) return found
  for (const [name, field] of Object.entries(names) as [Name, string][]) {
    const value = values[fields.indexOf(field)]
    if (value !== undefined && /^\d{1,20}$/u.test(value)) found[name] = Number(value)
  }
  return found
}

/** The words of the first or second line of that name. */
function wordsOf(text: string, line: string, which: 0 | 1): readonly string[] {
  const start = `${line}: `
  const first = text.startsWith(start) ? 0 : text.indexOf(`\n${start}`) + 1
  const at = which === 0 ? first : text.indexOf(`\n${start}`, first) + 1
  if (!text.startsWith(start, at) || (which === 1 && at === first)) return []
  const end = text.indexOf('\n', at)
  return end < 0 ? [] : text.slice(at + start.length, end).split(' ')
}
