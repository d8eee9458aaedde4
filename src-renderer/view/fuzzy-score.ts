/** How well a text answers what someone typed in a hurry: whole words before parts of words before scattered letters. Pure. */
const wholeText = 100
const wordStart = 80
const withinWord = 60
const scattered = 30
/** Long texts win less than short ones that match alike. */
const lengthShare = 0.1

/** Between 0 and 100, the higher the better; undefined when some word of the query is found in none of the texts. */
export function fuzzyScore(query: string, texts: readonly string[]): number | undefined {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean)
  const lower = texts.map((text) => text.toLowerCase())
  let sum = 0
  for (const word of words) {
    const best = lower.reduce((score, text) => Math.max(score, wordScore(word, text)), 0)
    if (best === 0) return undefined
    sum += best
  }
  return words.length === 0 ? 0 : sum / words.length
}

/** 0 for no match. */
function wordScore(word: string, text: string): number {
  const length = Math.min(text.length, 100) * lengthShare
  if (text === word) return wholeText
  const at = text.indexOf(word)
  if (at === -1) return scatteredScore(word, text, length)
  return (startsWord(text, at) || nextWordStart(word, text, at) ? wordStart : withinWord) - length
}

function nextWordStart(word: string, text: string, from: number): boolean {
  for (let at = text.indexOf(word, from + 1); at !== -1; at = text.indexOf(word, at + 1)) if (startsWord(text, at)) return true
  return false
}

/** The letters in their order, the first one at the beginning of a word: `tw` finds `time-wait`. */
function scatteredScore(word: string, text: string, length: number): number {
  const letters = Array.from(word)
  if (letters.length < 2) return 0
  for (let start = 0; start < text.length; start += 1) {
    if (!startsWord(text, start) || !text.startsWith(letters[0] ?? '', start)) continue
    const span = spanOf(letters, text, start)
    if (span !== undefined) return Math.max(1, scattered - (span - letters.length) - length)
  }
  return 0
}

/** How far the letters reach from the start; undefined when one is missing. */
function spanOf(letters: readonly string[], text: string, start: number): number | undefined {
  let at = start
  for (const letter of letters.slice(1)) {
    const next = text.indexOf(letter, at + 1)
    if (next === -1) return undefined
    at = next
  }
  return at - start + 1
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')
}
