import { visibleText } from './visible-text.ts'

/**
 * Spreadsheets run a cell that begins so as a formula; some take the fullwidth signs of East Asian keyboards as well. Where the comma
 * is the decimal sign `;` parts cells, so a value behind the `;` that joins several counts as a beginning too.
 */
const formulaStart = /(^|;)(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g

/**
 * One record of RFC 4180, with its CRLF. Control characters become visible text; a field that a spreadsheet would run as a formula
 * gets an apostrophe in front, which spreadsheets show as text.
 */
export function csvRecord(fields: readonly string[]): string {
  return `${fields.map(csvField).join(',')}\r\n`
}

/** Text for a cell of a spreadsheet: nothing in it runs, and nothing in it ends the cell. */
export function spreadsheetText(field: string): string {
  return visibleText(field).replace(formulaStart, "$1'$2")
}

function csvField(field: string): string {
  const guarded = spreadsheetText(field)
  return /[",;]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
