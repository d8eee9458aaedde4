/**
 * What `ps -axww -o pid=,ppid=,uid=,lstart=,comm=` prints in the C locale and in UTC. Pure and total. On macOS `comm` is the path of
 * the executable, and the last column, so that blanks in it do no harm.
 */
import type { IdentifiedProcess } from './process-reader.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const line =
  /^\s*(\d{1,9})\s+(\d{1,9})\s+(-?\d{1,10})\s+[A-Z][a-z]{2}\s+([A-Z][a-z]{2})\s+(\d{1,2})\s+(\d\d):(\d\d):(\d\d)\s+(\d{4})\s+(.+)$/

export function parsePs(text: string): readonly IdentifiedProcess[] {
  return text.split('\n').flatMap((row) => parseRow(row) ?? [])
}

function parseRow(row: string): IdentifiedProcess | undefined {
  const match = line.exec(row)
  if (match === null) return undefined
  const [, pid, parentPid, uid, monthName = '', day, hour, minute, second, year, command = ''] = match
  const month = months.indexOf(monthName)
  if (month < 0) return undefined
  const startedAtUnixMs = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second))
  const name = command.slice(command.lastIndexOf('/') + 1)
  const process: IdentifiedProcess = {
    pid: Number(pid),
    parentPid: Number(parentPid),
    uid: Number(uid) >>> 0, // -2 is the user nobody
    name: name === '' ? command : name,
    startedAtUnixMs,
    startKey: String(startedAtUnixMs / 1000),
    startToken: `p${startedAtUnixMs / 1000}`,
  }
  return command.startsWith('/') ? { ...process, executable: command } : process
}
