/**
 * Width of text in terminal cells. Wide are the East Asian Wide and Fullwidth blocks (Unicode Standard Annex 11) and characters
 * with emoji presentation; marks that combine take no cell of their own.
 */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x17000, 0x18cff],
  [0x1b000, 0x1b2ff],
  [0x1f200, 0x1f2ff],
  [0x20000, 0x3fffd],
]
const combining = /^\p{M}$/u
const emoji = /^\p{Emoji_Presentation}$/u

export function cellWidth(text: string): number {
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

/** Shortened to at most `cells`, with an ellipsis where something was cut: before the last `keepEnd` characters, which stay. */
export function cutToCells(text: string, cells: number, keepEnd = 0): string {
  if (cellWidth(text) <= cells) return text
  if (keepEnd > 0 && keepEnd < cells - 1) {
    const end = text.slice(-keepEnd)
    return cutToCells(text.slice(0, -keepEnd), cells - cellWidth(end)) + end
  }
  let width = 0
  let kept = ''
  for (const character of text) {
    const next = width + characterWidth(character)
    if (next > cells - 1) break
    width = next
    kept += character
  }
  return cells < 1 ? '' : `${kept}…`
}

export function padToCells(text: string, cells: number, align: 'left' | 'right'): string {
  const padding = ' '.repeat(Math.max(0, cells - cellWidth(text)))
  return align === 'left' ? text + padding : padding + text
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x300) return 1
  if (combining.test(character)) return 0
  if (wideRanges.some(([first, last]) => code >= first && code <= last) || emoji.test(character)) return 2
  return 1
}
