import { useConnections } from '../stores/connections.ts'
import { useHostAccess } from '../stores/host-access.ts'
import type { ExportFormat } from '../view/export/cell-writer.ts'
import { saveBytes } from '../view/save-bytes.ts'

const kinds: Readonly<Record<ExportFormat, { readonly extension: string; readonly type: string; readonly mark?: string }>> = {
  // Spreadsheets take a file without the mark for one in the old encoding of the country.
  csv: { extension: 'csv', type: 'text/csv', mark: '\ufeff' },
  json: { extension: 'json', type: 'application/json' },
  ndjson: { extension: 'ndjson', type: 'application/x-ndjson' },
  markdown: { extension: 'md', type: 'text/markdown' },
}

/** Saves a text as a file that is named after what it is and when its rows were seen. */
export function useSaveFile(): (kind: ExportFormat, what: string, pieces: readonly string[]) => void {
  const { clock } = useHostAccess()
  const { mirror } = useConnections().view
  return (kind, what, pieces) => {
    const { extension, type, mark = '' } = kinds[kind]
    const taken = new Date(mirror.takenAt || clock.now()).toISOString().slice(0, 19).replaceAll(':', '-')
    saveBytes([mark, ...pieces], `${what}-${taken}.${extension}`, type)
  }
}
