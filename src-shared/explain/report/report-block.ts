import type { Severity } from '../../contract/diagnosis.ts'

export interface ReportColumn {
  readonly header: string
  readonly align: 'left' | 'right'
}

/** A report without its form: Markdown and plain text are written from the same blocks. Texts are visible text, not escaped. */
export type ReportBlock =
  /** 1 the report, 2 a finding or a part of the report, 3 a part of a finding. */
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string; readonly severity?: Severity }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly columns: readonly ReportColumn[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'commands'; readonly commands: readonly { readonly says: string; readonly line: string }[] }
