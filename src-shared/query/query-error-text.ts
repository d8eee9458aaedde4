/** A query's error for terminals, in English: what is wrong, the place under a line of the query, and what to do. */
import { tcpStates } from '../model/tcp-state.ts'
import type { QueryError } from './query-error.ts'
import { protocolNames, queryKeys, setNames } from './query-keys.ts'

/** Columns of the query shown around the place; with the indent this fits the smallest common terminal. */
const shownWidth = 72
const indent = '  '

/** Several lines without a final line break. `text` is the query that was parsed. */
export function queryErrorText(error: QueryError, text: string): string {
  const [problem, remedy] = words(error)
  return [problem, ...placeLines(error, text), ...(remedy === '' ? [] : [remedy])].join('\n')
}

function placeLines({ position, length }: QueryError, text: string): string[] {
  const start = Math.max(0, Math.min(position - Math.floor(shownWidth / 2), text.length - shownWidth))
  const shown = printable(text.slice(start, start + shownWidth))
  const caretAt = position - start
  const carets = '^'.repeat(Math.max(1, Math.min(length, shownWidth - caretAt)))
  return [indent + shown, indent + ' '.repeat(caretAt) + carets]
}

/** The query may come from a saved view: it must not be able to drive the terminal. One unit stays one unit, for the carets. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => ' '.repeat(sign.length))
}

type Words = readonly [problem: string, remedy: string]

const keyNames = queryKeys.filter(({ valueKind }) => valueKind !== 'planned').map(({ name }) => name)
const keyList = `Keys: ${keyNames.join(', ')}.`
const stateList = `States: ${tcpStates.map((state) => state.toLowerCase()).join(', ')}.`

function words(error: QueryError): Words {
  const value = (name: string): string => printable(String(error.parameters[name] ?? ''))
  const guess = (list: string, quote = ''): string =>
    (error.parameters['nearest'] === undefined ? '' : `Did you mean ${quote}${value('nearest')}? `) + list
  switch (error.code) {
    case 'too-long':
      return [`The query is longer than ${value('limit')} characters.`, 'Shorten it, for example with ranges and wildcards.']
    case 'too-deep':
      return [`More than ${value('limit')} groups stand within each other.`, 'Remove some parentheses.']
    case 'unknown-key':
      return [`There is no key "${value('key')}".`, `${guess(keyList)} To search for the text itself, put it in double quotes.`]
    case 'not-available-yet':
      return [`The key "${value('key')}" is not available yet.`, 'This version does not collect the data for it. ' + keyList]
    case 'missing-value':
      return ['A value is missing here.', exampleFor(value('key'))]
    case 'missing-term':
      return [
        `Nothing follows "${value('sign')}".`,
        'Put a term right behind it, for example -state:listen. To search for the sign itself, put it in double quotes.',
      ]
    case 'unclosed-group':
      return ['This "(" is never closed.', 'Add a ")", or put the text in double quotes.']
    case 'unexpected-close':
      return ['There is no "(" for this ")".', 'Remove it, or put the text in double quotes.']
    case 'empty-group':
      return ['There is nothing between these parentheses.', 'Put a term between them or remove them.']
    case 'unexpected-or':
      return ['OR needs a term on each side.', 'To search for the word itself, put it in double quotes.']
    case 'unexpected-and':
      return [
        'AND needs a term on each side.',
        'It may be left out: a space means the same. To search for the word itself, put it in double quotes.',
      ]
    case 'unclosed-quote':
      return [
        'This double quote is never closed.',
        'Add the closing one. Inside quotes, write \\" for a double quote and \\\\ for a backslash at the end.',
      ]
    case 'unclosed-regex':
      return ['This regular expression has no closing "/".', 'Add it, or put a path in double quotes.']
    case 'bad-regex':
      return regexWords(value('reason'))
    case 'unsupported-regex':
      return [
        `This regular expression uses something that is not supported: ${value('feature')}.`,
        'Look-around, back-references and named groups are left out so that no expression can stall the table.',
      ]
    default:
      return valueWords(error, value, guess)
  }
}

function valueWords(error: QueryError, value: (name: string) => string, guess: (list: string) => string): Words {
  switch (error.code) {
    case 'bad-number':
      return [`"${value('value')}" is not a whole number from 0 to ${value('maximum')}.`, exampleFor(value('key'))]
    case 'bad-duration':
      return [`"${value('value')}" is not a duration.`, `Write a number and a unit (${value('units')}), for example age:>5m.`]
    case 'bad-size':
      return [
        `"${value('value')}" is not an amount of data.`,
        `Write a number and a unit (${value('units')}), for example ${value('key')}:>1.5MB.`,
      ]
    case 'bad-range':
      return [`The range begins with ${value('from')}, which is more than its end ${value('to')}.`, 'Put the smaller one first.']
    case 'bad-address':
      return [
        `"${value('value')}" is not an address.`,
        'Write an address, a block like 10.0.0.0/8 or a pattern like 192.168.*. For a port use port:, lport: or rport:.',
      ]
    case 'bad-cidr':
      return [
        'The length of this address block is wrong.',
        `After the slash comes a number up to ${value('maximum')}, for example 10.0.0.0/8 or fe80::/10.`,
      ]
    case 'bad-state':
      return [`"${value('value')}" is no TCP state.`, guess(stateList)]
    case 'bad-protocol':
      return [`"${value('value')}" is no protocol.`, `Protocols: ${protocolNames.join(', ')}.`]
    case 'unknown-set':
      return [`There is no set "${value('value')}".`, guess(`Sets: ${setNames.map((name) => `is:${name}`).join(', ')}.`)]
    case 'bad-value':
      return [`The key "${value('key')}" does not take regular expressions.`, exampleFor(value('key'))]
    default:
      return ['The query cannot be read.', keyList]
  }
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
