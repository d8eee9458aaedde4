import type { StateSpellings } from '../../../src-shared/explain/state-spellings.ts'
import type { Text } from '../../i18n/use-text.ts'

/** Tools that write states, by their names, which are the same in every language but for one. */
export const spellingColumns = [
  ['rfc', 'RFC 9293'],
  ['ss', 'Linux ss'],
  ['procNet', '/proc/net/tcp'],
  ['netstatLinux', 'Linux netstat'],
  ['netstatWindows', 'Windows netstat'],
  ['windowsNumber', undefined],
  ['macos', 'macOS lsof, netstat'],
] as const satisfies readonly (readonly [keyof StateSpellings, string | undefined])[]

export function spellingTitle(title: string | undefined, t: Text['t']): string {
  return title ?? t('reference.number')
}

/** What each tool writes; tools without a word are left out. */
export function spellingFacts(spellings: StateSpellings, t: Text['t']): { readonly name: string; readonly value: string }[] {
  return spellingColumns.flatMap(([key, title]) => {
    const word = spellings[key]
    return word === undefined ? [] : [{ name: spellingTitle(title, t), value: String(word) }]
  })
}
