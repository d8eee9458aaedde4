/** Attack: whoever reaches the pipe sends the helper, which runs as administrator, something it should not do. */
import { describe, expect, it } from 'vitest'
import { mostCounted } from '../../../../src-main/sources/windows/connection-counters.ts'
import {
  parseAnswer,
  parseHello,
  parseRequest,
  readErrorAnswer,
  readOutcomeAnswer,
  readStatisticsAnswer,
  wireStatistics,
} from '../../../../src-main/elevation/windows/helper-protocol.ts'
import { LineSplitter, longestLineBytes } from '../../../../src-main/elevation/windows/line-splitter.ts'
import { quoteArgument } from '../../../../src-main/elevation/windows/quote-argument.ts'
import { seededRandom } from '../../../builders/seeded-random.ts'

const tuple = { family: 4, local: [0, 0, 0xffff, 1], remote: [0, 0, 0xffff, 2], localPort: 1, remotePort: 2, scope: 0 }
const close = { id: 1, call: 'closeTcp', tuple }
const end = { id: 2, call: 'endProcess', pid: 8, startToken: '133000000000000001' }
const statistics = { id: 3, call: 'statistics', tuples: [tuple, tuple] }

describe('requests to the helper', () => {
  it.each([close, end, statistics])('are taken as they are: $call', (request) => {
    expect(parseRequest(JSON.stringify(request))).toEqual(request)
  })

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['no object', '[1]'],
    ['null', 'null'],
    ['another call', { ...end, call: 'run' }],
    ['a prototype name as a call', { ...end, call: 'constructor' }],
    ['no id', { ...end, id: undefined }],
    ['a fractional id', { ...end, id: 1.5 }],
    ['an extra field', { ...end, file: 'C:\\a.exe' }],
    ['a pid as text', { ...end, pid: '8' }],
    ['a negative pid', { ...end, pid: -8 }],
    ['no start', { ...end, startToken: '' }],
    ['a start that is no number', { ...end, startToken: '1; 2' }],
    ['no tuple', { ...close, tuple: undefined }],
    ['a tuple with extras', { ...close, tuple: { ...tuple, state: 12 } }],
    ['another family', { ...close, tuple: { ...tuple, family: 2 } }],
    ['a short address', { ...close, tuple: { ...tuple, local: [1, 2, 3] } }],
    ['an address out of range', { ...close, tuple: { ...tuple, local: [0, 0, 0, 2 ** 32] } }],
    ['port 0', { ...close, tuple: { ...tuple, remotePort: 0 } }],
    ['a port out of range', { ...close, tuple: { ...tuple, localPort: 65_536 } }],
    ['too many connections', { ...statistics, tuples: Array.from({ length: mostCounted + 1 }, () => tuple) }],
    ['one bad connection among many', { ...statistics, tuples: [tuple, null] }],
  ])('are refused when they are %s', (_what, request) => {
    expect(parseRequest(typeof request === 'string' ? request : JSON.stringify(request))).toBeUndefined()
  })

  it('survive being cut and garbled', () => {
    const random = seededRandom(9)
    const text = JSON.stringify(statistics)
    for (let length = 0; length < text.length; length += 1) expect(parseRequest(text.slice(0, length))).toBeUndefined()
    for (let round = 0; round < 500; round += 1) {
      const at = random.below(text.length)
      parseRequest(text.slice(0, at) + String.fromCharCode(random.below(128)) + text.slice(at + 1))
    }
  })
})

describe('the first line of a helper', () => {
  const token = 'ab'.repeat(16)
  it('is its token and nothing else', () => {
    expect(parseHello(JSON.stringify({ token }))).toBe(token)
    for (const hello of [{ token: token.slice(1) }, { token: token.toUpperCase() }, { token, pid: 1 }, {}, [token], token])
      expect(parseHello(JSON.stringify(hello))).toBeUndefined()
  })
})

describe('answers of the helper', () => {
  it('are an id and a value', () => {
    expect(parseAnswer('{"id":1,"answer":0}')).toEqual({ id: 1, answer: 0 })
    for (const line of ['{"id":1}', '{"answer":0}', '{"id":-1,"answer":0}', '{"id":1,"answer":0,"more":1}', 'x'])
      expect(parseAnswer(line)).toBeUndefined()
  })

  it('are errors, outcomes or statistics, or are not believed', () => {
    expect([0, 5, -1, '0', null].map(readErrorAnswer)).toEqual([0, 5, undefined, undefined, undefined])
    const outcome = { target: '8', status: 'not-permitted', remedy: 'run-as-administrator', systemError: 'ERROR_ACCESS_DENIED' }
    expect(readOutcomeAnswer(outcome)).toEqual(outcome)
    for (const wrong of [
      { ...outcome, status: 'great' },
      { ...outcome, remedy: 'x' },
      { ...outcome, more: 1 },
      { target: 8, status: 'done' },
      'done',
    ])
      expect(readOutcomeAnswer(wrong)).toBeUndefined()
    const known = { receivedBytes: 2n ** 63n, sentBytes: 0n, retransmits: 1, roundTripMs: 2 }
    const told = [known, undefined, { receivedBytes: 1n, sentBytes: 2n }]
    expect(readStatisticsAnswer(JSON.parse(JSON.stringify(told.map(wireStatistics))))).toEqual(told)
    expect(readStatisticsAnswer([['1', '99999999999999999999', 0, 0], ['x', '1', 0, 0], 7])).toEqual([undefined, undefined, undefined])
    expect(readStatisticsAnswer({})).toBeUndefined()
  })
})

describe('lines on the pipe', () => {
  it('come whole, however the bytes are cut', () => {
    const bytes = Buffer.from('{"a":"é"}\n\nlast\nrest', 'utf8')
    for (let size = 1; size <= bytes.length; size += 1) {
      const splitter = new LineSplitter()
      const lines: string[] = []
      for (let at = 0; at < bytes.length; at += size) lines.push(...splitter.push(bytes.subarray(at, at + size)))
      expect(lines).toEqual(['{"a":"é"}', '', 'last'])
    }
  })

  it('without an end are given up at the limit', () => {
    const splitter = new LineSplitter()
    for (let sent = 0; sent <= longestLineBytes; sent += 65_536) expect(splitter.push(Buffer.alloc(65_536, 120))).toEqual([])
    expect([splitter.overrun, splitter.push(Buffer.from('\n{}\n'))]).toEqual([true, []])
  })
})

describe('arguments of a Windows command line', () => {
  it.each([
    ['plain', 'plain'],
    ['', '""'],
    ['C:\\Program Files\\a b\\', String.raw`"C:\Program Files\a b\\"`],
    ['say "hi"', String.raw`"say \"hi\""`],
    [String.raw`a\"b`, String.raw`"a\\\"b"`],
    ['\\\\.\\pipe\\sockscope-1', '\\\\.\\pipe\\sockscope-1'],
  ])('%s is written %s', (argument, quoted) => expect(quoteArgument(argument)).toBe(quoted))
})
