/** A query's error for terminals, in English: what is wrong, the place under a line of the query, and what to do. */
import { tcpStates } from '../model/tcp-state.ts'
import type { QueryError, QueryErrorCode } from './query-error.ts'
import { protocolNames, queryKeys, setNames } from './query-keys.ts'

/** Columns of the query shown around the place; with the indent this fits the smallest common terminal. */
const shownWidth = 72
const indent = '  '
/** Signs that take two columns in a terminal; the ideographic space takes as many. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g

/** Several lines without a final line break. `text` is the query that was parsed. */
export function queryErrorText(error: QueryError, text: string): string {
  const value = (name: string): string => printable(String(error.parameters[name] ?? ''))
  const guess = (list: string): string => (error.parameters['nearest'] === undefined ? '' : `Did you mean ${value('nearest')}? `) + list
  const [problem, remedy] = wordsOf[error.code]({ value, guess })
  return [problem, ...placeLines(error, text), ...(remedy === '' ? [] : [remedy])].join('\n')
}

function placeLines({ position, length }: QueryError, text: string): string[] {
  const start = Math.max(0, Math.min(position - Math.floor(shownWidth / 2), text.length - shownWidth))
  const shown = printable(text.slice(start, start + shownWidth))
  const caretAt = position - start
  const pad = shown
    .slice(0, caretAt)
    .padEnd(caretAt)
    .replaceAll(wide, '\u3000')
    .replaceAll(/[^\u3000]/g, ' ')
  const carets = '^'.repeat(Math.max(1, Math.min(length, shownWidth - caretAt)))
  return [indent + shown, indent + pad + carets]
}

/** The query may come from a saved view: it must not be able to drive the terminal. One unit stays one unit, for the carets. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => ' '.repeat(sign.length))
}

type Words = readonly [problem: string, remedy: string]

const keyNames = queryKeys.filter(({ valueKind }) => valueKind !== 'planned').map(({ name }) => name)
const keyList = `Keys: ${keyNames.join(', ')}.`
const stateList = `States: ${tcpStates.map((state) => state.toLowerCase()).join(', ')}.`

/** The value of a parameter, and a list with the nearest candidate as a question before it. */
interface Fill {
  readonly value: (name: string) => string
  readonly guess: (list: string) => string
}

const wordsOf: Readonly<Record<QueryErrorCode, (fill: Fill) => Words>> = {
  'too-long': ({ value }) => [
    `The query is longer than ${value('limit')} characters.`,
    'Shorten it, for example with ranges and wildcards.',
  ],
  'too-deep': ({ value }) => [`More than ${value('limit')} groups stand within each other.`, 'Remove some parentheses.'],
  'unknown-key': ({ value, guess }) => [
    `There is no key "${value('key')}".`,
    `${guess(keyList)} To search for the text itself, put it in double quotes.`,
  ],
  'not-available-yet': ({ value }) => [
    `The key "${value('key')}" is not available yet.`,
    'This version does not collect the data for it. ' + keyList,
  ],
  'missing-value': ({ value }) => ['A value is missing here.', exampleFor(value('key'))],
  'missing-term': ({ value }) => [
    `Nothing follows "${value('sign')}".`,
    'Put a term right behind it, for example -state:listen. To search for the sign itself, put it in double quotes.',
  ],
  'unclosed-group': () => ['This "(" is never closed.', 'Add a ")", or put the text in double quotes.'],
  'unexpected-close': () => ['There is no "(" for this ")".', 'Remove it, or put the text in double quotes.'],
  'empty-group': () => ['There is nothing between these parentheses.', 'Put a term between them or remove them.'],
  'unexpected-or': () => ['OR needs a term on each side.', 'To search for the word itself, put it in double quotes.'],
  'unexpected-and': () => [
    'AND needs a term on each side.',
    'It may be left out: a space means the same. To search for the word itself, put it in double quotes.',
  ],
  'unclosed-quote': () => [
    'This double quote is never closed.',
    'Add the closing one. Inside quotes, write \\" for a double quote and \\\\ for a backslash at the end.',
  ],
  'unclosed-regex': () => ['This regular expression has no closing "/".', 'Add it, or put a path in double quotes.'],
  'bad-regex': ({ value }) => regexWords(value('reason')),
  'unsupported-regex': ({ value }) => [
    `This regular expression uses something that is not supported: ${value('feature')}.`,
    'Look-around, back-references and named groups are left out so that no expression can stall the table.',
  ],
  'bad-number': ({ value }) => [`"${value('value')}" is not a whole number from 0 to ${value('maximum')}.`, exampleFor(value('key'))],
  'bad-duration': ({ value }) => [
    `"${value('value')}" is not a duration.`,
    `Write a number and a unit (${value('units')}), for example ${value('key')}:>5${value('key') === 'rtt' ? 'ms' : 'm'}.`,
  ],
  'bad-size': ({ value }) => [
    `"${value('value')}" is not an amount of data.`,
    `Write a number and a unit (${value('units')}), for example ${value('key')}:>1.5MB.`,
  ],
  'bad-range': ({ value }) => [
    `The range begins with ${value('from')}, which is more than its end ${value('to')}.`,
    'Put the smaller one first.',
  ],
  'bad-address': ({ value }) => [
    `"${value('value')}" is not an address.`,
    'Write an address, a block like 10.0.0.0/8 or a pattern like 192.168.*. For a port use port:, lport: or rport:.',
  ],
  'bad-cidr': ({ value }) => [
    'The length of this address block is wrong.',
    `After the slash comes a number up to ${value('maximum')}, for example 10.0.0.0/8 or fe80::/10.`,
  ],
  'bad-state': ({ value, guess }) => [`"${value('value')}" is no TCP state.`, guess(stateList)],
  'bad-protocol': ({ value }) => [`"${value('value')}" is no protocol.`, `Protocols: ${protocolNames.join(', ')}.`],
  'unknown-set': ({ value, guess }) => [
    `There is no set "${value('value')}".`,
    guess(`Sets: ${setNames.map((name) => `is:${name}`).join(', ')}.`),
  ],
  'bad-value': ({ value }) => [`The key "${value('key')}" does not take regular expressions.`, exampleFor(value('key'))],
}

function exampleFor(key: string): string {
  const example = queryKeys.find(({ name }) => name === key)?.example
  return example === undefined ? 'Remove the comma, or put the text in double quotes.' : `For example: ${example}`
}

const regexReasons: Readonly<Record<string, string>> = {
  'unclosed-group': 'a "(" is never closed',
  'unexpected-close': 'there is no "(" for this ")"',
  'unclosed-class': 'a "[" is never closed',
  'bad-class-range': 'a range of characters is upside down',
  'nothing-to-repeat': 'there is nothing to repeat here',
  'bad-repeat-range': 'this count is upside down or too large',
  'unfinished-escape': 'a backslash stands at the end',
  'too-long': 'it is too long',
  'too-complex': 'it is too large once its counts are written out',
  'unknown-flag': 'after the closing "/" only i is allowed',
  empty: 'it is empty',
}

function regexWords(reason: string): Words {
  return [
    `This regular expression is wrong: ${regexReasons[reason] ?? reason}.`,
    'To search for a text with slashes, put it in double quotes.',
  ]
}
