import { expect, test } from 'vitest'
import { capabilitiesOf } from '../../../../src-shared/model/capabilities.ts'
import { idleWithoutKeepalive } from '../../../../src-main/diagnosis/rules/idle-without-keepalive.ts'
import { noSurroundings } from '../../../../src-main/diagnosis/surroundings.ts'
import { builderTakenAt, type RowInput } from '../../../builders/mirror-builder.ts'
import { figuresOf, partsOf, RuleWatch } from '../../../builders/rule-watch.ts'

const hour = 3600
const now = builderTakenAt / 1000 + 1
const idle = (received: number, sent: number, more: RowInput = {}): RowInput => ({
  remote: '198.51.100.1:5432',
  local: '192.0.2.1:40000',
  owner: { pid: 7 },
  lastReceivedSeconds: now - received,
  lastSentSeconds: now - sent,
  ...more,
})

const reasonOf = (platform: string, source: string) => {
  const capabilities = capabilitiesOf(platform, source)
  return idleWithoutKeepalive.unwatched?.(capabilities === undefined ? noSurroundings : { ...noSurroundings, capabilities })
}

test('connections idle in both directions without keepalive are one notice per process', () => {
  const watch = new RuleWatch(idleWithoutKeepalive)
  const candidates = watch.full([
    idle(2 * hour, 3 * hour),
    idle(5 * hour, 4 * hour, { remote: '198.51.100.2:22' }),
    idle(2 * hour - 1, 9 * hour),
    idle(9 * hour, 1),
    idle(9 * hour, 9 * hour, { timerKind: 'keepalive' }),
    idle(9 * hour, 9 * hour, { timerKind: 'retransmit' }),
    idle(9 * hour, 9 * hour, { state: 'CLOSE_WAIT' }),
    idle(9 * hour, 9 * hour, { owner: { pid: 8 } }),
    { remote: '198.51.100.1:5432' },
  ])
  expect(candidates).toMatchObject([{ key: '7@1', level: 'raise', severity: 'notice', process: { pid: 7 } }, { key: '8@2' }])
  const [first] = candidates
  expect(watch.evidence(first)).toEqual([1, 2])
  expect(figuresOf(first)).toEqual({
    rows: 2,
    'oldest-age': 4 * hour * 1000,
    'last-received': 2 * hour * 1000,
    'last-sent': 3 * hour * 1000,
  })
  expect(partsOf(first, 'remote-port')).toEqual({ 22: 1, 5432: 1 })
})

test('nobody vanishes on the loopback', () => {
  const rows = [
    idle(9 * hour, 9 * hour, { remote: '127.0.0.1:5432' }),
    idle(9 * hour, 9 * hour, { local: '[::1]:1', remote: '[::1]:5432' }),
  ]
  expect(new RuleWatch(idleWithoutKeepalive).full(rows)).toEqual([])
})

test('comes with time alone, though nothing about the row changes, and goes with a byte', () => {
  const watch = new RuleWatch(idleWithoutKeepalive, { 'idle-age': 10_000 })
  expect(watch.full([idle(0, 0)])).toEqual([])
  expect(watch.looks(9)).toEqual([])
  expect(watch.look()).toHaveLength(1)
  expect(watch.look({ changed: [idle(-11, 0, { id: 1 })] })).toEqual([])
})

test('a clock that jumps makes nothing idle', () => {
  const watch = new RuleWatch(idleWithoutKeepalive)
  watch.full([idle(0, 0)])
  expect(watch.look({ afterMs: 10 * hour * 1000 })).toEqual([])
  expect(watch.look({ afterMs: 1000 })).toEqual([])
})

test('is not watched where the times of data or the timers are not told', () => {
  expect(reasonOf('linux', 'netlink')).toBeUndefined()
  expect([reasonOf('linux', 'procfs'), reasonOf('win32', 'iphlpapi'), reasonOf('darwin', 'pcblist_n')]).toEqual([
    'tool-does-not-tell',
    'system-does-not-tell',
    'not-read',
  ])
})
