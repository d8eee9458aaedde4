import { visibleText } from './visible-text.ts'

/** Spreadsheets run a cell that begins so as a formula. */
const formulaStart = /^[=+\-@]/

/**
 * One record of RFC 4180, with its CRLF. Control characters become visible text; a field that a spreadsheet would run as a formula
 * gets an apostrophe in front, which spreadsheets show as text.
 */
export function csvRecord(fields: readonly string[]): string {
  return `${fields.map(csvField).join(',')}\r\n`
}

function csvField(field: string): string {
  const visible = visibleText(field)
  const guarded = formulaStart.test(visible) ? `'${visible}` : visible
  return /[",]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
