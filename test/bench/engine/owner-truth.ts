/** Who really holds which socket: a brute-force walk over every descriptor of every process, and the rows of a table against it. */
import { readdirSync, readlinkSync } from 'node:fs'
import { recordWord, recordWords } from '../../../src-main/table/row-record.ts'
import type { RowTable } from '../../../src-main/table/row-table.ts'

export type Truth = ReadonlyMap<number, ReadonlySet<number>>

export interface OwnerCheck {
  /** Rows with a socket that somebody holds. */
  readonly rows: number
  readonly right: number
  /** Rows naming a process that held the socket neither before nor after the look. */
  readonly wrong: number
  /** Rows of other programs of this machine that disagree: those may fork and end between the looks. */
  readonly wrongElsewhere: number
  /** Rows without an owner although somebody holds the socket. */
  readonly unresolved: number
}

/** Pids by inode of the socket. */
export function readTruth(): Truth {
  const truth = new Map<number, Set<number>>()
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    for (const inode of socketsOf(pid)) truth.set(inode, (truth.get(inode) ?? new Set()).add(Number(pid)))
  }
  return truth
}

/** Compares a table whose last look lies between two truths. `loadPids` are processes that neither fork nor pass sockets on. */
export function checkOwners(table: RowTable, before: Truth, after: Truth, loadPids: ReadonlySet<number>): OwnerCheck {
  const check = { rows: 0, right: 0, wrong: 0, wrongElsewhere: 0, unresolved: 0 }
  for (let slot = 0; slot < table.top; slot += 1) {
    if (table.live[slot] === 0) continue
    const inode = table.records[slot * recordWords + recordWord.inode] as number
    const holders = after.get(inode)
    if (inode === 0 || holders === undefined) continue // closed meanwhile, or held by the kernel
    check.rows += 1
    const owners = table.ownersOf(slot).flatMap((reference) => table.processes.get(reference)?.pid ?? [])
    const stray = owners.filter((pid) => !holders.has(pid) && before.get(inode)?.has(pid) !== true)
    if (owners.length === 0) check.unresolved += 1
    else if (stray.length === 0) check.right += 1
    else if ([...owners, ...holders].some((pid) => loadPids.has(pid))) check.wrong += 1
    else check.wrongElsewhere += 1
  }
  return check
}

function socketsOf(pid: string): number[] {
  const found: number[] = []
  for (const descriptor of descriptorsOf(pid)) {
    const target = linkTarget(`/proc/${pid}/fd/${descriptor}`)
    if (target?.startsWith('socket:[') === true) found.push(Number(target.slice(8, -1)))
  }
  return found
}

function descriptorsOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`)
  } catch {
    return [] // the process ended, or is not ours to look at
  }
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined // closed between listing and reading
  }
}
