/** A busy machine as an engine would tell of it: change sets in the wire's format, over rows that come, change and go at random. */
import { allocateChangeSetRows, type ChangeSet, type ChangeSetHeader } from '../../../src-shared/model/change-set.ts'
import { absentCount, absentUnanswered, allocateColumns, columnNames, type Columns } from '../../../src-shared/model/columns.ts'
import type { ProcessRecord } from '../../../src-shared/model/process.ts'
import { establishedCode, listenCode } from '../../../src-shared/model/tcp-state.ts'

/** Shares of the rows per second, as in the targets of the project. */
const shares = { leave: 0.02, arrive: 0.02, change: 0.1 }
const users = ['root', 'www-data', 'postgres', 'ana', 'ben', 'build']
const programs = [
  'chrome',
  'firefox',
  'node',
  'java',
  'postgres',
  'nginx',
  'redis-server',
  'sshd',
  'python3',
  'dockerd',
  'systemd-resolved',
  'code',
]
const remotePorts = [443, 443, 443, 80, 53, 22, 5432, 8080]
const startedAt = 1_795_161_600_000

export class SimulatedTable {
  readonly #columns: Columns
  /** Rows of #columns in use, in no order. */
  readonly #live: number[] = []
  readonly #processes: ProcessRecord[]
  readonly #random: () => number
  readonly #size: number
  #sequence = 0
  #lastRowId = 0
  #now = startedAt

  constructor(size: number, random: () => number) {
    this.#size = size
    this.#random = random
    this.#columns = allocateColumns(size * 2)
    this.#processes = Array.from({ length: Math.min(400, Math.max(60, Math.floor(size / 100))) }, (_, index) => this.#process(index + 1))
    for (let row = 0; row < size; row += 1) {
      this.#fill(row)
      this.#live.push(row)
    }
  }

  full(): ChangeSet {
    const { bytes, added } = allocateChangeSetRows(this.#live.length, 0, 0)
    this.#copy(this.#live, added)
    return { header: this.#header('full', this.#live.length, 0, 0), bytes }
  }

  /** What happened in `elapsedMs`. */
  delta(elapsedMs: number): ChangeSet {
    this.#now += elapsedMs
    const count = (share: number): number => Math.round(this.#size * share * (elapsedMs / 1000))
    const removed = this.#remove(count(shares.leave))
    const changed = this.#change(count(shares.change))
    const added = this.#add(count(shares.arrive), removed)
    const rows = allocateChangeSetRows(added.length, changed.length, removed.length)
    rows.removed.set(removed.map(({ rowId }) => rowId))
    this.#copy(added, rows.added)
    this.#copy(changed, rows.changed)
    return { header: this.#header('delta', added.length, changed.length, removed.length), bytes: rows.bytes }
  }

  #remove(count: number): { row: number; rowId: number }[] {
    return Array.from({ length: count }, () => {
      const at = this.#below(this.#live.length)
      const row = this.#live[at]!
      this.#live[at] = this.#live.at(-1)!
      this.#live.pop()
      return { row, rowId: this.#columns.rowId[row]! }
    })
  }

  #change(count: number): number[] {
    const rows = new Set<number>()
    while (rows.size < count) rows.add(this.#live[this.#below(this.#live.length)]!)
    for (const row of rows) this.#move(row)
    return [...rows]
  }

  #add(count: number, free: readonly { row: number }[]): number[] {
    const rows = free.slice(0, count).map(({ row }) => row)
    for (const row of rows) this.#fill(row)
    this.#live.push(...rows)
    return rows
  }

  #fill(row: number): void {
    const c = this.#columns
    const owner = this.#processes[Math.floor(this.#random() ** 2 * this.#processes.length)]!
    const udp = this.#random() < 0.1
    const listening = !udp && this.#random() < 0.05
    const six = this.#random() < 0.2
    this.#lastRowId += 1
    c.rowId[row] = this.#lastRowId
    c.identityLow[row] = this.#below(2 ** 32)
    c.identityHigh[row] = 0
    c.identityKind[row] = 0
    c.protocol[row] = udp ? 1 : 0
    c.family[row] = six ? 6 : 4
    c.state[row] = udp ? 0 : listening ? listenCode : establishedCode
    this.#fillAddresses(row, six, listening)
    c.owner[row] = this.#random() < 0.03 ? 0 : owner.ref
    c.visibility[row] = c.owner[row] === 0 ? 1 : 0
    c.user[row] = 1 + this.#below(users.length)
    c.firstSeenAt[row] = this.#now
    c.stateSinceAt[row] = Number.NaN
    c.createdAt[row] = Number.NaN
    c.timerExpiresAt[row] = Number.NaN
    c.receivedBytes[row] = Math.floor(this.#random() * 1e8)
    c.sentBytes[row] = Math.floor(this.#random() * 1e8)
    c.retransmits[row] = udp ? absentCount : 0
    c.segmentsSent[row] = udp ? absentCount : Math.floor(this.#random() * 1e5)
    c.unanswered[row] = udp ? absentUnanswered : 0
    this.#move(row)
  }

  #fillAddresses(row: number, six: boolean, listening: boolean): void {
    const c = this.#columns
    const word = (): number => this.#below(2 ** 32)
    const words = (): [number, number, number, number] =>
      six ? [0x20010db8, this.#below(500), word(), word()] : [0, 0, 0xffff, 0x0a000000 + this.#below(2 ** 24)]
    ;[c.local0[row], c.local1[row], c.local2[row], c.local3[row]] = six ? [0x20010db8, 0, 0, 1] : [0, 0, 0xffff, 0x0a000005]
    ;[c.remote0[row], c.remote1[row], c.remote2[row], c.remote3[row]] = listening ? [0, 0, six ? 0 : 0xffff, 0] : words()
    c.localPort[row] = 1024 + this.#below(60_000)
    c.remotePort[row] = listening ? 0 : remotePorts[this.#below(remotePorts.length)]!
  }

  #move(row: number): void {
    const c = this.#columns
    c.receiveRate[row] = this.#rate()
    c.sendRate[row] = this.#rate()
    c.receivedBytes[row] = c.receivedBytes[row]! + c.receiveRate[row]
    c.sentBytes[row] = c.sentBytes[row]! + c.sendRate[row]
    c.roundTripMs[row] = this.#below(2000) / 10
    if (c.state[row] !== 0 && c.state[row] !== listenCode && this.#random() < 0.1) c.state[row] = 1 + this.#below(9)
  }

  #rate(): number {
    return this.#random() < 0.4 ? 0 : Math.floor(20 / (1 - this.#random() * 0.9999) ** 1.1)
  }

  #process(ref: number): ProcessRecord {
    const program = programs[Math.floor(this.#random() ** 2 * programs.length)]!
    const name = this.#random() < 0.5 ? program : `${program}-${this.#below(40)}`
    return { ref, pid: 400 + ref * 7, startToken: String(ref), name, executable: `/usr/bin/${name}`, user: users[ref % users.length]! }
  }

  #copy(rows: readonly number[] | readonly { row: number }[], into: Columns): void {
    for (const name of columnNames) {
      const from = this.#columns[name]
      const to = into[name]
      for (const [index, row] of rows.entries()) to[index] = from[typeof row === 'number' ? row : row.row]!
    }
  }

  #header(kind: ChangeSetHeader['kind'], added: number, changed: number, removed: number): ChangeSetHeader {
    this.#sequence += 1
    const first = kind === 'full'
    return {
      session: 'bench',
      sequence: this.#sequence,
      kind,
      since: first ? 0 : this.#sequence - 1,
      takenAt: this.#now,
      added,
      changed,
      removed,
      firstString: first ? 1 : 1 + users.length,
      strings: first ? users : [],
      processes: first ? this.#processes : [],
      forgottenProcesses: [],
      sharedRows: [],
    }
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit)
  }
}
