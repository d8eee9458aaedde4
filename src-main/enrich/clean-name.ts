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

/**
 * In lower case (servers may answer in mixed case), without the last dot. Undefined for what is no name or looks like an address. Bytes
 * that no host name has (RFC 1123 section 2.1; the underscore is tolerated) are shown as `\xHH`, so that one name is never taken for another.
 */
export function cleanHostName(name: string): string | undefined {
  const signs = signsOf(name.replace(/(?<!\\)\.$/, ''))
  const plain = signs.map(({ sign }) => sign).join('')
  if (plain === '' || signs.length > maximumHostNameLength || isIP(plain) !== 0) return undefined
  const shown = signs.map(({ sign, separates }) => (separates || /^[a-z0-9_-]$/i.test(sign) ? sign.toLowerCase() : escaped(sign))).join('')
  return shown.length > maximumHostNameLength ? `${shown.slice(0, maximumHostNameLength)}…` : shown
}

interface Sign {
  readonly sign: string
  /** A dot between labels; within a label it is a byte like others. */
  readonly separates: boolean
}

/** Node's resolver (c-ares) writes names as zone files do (RFC 1035 section 5.1): `\189` for a byte, `\.` for a sign that would mean more. */
function signsOf(name: string): Sign[] {
  return [...name.matchAll(/\\([01]\d\d|2[0-4]\d|25[0-5])|\\(\D)|(.)/gsu)].map(([written, byte, meant, plain = '']) => ({
    sign: byte === undefined ? (meant ?? plain) : String.fromCodePoint(Number(byte)),
    separates: written === '.',
  }))
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
