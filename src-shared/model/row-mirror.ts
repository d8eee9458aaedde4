/**
 * The consumer's side of change sets: the current rows, kept as columns, each row in a slot of its own. It knows nothing of order,
 * filters or highlights. A removed row's slot stays readable until `release`, so that a view can let it fade.
 */
import { changeSetRows, type ChangeSet } from './change-set.ts'
import { allocateColumns, columnNames, type ColumnArray, type Columns } from './columns.ts'
import { identityText } from './identity.ts'
import { KnownNames } from './known-names.ts'
import type { ProcessRecord } from './process.ts'
import { RowSlots } from './row-slots.ts'

/** Slots that a change set touched. `reset` says that all earlier slots are void. Valid until the next `apply`. */
export interface AppliedSlots {
  readonly reset: boolean
  readonly added: readonly number[]
  readonly changed: readonly number[]
  readonly removed: readonly number[]
}

export type ApplyOutcome =
  | { readonly ok: true; readonly slots: AppliedSlots }
  | { readonly ok: false; readonly reason: 'gap' | 'malformed' }

const initialCapacity = 1024

export class RowMirror {
  columns: Columns = allocateColumns(initialCapacity)
  /** Slots in use lie below this. */
  top = 0
  session: string | undefined
  sequence = 0
  takenAt = 0
  readonly processes = new Map<number, ProcessRecord>()
  /** What was learned about the rows' addresses; another full set does not make it wrong. Two mirrors of one engine may share it. */
  names = new KnownNames()
  #capacity = initialCapacity
  #strings: string[] = ['']
  #slotOfRow = new RowSlots()
  /** By slot: 1 for those that #slotOfRow knows. */
  #live = new Uint8Array(initialCapacity)
  #sharedOwners = new Map<number, readonly number[]>()
  #free: number[] = []

  /** Rows that are in the table now, without those removed but not yet released. */
  get rowCount(): number {
    return this.#slotOfRow.size
  }

  /** Slots of the rows that are in the table now, in the order of the slots. */
  *liveSlots(): Generator<number> {
    for (let slot = 0; slot < this.top; slot += 1) if (this.#live[slot] === 1) yield slot
  }

  slotOfRow(rowId: number): number | undefined {
    return this.#slotOfRow.get(rowId)
  }

  /** Length of the string table; references below it are valid. */
  get stringCount(): number {
    return this.#strings.length
  }

  /** Undefined for the absent reference 0 and for one that was never announced. */
  stringAt(reference: number): string | undefined {
    return reference === 0 ? undefined : this.#strings[reference]
  }

  /** Process references of a row, the first owner first; empty when none is known. */
  ownersOf(slot: number): readonly number[] {
    const first = this.columns.owner[slot] ?? 0
    if (first === 0) return []
    return this.#sharedOwners.get(this.columns.rowId[slot] ?? 0) ?? [first]
  }

  ownerOf(slot: number): ProcessRecord | undefined {
    return this.processes.get(this.columns.owner[slot] ?? 0)
  }

  identityOf(slot: number): string {
    const { identityKind, identityLow, identityHigh } = this.columns
    return identityText(identityKind[slot] ?? 0, identityLow[slot] ?? 0, identityHigh[slot] ?? 0)
  }

  /** gap: the set does not join on to what is here; ask for a full one. malformed: it contradicts itself; nothing was applied. */
  apply(set: ChangeSet): ApplyOutcome {
    const { header } = set
    const rows = changeSetRows(set)
    if (rows === undefined) return { ok: false, reason: 'malformed' }
    const reset = header.kind === 'full'
    if (reset) this.#clear(header.session)
    else if (header.session !== this.session || header.since > this.sequence || header.firstString > this.#strings.length)
      return { ok: false, reason: 'gap' }
    // An answer that was overtaken by a later one would bring removed rows back.
    else if (header.sequence < this.sequence) return { ok: false, reason: 'gap' }
    this.sequence = header.sequence
    this.takenAt = header.takenAt
    for (let index = 0; index < header.strings.length; index += 1) this.#strings[header.firstString + index] = String(header.strings[index])
    for (const process of header.processes) this.processes.set(process.ref, process)

    const removed: number[] = []
    for (const rowId of rows.removed) {
      const slot = this.#slotOfRow.get(rowId)
      if (slot === undefined) continue
      this.#slotOfRow.delete(rowId)
      this.#live[slot] = 0
      removed.push(slot)
    }
    const added: number[] = []
    const changed: number[] = []
    this.#place(rows.added, added, changed)
    this.#place(rows.changed, added, changed)
    for (const [rowId, ...owners] of header.sharedRows) if (rowId !== undefined) this.#sharedOwners.set(rowId, owners)
    for (const reference of header.forgottenProcesses) this.processes.delete(reference)
    return { ok: true, slots: { reset, added, changed, removed } }
  }

  /** Gives the slot of a removed row back. */
  release(slot: number): void {
    this.#sharedOwners.delete(this.columns.rowId[slot] ?? 0)
    this.#free.push(slot)
  }

  #place(from: Columns, added: number[], changed: number[]): void {
    const count = from.rowId.length
    const slots = new Uint32Array(count)
    for (let row = 0; row < count; row += 1) {
      const rowId = from.rowId[row] ?? 0
      let slot = this.#slotOfRow.get(rowId)
      if (slot === undefined) {
        slot = this.#free.pop() ?? this.top
        if (slot === this.top) this.top += 1
        this.#slotOfRow.set(rowId, slot)
        added.push(slot)
      } else {
        changed.push(slot)
        if (this.#sharedOwners.size > 0) this.#sharedOwners.delete(rowId)
      }
      slots[row] = slot
    }
    if (this.top > this.#capacity) this.#grow(this.top)
    for (let row = 0; row < count; row += 1) this.#live[slots[row] as number] = 1
    for (const name of columnNames) scatter(from[name], this.columns[name], slots)
  }

  #grow(needed: number): void {
    this.#capacity = needed + (needed >> 2) // a quarter to spare: doubling would cost tens of megabytes at 100,000 rows
    const next = allocateColumns(this.#capacity)
    for (const name of columnNames) next[name].set(this.columns[name])
    this.columns = next
    const live = new Uint8Array(this.#capacity)
    live.set(this.#live)
    this.#live = live
  }

  #clear(session: string): void {
    this.session = session
    this.top = 0
    this.#live.fill(0)
    this.processes.clear()
    this.#strings = ['']
    this.#slotOfRow = new RowSlots()
    this.#sharedOwners = new Map()
    this.#free = []
  }
}

/**
 * One column at a time, each width in a loop of its own: a loop that sees more than four array types is compiled for none of them
 * and takes ten times as long.
 */
function scatter(from: ColumnArray, to: ColumnArray, slots: Uint32Array): void {
  if (from instanceof Float64Array) scatterDoubles(from, to as Float64Array, slots)
  else if (from.BYTES_PER_ELEMENT === 4) scatterWords(asWords(from), asWords(to), slots)
  else scatterNarrow(from as Uint16Array | Uint8Array, to as Uint16Array | Uint8Array, slots)
}

function asWords(column: ColumnArray): Uint32Array {
  return new Uint32Array(column.buffer, column.byteOffset, column.length)
}

function scatterDoubles(from: Float64Array, to: Float64Array, slots: Uint32Array): void {
  for (let row = 0; row < slots.length; row += 1) to[slots[row] as number] = from[row] as number
}

function scatterWords(from: Uint32Array, to: Uint32Array, slots: Uint32Array): void {
  for (let row = 0; row < slots.length; row += 1) to[slots[row] as number] = from[row] as number
}

function scatterNarrow(from: Uint16Array | Uint8Array, to: Uint16Array | Uint8Array, slots: Uint32Array): void {
  for (let row = 0; row < slots.length; row += 1) to[slots[row] as number] = from[row] as number
}
