/** Type-ahead as file managers have it: what is typed in quick succession is the beginning of a name to jump to. Pure. */

/** After a pause this long the next letter begins a new name. */
export const typeAheadPauseMs = 1000
/** Longer than what anyone types to tell processes apart. */
const maximumLength = 40

interface PressedKey {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly isComposing: boolean
}

/** The text after a key; undefined when the key is none that a name is typed with. Only letters and digits begin one. */
export function typedAhead(before: string, { key, ctrlKey, metaKey, altKey, isComposing }: PressedKey): string | undefined {
  if (ctrlKey || metaKey || altKey || isComposing) return undefined
  if (key === 'Backspace') return before === '' ? undefined : before.slice(0, -1)
  const fits = before === '' ? /^[\p{L}\p{N}]$/u.test(key) : /^[\p{L}\p{N}._-]$/u.test(key)
  return fits ? (before + key).slice(0, maximumLength) : undefined
}

/**
 * Place of the next name that begins with `typed`, after `from` and then from the top; -1 when none does. One letter moves on from
 * where one is; more letters may stay there. A letter typed again and again goes from one such name to the next.
 */
export function nextBeginning(typed: string, from: number, count: number, nameAt: (index: number) => string): number {
  const letters = Array.from(typed.toLowerCase())
  const repeated = letters.length > 1 && letters.every((letter) => letter === letters[0])
  const wanted = letters.join('')
  const found = scan(wanted, letters.length === 1 ? from + 1 : Math.max(0, from), count, nameAt)
  return found !== -1 || !repeated ? found : scan(letters[0] ?? '', from + 1, count, nameAt)
}

function scan(wanted: string, from: number, count: number, nameAt: (index: number) => string): number {
  for (let step = 0; step < count; step += 1) {
    const index = (from + step) % count
    if (nameAt(index).toLowerCase().startsWith(wanted)) return index
  }
  return -1
}
