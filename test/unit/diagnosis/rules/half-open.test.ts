import { describe, expect, it, test } from 'vitest'
import { capabilitiesOf } from '../../../../src-shared/model/capabilities.ts'
import { halfOpen } from '../../../../src-main/diagnosis/rules/half-open.ts'
import { noSurroundings } from '../../../../src-main/diagnosis/surroundings.ts'
import { builderTakenAt, type RowInput } from '../../../builders/mirror-builder.ts'
import { factsOf, figuresOf, manyRows, partsOf, RuleWatch } from '../../../builders/rule-watch.ts'

const lost = (index: number, more: RowInput = {}): RowInput => ({
  local: `192.0.2.1:${40_000 + index}`,
  remote: '198.51.100.1:443',
  owner: { pid: 7, name: 'sync' },
  sendQueue: 100,
  unanswered: 3,
  timerKind: 'retransmit',
  roundTripMs: 20,
  lastReceivedSeconds: builderTakenAt / 1000 - 59,
  lastSentSeconds: builderTakenAt / 1000 - 4,
  ...more,
})

const client = (index: number): RowInput => lost(index, { local: '192.0.2.1:443', remote: `203.0.113.${index}:5000` })

test('data that is repeated without an answer is one finding per process and peer', () => {
  const watch = new RuleWatch(halfOpen)
  const others: RowInput[] = [
    lost(10, { unanswered: 1 }),
    lost(11, { sendQueue: 0 }),
    lost(12, { timerKind: 'keepalive', sendQueue: 0 }),
    lost(13, { state: 'FIN_WAIT_1' }),
    lost(14, { state: 'LAST_ACK' }),
    { remote: '198.51.100.1:443', sendQueue: 9, timerKind: 'retransmit' },
  ]
  const candidates = watch.full([
    ...manyRows(2, (index) => lost(index)),
    lost(2, { remote: '198.51.100.2:443', unanswered: 7, timerKind: 'probe' }),
    lost(3, { owner: { pid: 8 } }),
    ...others,
  ])
  expect(candidates.map(({ key }) => key)).toEqual(['7@1 198.51.100.1', '7@1 198.51.100.2', '8@2 198.51.100.1'])
  const [first, second] = candidates
  expect(first).toMatchObject({ level: 'raise', severity: 'warning', process: { name: 'sync' }, remote: { port: 443 } })
  expect(watch.evidence(first)).toEqual([1, 2])
  expect(figuresOf(first)).toEqual({ retransmits: 3, rows: 2, queue: 200, 'last-received': 60_000, 'last-sent': 5000, 'round-trip': 20 })
  expect([factsOf(first), factsOf(second)]).toEqual([['timer retransmit'], ['timer probe']])
  expect(partsOf(first, 'remote-endpoint')).toEqual({ '198.51.100.1:443': 2 })
})

test('a peer that closed its own side still owes an answer (RFC 9293 section 3.10.2)', () => {
  const watch = new RuleWatch(halfOpen)
  const [candidate] = watch.full([lost(0, { state: 'CLOSE_WAIT' }), lost(1), lost(2, { state: 'CLOSE_WAIT', sendQueue: 0 })])
  expect(watch.evidence(candidate)).toEqual([1, 2])
})

test('is kept below the threshold, and over with the first answer', () => {
  const watch = new RuleWatch(halfOpen)
  watch.full([lost(0)])
  expect(watch.look({ changed: [lost(0, { id: 1, unanswered: 2 })] })).toMatchObject([{ level: 'keep' }])
  expect(watch.look({ changed: [lost(0, { id: 1, unanswered: 0, sendQueue: 0, timerKind: 'none' })] })).toEqual([])
})

test('a row that only comes near the threshold is evidence if it was before', () => {
  const watch = new RuleWatch(halfOpen)
  expect(watch.evidence(watch.full([lost(0), lost(1, { unanswered: 2 })])[0])).toEqual([1])
  const [candidate] = watch.look({ changed: [lost(0, { id: 1, unanswered: 2 }), lost(1, { id: 2, unanswered: 3 })] })
  expect(watch.evidence(candidate)).toEqual([1, 2])
})

test('a server that lost its uplink is one finding, and stays one until its peers are few again', () => {
  const watch = new RuleWatch(halfOpen)
  expect(watch.full(manyRows(8, client))).toHaveLength(8)
  const [all, ...none] = watch.look({ added: [client(8)] })
  expect(none).toEqual([])
  expect(all).toMatchObject({ key: '7@1', level: 'raise' })
  expect(all).not.toHaveProperty('remote')
  expect(partsOf(all, 'remote-address')).toMatchObject({ '203.0.113.0': 1 })
  expect(watch.look({ removed: [1, 2, 3, 4] })).toHaveLength(1)
  expect(watch.look({ removed: [5] })).toHaveLength(4)
})

test('several ports of one host are one finding without a port', () => {
  const [candidate] = new RuleWatch(halfOpen).full([lost(0), lost(1, { remote: '198.51.100.1:80' })])
  expect(candidate).not.toHaveProperty('remote')
  expect(partsOf(candidate, 'remote-address')).toEqual({ '198.51.100.1': 2 })
})

test('the threshold is a setting', () => {
  expect(new RuleWatch(halfOpen, { 'half-open-retransmits': 10 }).full([lost(0, { unanswered: 6 })])).toEqual([])
  expect(new RuleWatch(halfOpen, { 'half-open-retransmits': 10 }).full([lost(0, { unanswered: 10 })])).toMatchObject([{ level: 'raise' }])
})

const around = (platform: string, source: string) => {
  const capabilities = capabilitiesOf(platform, source)
  return capabilities === undefined ? noSurroundings : { ...noSurroundings, capabilities }
}
const reason = (platform: string, source: string) => halfOpen.unwatched?.(around(platform, source))

describe('where the source does not tell', () => {
  it('says so, but works on both sources of Linux and on the kernel’s lists of macOS', () => {
    expect([reason('linux', 'netlink'), reason('linux', 'procfs'), reason('darwin', 'pcblist_n')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(reason('win32', 'iphlpapi')).toBe('system-does-not-tell')
    expect(reason('darwin', 'netstat')).toBeTruthy()
    expect(halfOpen.unwatched?.(noSurroundings)).toBeUndefined()
  })

  it('takes the count alone where timers are not told', () => {
    const row = lost(0, { timerKind: 'none' })
    expect(new RuleWatch(halfOpen).full([row])).toEqual([])
    const [candidate] = new RuleWatch(halfOpen).around(around('darwin', 'pcblist_n')).full([row])
    expect([candidate?.level, factsOf(candidate)]).toEqual(['raise', []])
  })
})
