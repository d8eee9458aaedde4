import type { ChangeSet } from '../../../src-shared/model/change-set.ts'

export type ToWorker =
  | { readonly kind: 'start'; readonly rows: number }
  | { readonly kind: 'run'; readonly phase: string; readonly intervalMs: number; readonly sets: number }

export type FromWorker =
  | { readonly kind: 'first'; readonly set: ChangeSet }
  | { readonly kind: 'changes'; readonly phase: string; readonly set: ChangeSet }
  | { readonly kind: 'ended'; readonly phase: string }
