/**
 * A label with the letter that opens it together with Alt, as Windows and the Linux desktops underline it: within the word where it has
 * the letter, else behind it in parentheses, as menus in Chinese have it. Electron's sign for the letter is `&` before it.
 */
export function withMnemonic(label: string, letter: string): string {
  const at = label.toUpperCase().indexOf(letter)
  return at === -1 ? `${label}(&${letter})` : `${label.slice(0, at)}&${label.slice(at)}`
}
