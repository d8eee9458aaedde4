/** One term: a bare word, `:8080` (also as `*:8080`, the way ss writes it), or `key:value,value`. */
import { nearest } from './nearest.ts'
import { addressTest, protocolTest, setTest, stateTests, textTest, wordTest } from './parse-values.ts'
import { parseNumberTest } from './quantity.ts'
import type { NumberTest, Term } from './query.ts'
import { parsed, queryError, refused, type Parsed } from './query-error.ts'
import { findQueryKey, queryKeys, type NumberKey, type QueryKeyName } from './query-keys.ts'
import { scanValue, type RawValue } from './scan-value.ts'

export interface PlacedTerm {
  readonly term: Term
  readonly end: number
}

/** `start` is at a character that begins a term. */
export function parseTerm(text: string, start: number): Parsed<PlacedTerm> {
  const short = /^\*?:(?=\d)/.exec(text.slice(start, start + 3))?.[0]
  if (short !== undefined) return keyedTerm(text, 'port', start + short.length)
  const head = keyAt(text, start)
  if (head === undefined) {
    const word = values(text, start, false, wordTest)
    return word.ok ? parsed({ term: { kind: 'word', values: word.value.items }, end: word.value.end }) : word
  }
  const key = findQueryKey(head.name)
  if (key === undefined) {
    const near = nearest(
      head.name,
      queryKeys.map(({ name }) => name),
    )
    return refused(queryError('unknown-key', start, head.name.length, { key: head.name, nearest: near }))
  }
  if (key.valueKind === 'planned') return refused(queryError('not-available-yet', start, key.name.length, { key: key.name }))
  return keyedTerm(text, key.name, head.valueAt)
}

/**
 * A key is letters before a colon; IPv6 addresses are told apart by a second colon. A known key may also be followed directly by
 * a comparison: `port>1024`.
 */
export function keyAt(text: string, start: number): { name: string; valueAt: number } | undefined {
  const word = /^[^\s(),"]*/.exec(text.slice(start))?.[0] ?? ''
  if (/^[\da-f.:]+(?:\/.*)?$/i.test(word) && word.split(':').length > 2) return undefined
  const name = /^([a-z][a-z_-]*):/i.exec(word)?.[1]
  if (name !== undefined) return { name, valueAt: start + name.length + 1 }
  const compared = /^([a-z]+)[<>=]/i.exec(word)?.[1]
  return compared !== undefined && findQueryKey(compared) !== undefined ? { name: compared, valueAt: start + compared.length } : undefined
}

function keyedTerm(text: string, key: QueryKeyName, at: number): Parsed<PlacedTerm> {
  const named = findQueryKey(key)
  const isNumber = named !== undefined && ['number', 'port', 'duration', 'size', 'rate'].includes(named.valueKind)
  // `user=root` is `user:root`; numbers read the sign themselves.
  const start = !isNumber && text[at] === '=' ? at + 1 : at
  if (text.charAt(start) === '' || /[\s,()]/.test(text.charAt(start))) return refused(queryError('missing-value', start, 0, { key }))
  switch (key) {
    case 'process':
    case 'exe':
    case 'user':
    case 'host':
    case 'country':
    case 'asn':
      return finish(
        values(text, start, key === 'exe', (raw) => parsed(textTest(raw))),
        (items) => ({ kind: 'text', key, values: items }),
      )
    case 'local':
    case 'remote':
      return finish(
        values(text, start, false, (raw) => addressTest(raw, key)),
        (items) => ({ kind: 'address', key, values: items }),
      )
    case 'state':
      return finish(values(text, start, false, stateTests), (items) => ({ kind: 'state', values: [...new Set(items.flat())] }))
    case 'proto':
      return finish(values(text, start, false, protocolTest), (items) => ({ kind: 'protocol', values: items }))
    case 'is':
      return finish(values(text, start, false, setTest), (items) => ({ kind: 'set', values: items }))
    case 'container':
      return refused(queryError('not-available-yet', at, 0, { key }))
    case 'pid':
    case 'port':
    case 'lport':
    case 'rport':
    case 'age':
    case 'rx':
    case 'tx':
    case 'rxrate':
    case 'txrate':
    case 'rtt':
    case 'retrans':
    case 'segments':
    case 'unanswered':
    case 'recvq':
    case 'sendq':
    case 'lastrx':
    case 'lasttx':
      return finish(
        values(text, start, false, (raw) => numberTest(raw, key)),
        (items) => ({ kind: 'number', key, values: items }),
      )
  }
}

function finish<T>(list: Parsed<ValueList<T>>, make: (items: readonly T[]) => Term): Parsed<PlacedTerm> {
  return list.ok ? parsed({ term: make(list.value.items), end: list.value.end }) : list
}

interface ValueList<T> {
  readonly items: readonly T[]
  readonly end: number
}

function values<T>(text: string, start: number, pathLike: boolean, read: (raw: RawValue) => Parsed<T>): Parsed<ValueList<T>> {
  const items: T[] = []
  for (let at = start; ; at += 1) {
    const raw = scanValue(text, at, pathLike)
    if (!raw.ok) return raw
    const { end } = raw.value
    if (end === at || raw.value.text === '') return refused(queryError('missing-value', at, end - at))
    const item = read(raw.value)
    if (!item.ok) return item
    items.push(item.value)
    if (text[end] !== ',') return parsed({ items, end })
    at = end
  }
}

function numberTest(raw: RawValue, key: NumberKey): Parsed<NumberTest> {
  if (raw.kind === 'regex') return refused(queryError('bad-value', raw.start, raw.end - raw.start, { key, value: raw.text }))
  return parseNumberTest(key, raw.text, raw.kind === 'quoted' ? raw.start + 1 : raw.start)
}
