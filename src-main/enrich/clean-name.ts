/**
 * Names from the network, made fit to show. Whoever runs an address may name it anything: control characters, reversed text, another
 * address, a lookalike of a bank. Nothing but plain letters is let through as it is; punycode is never turned into what it imitates.
 */
import { isIP } from 'node:net'
import { visibleText } from '../../src-shared/text/visible-text.ts'

/** RFC 1035 section 2.3.4, without the root's dot. */
const maximumHostNameLength = 253
/** Names of networks in the usual files have at most 130 characters. */
const maximumLabelLength = 160

/** In lower case (servers may answer in mixed case), without the last dot. Undefined for what is no name or looks like an address. */
export function cleanHostName(name: string): string | undefined {
  const plain = name.replace(/\.$/, '').toLowerCase()
  if (plain === '' || plain.length > maximumHostNameLength || isIP(plain) !== 0) return undefined
  const shown = plain.replaceAll(/[^a-z0-9._-]/gu, (character) => escaped(character))
  return shown.length > maximumHostNameLength ? `${shown.slice(0, maximumHostNameLength)}…` : shown
}

/** Text of a data file: any script, but nothing that could act on what is around it. */
export function cleanLabel(text: string): string | undefined {
  const shown = visibleText(text.trim()).slice(0, maximumLabelLength)
  return shown === '' ? undefined : shown
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
}
