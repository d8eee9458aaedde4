import { visibleText } from './visible-text.ts'

/**
 * One line of a table of GitHub Flavored Markdown (section 4.10), without its line break. Signs that mark up, link or embed are
 * escaped with a backslash (CommonMark 2.4): a name from outside must not load a picture where the table is shown.
 */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => visibleText(cell).replace(markup, '\\$&')).join(' | ')} |`
}

const markup = /[\\`*_[\]<>|&~$!#]/g

/** The line below the titles. */
export function markdownRule(alignments: readonly ('start' | 'end')[]): string {
  return `| ${alignments.map((alignment) => (alignment === 'end' ? '---:' : '---')).join(' | ')} |`
}
