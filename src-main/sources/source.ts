import type { Problem } from '../../src-shared/model/problem.ts'
import type { RowTable, UnreadTable } from '../table/row-table.ts'

/** What one look brought. A failed look leaves the table's rows as they were. */
export type LookOutcome =
  | { readonly ok: true; readonly unread: readonly UnreadTable[]; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly reason: string }

/** A way to read the connections of this machine. */
export interface ConnectionSource {
  /** Shown in `doctor` and the status bar: netlink, procfs … */
  readonly id: string
  /** Hands every socket there is now to `table.upsert`. The caller begins and finishes the look. */
  look(table: RowTable): LookOutcome
  close(): void
}

/** Opens a source, or says why it cannot be used here. */
export interface SourceFactory {
  readonly id: string
  open(): ConnectionSource | { readonly unusable: string }
}
