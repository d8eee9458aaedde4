/**
 * The engine's rows: one record per socket by identity, and who was added, changed and removed by the last look. It knows nothing
 * of operating systems or consumers. A look is `begin`, one `upsert` per socket seen, `finish`; owners come after that.
 */
import { visibilityCode, type Visibility } from '../../src-shared/model/visibility.ts'
import { absentCount } from '../../src-shared/model/columns.ts'
import { BoundedLog } from './bounded-log.ts'
import { keepWhatIsNoLongerTold, moveTimesOfData, timerHasMoved } from './carry-over.ts'
import { enlarged, nextCapacity } from './capacity.ts'
import { IdentityIndex } from './identity-index.ts'
import { ProcessTable } from './process-table.ts'
import { RateMeter } from './rate-meter.ts'
import { flagActivity, flagTupleIdentity, recordWord, recordWords, stateOfHead, timerKindOfHead } from './row-record.ts'
import { SlotList } from './slot-list.ts'
import { StringTable } from './string-table.ts'
import { ToldPids } from './told-pids.ts'
import { belongs, type UnreadTable } from './unread-table.ts'

export type { UnreadTable } from './unread-table.ts'

/** Removed rows remembered for consumers that lag (a minute of 4,000 closes a second); one that lags further gets a full set. */
const removedLogCapacity = 262_144
/** A new session starts before the string table or the row ids reach these; both are far beyond one day of use. */
const maximumStrings = 60_000
const maximumRowId = 0x7fffffff
/**
 * Owners kept of one row. A program that forks a thousand times over a thousand sockets would else make a million owners; whoever
 * would be the next is not told, and takes the place of an owner that lets go.
 */
export const maximumOwners = 128
const { head, ports, inode, user, flags, retransmits, roundTripMicros, timerMs, receiveRate, sendRate, seenAt } = recordWord
const toldBesideTheRest = [recordWord.pid, recordWord.service] // behind `flags`, and a change all the same (or segments sent)
const references = [user, recordWord.interface, recordWord.service]
const referencesBesideActivity = [user, recordWord.interface]

export class RowTable {
  session = ''
  sequence = 0
  takenAt = 0
  /** The same moment as `takenAt`, in milliseconds of a clock that nobody sets. */
  steadyAt = 0
  records = new Uint32Array(0)
  floats = new Float32Array(0)
  live = new Uint8Array(0)
  rowId = new Uint32Array(0)
  owner = new Uint32Array(0)
  visibility = new Uint8Array(0)
  firstSeenAt = new Float64Array(0)
  stateSinceAt = new Float64Array(0)
  timerExpiresAt = new Float64Array(0)
  addedAt = new Float64Array(0)
  changedAt = new Float64Array(0)
  capacity = 0
  /** Slots that were ever in use lie below this. */
  top = 0
  count = 0
  /** What the last look did. `relinked`: rows whose inode changed, such as connections that were accepted. */
  readonly added = new SlotList()
  readonly relinked = new SlotList()
  /** Removed rows; their slots stay readable until the next look. */
  readonly removed = new SlotList()
  /** Identities that came twice in one look: only the last record counted. */
  duplicates = 0
  strings = new StringTable()
  processes = new ProcessTable()
  removedLog = new BoundedLog(removedLogCapacity)
  readonly sharedOwners = new Map<number, readonly number[]>()
  readonly toldPids = new ToldPids()
  #index = new IdentityIndex()
  #free: number[] = []
  #lastRowId = 0
  #epoch = 0
  /** takenAt of the last look that was finished; failed ones do not count. */
  #finishedLookAt = 0
  readonly #rates = new RateMeter()
  readonly #sessionBase: string

  constructor({ sessionBase, capacity = 1024 }: { readonly sessionBase: string; readonly capacity?: number }) {
    this.#sessionBase = sessionBase
    this.#grow(capacity)
    this.#startSession()
  }

  /** Starts a look at `takenAt` (Unix milliseconds); `steadyAt` is the same moment on a clock that nobody sets. */
  begin(takenAt: number, steadyAt = takenAt): void {
    this.#recycle()
    if (this.strings.size > maximumStrings || this.#lastRowId > maximumRowId) this.#startSession()
    this.#rates.begin(steadyAt)
    this.takenAt = takenAt
    this.steadyAt = steadyAt
    this.sequence += 1
    this.added.clear()
    this.relinked.clear()
    this.removed.clear()
    this.duplicates = 0
  }

  /** Takes one socket as seen now. What a record does not tell any more (user, counters) is kept from earlier looks. */
  upsert(scratch: Uint32Array): number {
    const low = scratch[0] as number
    const high = scratch[1] as number
    let slot = this.#index.find(this.records, low, high)
    if (slot !== -1 && this.#isSuccessor(slot, scratch)) {
      this.#remove(slot)
      slot = -1
    }
    if (slot === -1) return this.#add(scratch)
    const seen = slot * recordWords + seenAt
    const again = this.records[seen] === this.sequence
    if (again) this.duplicates += 1
    else this.records[seen] = this.sequence
    this.#update(slot, scratch, again)
    return slot
  }

  /** Ends a look: rows that were not seen are removed, except those of tables that were not read. */
  finish(unread: readonly UnreadTable[] = []): void {
    const { live, records, sequence } = this
    for (let slot = 0; slot < this.top; slot += 1) {
      if (live[slot] === 0 || records[slot * recordWords + seenAt] === sequence) continue
      const rowHead = records[slot * recordWords + head] as number
      if (unread.some((table) => belongs(rowHead, table))) continue
      this.#remove(slot)
    }
    this.#finishedLookAt = this.takenAt
    this.#rates.finish()
  }

  /** Sets who owns a row; `owners` are process references, of which the first `maximumOwners` are kept. */
  setOwners(slot: number, owners: readonly number[], visibility: Visibility): void {
    const first = owners[0] ?? 0
    const code = visibilityCode(visibility)
    const kept = owners.length > maximumOwners ? owners.slice(0, maximumOwners) : owners
    const shared = kept.length > 1 ? kept : undefined
    const before = this.sharedOwners.get(slot)
    if (this.owner[slot] === first && this.visibility[slot] === code && sameList(before, shared)) return
    this.owner[slot] = first
    this.visibility[slot] = code
    if (shared === undefined) this.sharedOwners.delete(slot)
    else this.sharedOwners.set(slot, shared)
    this.changedAt[slot] = this.sequence
  }

  /** Process references of a row, the first owner first. */
  ownersOf(slot: number): readonly number[] {
    const first = this.owner[slot] ?? 0
    return first === 0 ? [] : (this.sharedOwners.get(slot) ?? [first])
  }

  /** -1 when there is no such row. */
  findIdentity(low: number, high: number): number {
    return this.#index.find(this.records, low, high)
  }

  /** Forgets processes that no row names any more. */
  forgetUnusedProcesses(): void {
    const inUse = new Set<number>()
    for (let slot = 0; slot < this.top; slot += 1) if (this.live[slot] === 1) for (const ref of this.ownersOf(slot)) inUse.add(ref)
    this.processes.forgetUnused(inUse, this.sequence)
  }

  get #isFirstLook(): boolean {
    return this.#finishedLookAt === 0
  }

  #add(scratch: Uint32Array): number {
    const slot = this.#free.pop() ?? this.top
    if (slot === this.top) this.top += 1
    if (slot >= this.capacity) this.#grow(nextCapacity(this.capacity))
    const base = slot * recordWords
    this.records.set(scratch, base)
    this.records[base + receiveRate] = 0
    this.records[base + sendRate] = 0
    this.records[base + seenAt] = this.sequence
    this.#index.insert(this.records, slot)
    this.#rates.start(slot, scratch)
    this.#lastRowId += 1
    this.count += 1
    this.live[slot] = 1
    this.rowId[slot] = this.#lastRowId
    this.owner[slot] = 0
    this.visibility[slot] = visibilityCode('pending')
    this.firstSeenAt[slot] = this.takenAt
    this.stateSinceAt[slot] = this.#isFirstLook ? Number.NaN : this.takenAt
    this.timerExpiresAt[slot] = this.takenAt + (scratch[timerMs] as number)
    this.addedAt[slot] = this.sequence
    this.changedAt[slot] = this.sequence
    this.added.push(slot)
    return slot
  }

  /** `again`: a repeated dump shows the row a second time in one look, which is no time to measure a rate over. */
  #update(slot: number, scratch: Uint32Array, again: boolean): void {
    const records = this.records
    const base = slot * recordWords
    keepWhatIsNoLongerTold(records, base, scratch)
    const stateBefore = stateOfHead(records[base + head] as number)
    const inodeBefore = records[base + inode] as number
    moveTimesOfData(records, base, scratch)
    let changed = !again && this.#rates.measure(slot, scratch, this.floats)
    for (let word = head; word <= flags; word += 1) {
      const value = scratch[word] as number
      if (records[base + word] === value) continue
      records[base + word] = value
      changed = true
    }
    for (const word of toldBesideTheRest) {
      if (records[base + word] === scratch[word]) continue
      records[base + word] = scratch[word] as number
      changed = true
    }
    records[base + timerMs] = scratch[timerMs] as number
    records[base + roundTripMicros] = scratch[roundTripMicros] as number
    const expiresAt = this.takenAt + (scratch[timerMs] as number)
    if (timerKindOfHead(scratch[head] as number) !== 0 && timerHasMoved(this.timerExpiresAt[slot] as number, expiresAt, this.takenAt)) {
      this.timerExpiresAt[slot] = expiresAt
      changed = true
    }
    if (stateOfHead(scratch[head] as number) !== stateBefore) this.stateSinceAt[slot] = this.takenAt
    if ((scratch[inode] as number) !== inodeBefore) this.relinked.push(slot)
    if (changed) this.changedAt[slot] = this.sequence
  }

  /** Where the identity is only a tuple, another inode on it is another socket. */
  #isSuccessor(slot: number, scratch: Uint32Array): boolean {
    if (((scratch[flags] as number) & flagTupleIdentity) === 0) return false
    const before = this.records[slot * recordWords + inode] as number
    return before !== 0 && scratch[inode] !== 0 && before !== scratch[inode]
  }

  #remove(slot: number): void {
    this.#index.remove(this.records, slot)
    this.live[slot] = 0
    this.count -= 1
    this.removed.push(slot)
    this.removedLog.note(this.rowId[slot] as number, this.sequence)
  }

  #recycle(): void {
    for (let at = 0; at < this.removed.length; at += 1) {
      const slot = this.removed.at(at)
      this.sharedOwners.delete(slot)
      this.toldPids.forget(slot)
      this.#free.push(slot)
    }
    this.removed.clear()
  }

  /** Renumbers everything: consumers get a full set. Rows and what is known of them stay. */
  #startSession(): void {
    const strings = this.strings
    this.#epoch += 1
    this.session = `${this.#sessionBase}-${this.#epoch}`
    this.strings = new StringTable()
    this.removedLog = new BoundedLog(removedLogCapacity)
    this.#lastRowId = 0
    for (let slot = 0; slot < this.top; slot += 1) {
      if (this.live[slot] === 0) continue
      this.#lastRowId += 1
      this.rowId[slot] = this.#lastRowId
      const base = slot * recordWords
      for (const word of ((this.records[base + flags] as number) & flagActivity) === 0 ? references : referencesBesideActivity) {
        const at = base + word
        this.records[at] = this.strings.intern(strings.text(this.records[at] as number), this.sequence)
      }
    }
  }

  #grow(capacity: number): void {
    this.records = enlarged(this.records, new Uint32Array(capacity * recordWords))
    this.floats = new Float32Array(this.records.buffer)
    this.#rates.reserve(capacity)
    this.live = enlarged(this.live, new Uint8Array(capacity))
    this.rowId = enlarged(this.rowId, new Uint32Array(capacity))
    this.owner = enlarged(this.owner, new Uint32Array(capacity))
    this.visibility = enlarged(this.visibility, new Uint8Array(capacity))
    this.firstSeenAt = enlarged(this.firstSeenAt, new Float64Array(capacity))
    this.stateSinceAt = enlarged(this.stateSinceAt, new Float64Array(capacity))
    this.timerExpiresAt = enlarged(this.timerExpiresAt, new Float64Array(capacity))
    this.addedAt = enlarged(this.addedAt, new Float64Array(capacity))
    this.changedAt = enlarged(this.changedAt, new Float64Array(capacity))
    this.capacity = capacity
  }
}

function sameList(left: readonly number[] | undefined, right: readonly number[] | undefined): boolean {
  if (left === right) return true
  if (left === undefined || right === undefined) return false
  return left.length === right.length && left.every((value, index) => value === right[index])
}

/** A fresh scratch record; counters absent until filled. */
export function createScratchRecord(): Uint32Array {
  const scratch = new Uint32Array(recordWords)
  scratch[retransmits] = absentCount
  scratch[ports] = 0
  return scratch
}
