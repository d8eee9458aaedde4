import { expect, it } from 'vitest'
import { isTimeDependent } from '../../../src-renderer/view/time-dependent.ts'
import { compileQuery, parseQuery, queryErrorText, queryText } from '../../../src-shared/query/index.ts'
import { builderTakenAt, buildMirror, type RowInput } from '../../builders/mirror-builder.ts'

const nowSeconds = builderTakenAt / 1000
const rows: Record<string, RowInput> = {
  bare: { remote: '198.51.100.1:80' },
  busy: {
    remote: '198.51.100.2:80',
    retransmits: 0,
    segmentsSent: 5000,
    unanswered: 0,
    receiveQueue: 0,
    sendQueue: 3000,
    roundTripMs: 12.5,
    lastReceivedSeconds: nowSeconds - 1,
    lastSentSeconds: nowSeconds - 400,
  },
  stuck: {
    remote: '198.51.100.3:80',
    retransmits: 7,
    segmentsSent: 12,
    unanswered: 4,
    receiveQueue: 1,
    sendQueue: 0,
    roundTripMs: 250,
    lastReceivedSeconds: nowSeconds - 400,
    lastSentSeconds: nowSeconds - 2,
  },
}
const mirror = buildMirror(Object.values(rows))

function found(text: string): string {
  const outcome = parseQuery(text)
  if (!outcome.ok) return outcome.error.code
  const matches = compileQuery(outcome.query, { now: () => builderTakenAt })
  return Object.keys(rows)
    .filter((_, slot) => matches(mirror, slot))
    .join(' ')
}

it('counters, queues, round trips and the time since the last segment can be searched; the absent passes no test', () => {
  const cases: [string, string][] = [
    ['retrans:>0', 'stuck'],
    ['retrans:0', 'busy'],
    ['segments:>=12', 'busy stuck'],
    ['segments:1000-', 'busy'],
    ['unanswered:>2', 'stuck'],
    ['unanswered:<255', 'busy stuck'],
    ['recvq:>0', 'stuck'],
    ['sendq:3KB', 'busy'],
    ['rtt:>100', 'stuck'],
    ['rtt:>100ms', 'stuck'],
    ['rtt:<0.1s', 'busy'],
    ['lastrx:>5m', 'stuck'],
    ['lasttx:>5m', 'busy'],
    ['lastrx:<10s', 'busy'],
    ['-retrans:>0', 'bare busy'],
    ['segments:1.5', 'bad-number'],
    ['rtt:>5m', 'bad-duration'],
    ['lastrx:>5MB', 'bad-duration'],
    ['sendq:>1h', 'bad-size'],
  ]
  expect(cases.map(([query]) => [query, found(query)])).toEqual(cases)
})

it('what they say is kept in the canonical text, and the remedy names the units they have', () => {
  const outcome = parseQuery('RTT:>1.5S unanswered>2')
  expect(outcome.ok && queryText(outcome.query)).toBe('rtt:>1.5s unanswered:>2')
  const wrong = parseQuery('rtt:>5m')
  expect(wrong.ok ? '' : queryErrorText(wrong.error, 'rtt:>5m')).toContain('(ms s), for example rtt:>5ms')
})

function depends(text: string): boolean {
  const outcome = parseQuery(text)
  return outcome.ok && isTimeDependent(outcome.query)
}

it('the time since the last segment grows without the row changing', () => {
  expect(['lastrx:>5m', '-lasttx:>5m', 'rtt:>5', 'segments:>5'].map(depends)).toEqual([true, true, false, false])
})
