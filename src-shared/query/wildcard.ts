/**
 * `*` stands for any text, `?` for one character; the pattern covers the whole text and case does not matter. Time is bounded by
 * pattern length times text length: after a mismatch only the last `*` takes one more character.
 */
export function wildcardTest(pattern: string): (text: string) => boolean {
  const wanted = pattern.toLowerCase()
  return (text) => matches(wanted, text.toLowerCase())
}

function matches(pattern: string, text: string): boolean {
  let at = 0
  let patternAt = 0
  let star = -1
  let starAt = 0
  while (at < text.length) {
    const sign = pattern[patternAt]
    if (sign === '*') {
      star = patternAt
      starAt = at
      patternAt += 1
    } else if (sign === '?' || sign === text[at]) {
      patternAt += 1
      at += 1
    } else if (star >= 0) {
      patternAt = star + 1
      starAt += 1
      at = starAt
    } else {
      return false
    }
  }
  while (pattern[patternAt] === '*') patternAt += 1
  return patternAt === pattern.length
}
