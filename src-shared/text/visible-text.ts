/** Control, format (bidirectional overrides, zero-width), line and paragraph separators, lone surrogates, private use. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu

/**
 * Text from outside, fit for a terminal or a line-based file: a process may call itself anything, escape sequences and reversed
 * text included. Such characters are written as \xHH or \u{H}, everything else stays.
 */
export function visibleText(text: string): string {
  return text.replaceAll(unsafe, (character) => {
    const code = character.codePointAt(0) ?? 0
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
  })
}

/** JSON on one line that is safe to show on a terminal: the same data, with those characters as JSON escapes. */
export function visibleJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replaceAll(unsafe, (character) => {
    if (character === '\n') return character // only the indentation has them: inside strings they are escaped already
    let escaped = ''
    for (let unit = 0; unit < character.length; unit += 1) escaped += `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`
    return escaped
  })
}
