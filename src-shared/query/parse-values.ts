/** What the values of each kind of key mean. Every function takes one value as it stands in the text and is total. */
import type { Protocol } from '../model/columns.ts'
import { parseState, stateSpellings } from '../model/state-spelling.ts'
import { tcpStates, type TcpState } from '../model/tcp-state.ts'
import { nearest } from './nearest.ts'
import { parseNetwork } from './network.ts'
import type { AddressTest, ProtocolTest, TextTest, WordTest } from './query.ts'
import { parsed, queryError, refused, type Parsed } from './query-error.ts'
import { setNames, type SetName } from './query-keys.ts'
import { compileRegex } from './regex/linear-regex.ts'
import type { RawValue } from './scan-value.ts'
import { wildcardTest } from './wildcard.ts'

export function textTest(raw: RawValue): TextTest {
  if (raw.kind === 'regex') return { kind: 'regex', source: raw.text, ignoreCase: raw.ignoreCase }
  if (raw.kind === 'bare' && /[*?]/.test(raw.text)) return { kind: 'wildcard', text: raw.text }
  return { kind: 'plain', text: raw.text }
}

/** A bare word: a CIDR block or `address:port` is one; anything else, addresses included, is text to look for. */
export function wordTest(raw: RawValue): Parsed<WordTest> {
  const test = textTest(raw)
  if (raw.kind !== 'bare' || test.kind !== 'plain' || !/[/[\]:]/.test(raw.text)) return parsed(test)
  const network = parseNetwork(raw.text, raw.start)
  const isNetwork = network !== undefined && (!network.ok || network.value.port !== undefined || /[/[]/.test(raw.text))
  return isNetwork ? network : parsed(test)
}

export function addressTest(raw: RawValue, key: string): Parsed<AddressTest> {
  const test = textTest(raw)
  if (test.kind !== 'plain') return parsed(test)
  const network = parseNetwork(raw.text, raw.start)
  return network ?? refused(queryError('bad-address', raw.start, raw.end - raw.start, { value: raw.text, key }))
}

export function stateTests(raw: RawValue): Parsed<readonly TcpState[]> {
  const test = textTest(raw)
  let states: readonly TcpState[]
  if (test.kind === 'plain') {
    const state = parseState(test.text)
    states = state === undefined ? [] : [state]
  } else {
    const matches = test.kind === 'wildcard' ? wildcardTest(test.text.replaceAll('-', '_')) : regexTest(test)
    states = tcpStates.filter((state) => stateSpellings(state).some((spelling) => matches(spelling)))
  }
  if (states.length > 0) return parsed(states)
  const near = nearest(raw.text.replaceAll('-', '_'), tcpStates)
  return refused(queryError('bad-state', raw.start, raw.end - raw.start, { value: raw.text, nearest: near }))
}

export function protocolTest(raw: RawValue): Parsed<ProtocolTest> {
  const test = protocolNamed(raw.text)
  if (raw.kind !== 'regex' && test !== undefined) return parsed(test)
  return refused(queryError('bad-protocol', raw.start, raw.end - raw.start, { value: raw.text }))
}

/** `tcp`, `udp`, and with a 4 or 6 behind it one family of it, as netstat writes them. */
export function protocolNamed(text: string): ProtocolTest | undefined {
  const match = /^(tcp|udp)([46]?)$/i.exec(text)
  if (match === null) return undefined
  const protocol = match[1]?.toLowerCase() as Protocol
  return match[2] === '' ? { protocol } : { protocol, family: match[2] === '4' ? 4 : 6 }
}

export function setTest(raw: RawValue): Parsed<SetName> {
  const lower = raw.text.toLowerCase()
  const name = setNames.find((candidate) => candidate === lower)
  if (raw.kind !== 'regex' && name !== undefined) return parsed(name)
  return refused(queryError('unknown-set', raw.start, raw.end - raw.start, { value: raw.text, nearest: nearest(raw.text, setNames) }))
}

/** State words have no case of their own to insist on. */
function regexTest(test: Extract<TextTest, { kind: 'regex' }>): (text: string) => boolean {
  const outcome = compileRegex(test.source, true)
  return outcome.ok ? (text) => outcome.regex.test(text) : () => false
}
