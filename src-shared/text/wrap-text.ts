import { cellWidth } from './cell-width.ts'

/** Breaks text into lines of at most `cells`, at spaces and between Chinese characters. A longer word gets a line of its own. */
export function wrapText(text: string, cells: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces(text)) {
    if (line !== '' && cellWidth(line + piece.trimEnd()) > cells) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  if (line !== '') lines.push(line.trimEnd())
  return lines
}

/** A word with its space, or one Chinese character with the punctuation that must not begin a line. */
function pieces(text: string): string[] {
  return text.match(/(?:\p{Script=Han}|[^\s\p{Script=Han}]+)[、。，；：？！）”"]*\s*/gu) ?? []
}
