/**
 * The canonical text of a query: parseQuery reads it back to an equal one. It may be longer than what was typed (`10.` becomes
 * `10.0.0.0/8`), so text close to the length limit may canonically be beyond it.
 */
import type { AddressTest, NetworkTest, NumberTest, Quantity, Query, TextTest, WordTest } from './query.ts'

export function queryText(query: Query): string {
  switch (query.kind) {
    case 'everything':
      return ''
    case 'and':
      return query.terms.map((term) => (term.kind === 'or' ? `(${queryText(term)})` : queryText(term))).join(' ')
    case 'or':
      return query.terms.map((term) => queryText(term)).join(' OR ')
    case 'not':
      return query.term.kind === 'and' || query.term.kind === 'or' ? `-(${queryText(query.term)})` : `-${queryText(query.term)}`
    case 'word':
      return query.values.map(wordText).join(',')
    case 'text':
      return `${query.key}:${query.values.map((value) => textTestText(value)).join(',')}`
    case 'number':
      return `${query.key}:${query.values.map(numberText).join(',')}`
    case 'address':
      return `${query.key}:${query.values.map(addressText).join(',')}`
    case 'state':
      return `state:${query.values.join(',').toLowerCase()}`
    case 'protocol':
      return `proto:${query.values.map(({ protocol, family }) => `${protocol}${family ?? ''}`).join(',')}`
    case 'set':
      return `is:${query.values.join(',')}`
  }
}

/** A plain text as a value or a bare word: in quotes where it would otherwise be read as something else. */
export function quoteWhereNeeded(text: string): string {
  const plain = /^[\p{L}\p{N}_.][\p{L}\p{N}_.-]*$/u.test(text) && !/^(?:OR|AND|NOT)$/.test(text)
  return plain ? text : `"${text.replaceAll(/"|\\(?=["\\]|$)/g, (sign) => `\\${sign}`)}"`
}

const wordText = (test: WordTest): string => (test.kind === 'network' ? networkText(test, true) : textTestText(test))
const addressText = (test: AddressTest): string => (test.kind === 'network' ? networkText(test, false) : textTestText(test))

function textTestText(test: TextTest): string {
  if (test.kind === 'regex') return `/${test.source}/${test.ignoreCase ? 'i' : ''}`
  return test.kind === 'wildcard' ? test.text : quoteWhereNeeded(test.text)
}

/** As a bare word an address without port keeps its `/32`, or it would be text. */
function networkText({ address, bits, port }: NetworkTest, asWord: boolean): string {
  const isV6 = address.includes(':')
  if (port !== undefined) return isV6 ? `[${address}]:${port}` : `${address}:${port}`
  return bits === (isV6 ? 128 : 32) && !asWord ? address : `${address}/${bits}`
}

function numberText(test: NumberTest): string {
  if (test.op === 'between') return `${quantityText(test.from)}-${quantityText(test.to)}`
  return `${test.op === '=' ? '' : test.op}${quantityText(test.value)}`
}

const quantityText = ({ amount, unit }: Quantity): string => `${amount}${unit}`
