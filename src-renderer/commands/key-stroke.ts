/** Keys of commands: how a key press is recognised and how it is written. */
export interface KeyStroke {
  /** As KeyboardEvent has it; letters in lower case. */
  readonly key: string
  /** The place on the keyboard instead of the sign, for digits with modifiers that turn them into other signs. */
  readonly code?: string
  /** Ctrl; the command key on macOS. */
  readonly command?: true
  readonly shift?: true
  readonly alt?: true
  /** Belongs to the text where some is selected or typed. */
  readonly copies?: true
}

/** Rows on the clipboard. */
export const copyKeys = {
  text: { key: 'c', command: true, copies: true },
  json: { key: 'c', command: true, shift: true, copies: true },
} as const satisfies Record<string, KeyStroke>

/** What of a keyboard event is looked at. */
export type PressedKey = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

export function isStroke(event: PressedKey, { key, code, command, shift, alt }: KeyStroke, onMac: boolean): boolean {
  const commandKey = onMac ? event.metaKey : event.ctrlKey
  const otherKey = onMac ? event.ctrlKey : event.metaKey
  if (otherKey || commandKey !== (command === true) || event.altKey !== (alt === true)) return false
  // Whether a slash needs Shift depends on the keyboard.
  if (!isSign(key) && event.shiftKey !== (shift === true)) return false
  return code === undefined ? event.key.toLowerCase() === key.toLowerCase() : event.code === code
}

/** Keys that mean themselves in a text field. */
export function isForTyping({ key, command, alt }: KeyStroke): boolean {
  return command !== true && (alt === true || !/^F\d+$/u.test(key))
}

const macSigns: Readonly<Record<string, string>> = {
  Delete: '⌦',
  Backspace: '⌫',
  Enter: '↩',
  Escape: 'esc',
  ' ': 'space',
}
const usualNames: Readonly<Record<string, string>> = { Delete: 'Del', Escape: 'Esc', ' ': 'Space' }

/** As keyboards and menus of the platform write it; the same in every language. */
export function strokeText({ key, command, shift, alt }: KeyStroke, onMac: boolean): string {
  const name = (onMac ? macSigns : usualNames)[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  if (onMac) return `${alt === true ? '⌥' : ''}${shift === true ? '⇧' : ''}${command === true ? '⌘' : ''}${name}`
  return [...(command === true ? ['Ctrl'] : []), ...(alt === true ? ['Alt'] : []), ...(shift === true ? ['Shift'] : []), name].join('+')
}

function isSign(key: string): boolean {
  return key.length === 1 && !/[\p{L}\p{N} ]/u.test(key)
}
