import { expect, test } from 'vitest'
import { portExhaustion } from '../../../../src-main/diagnosis/rules/port-exhaustion.ts'
import { gaugesReport } from '../../../../src-main/diagnosis/gauges/gauges-report.ts'
import { noSurroundings, type Surroundings } from '../../../../src-main/diagnosis/surroundings.ts'
import type { KernelSettingId } from '../../../../src-shared/contract/network.ts'
import type { RowInput } from '../../../builders/mirror-builder.ts'
import { figuresOf, manyRows, partsOf, RuleWatch } from '../../../builders/rule-watch.ts'

const settings = new Map([['local-port-range', [40_000, 40_099]]] as const)
const withReuse = (reuse: number): Surroundings['settings'] =>
  new Map<KernelSettingId, readonly number[]>([...settings, ['time-wait-reuse', [reuse]]])
const owner = { pid: 3, startToken: 'c', name: 'client' }
const using = (index: number): RowInput => ({
  local: `192.0.2.1:${40_000 + index}`,
  remote: '203.0.113.1:443',
  state: index % 4 === 0 ? 'ESTABLISHED' : 'TIME_WAIT',
  owner,
})
const watching = (): RuleWatch<unknown> => new RuleWatch(portExhaustion as never).around({ settings })

test('fires at eighty per cent of the range towards one destination', () => {
  const watch = watching()
  expect(watch.full([...manyRows(79, using), { local: '192.0.2.1:39999', remote: '203.0.113.1:443', state: 'TIME_WAIT' }])).toMatchObject([
    { level: 'keep' },
  ])
  const [candidate, ...others] = watch.look({ added: [using(79)] })
  expect(others).toEqual([])
  expect(candidate).toMatchObject({
    key: '192.0.2.1 203.0.113.1:443',
    level: 'raise',
    severity: 'warning',
    local: { address: '192.0.2.1', port: 0 },
    remote: { address: '203.0.113.1', port: 443 },
    process: { pid: 3 },
  })
  expect(figuresOf(candidate)).toEqual({ 'ports-used': 80, 'port-range': 100, share: 0.8 })
  expect(partsOf(candidate, 'state')).toEqual({ TIME_WAIT: 60, ESTABLISHED: 20 })
  expect(watch.evidence(candidate)).toEqual([...manyRows(79, () => ({})).map((_row, index) => index + 1), 81])
})

test('other remote ports, remote addresses and local addresses have a range of their own', () => {
  const watch = watching()
  const spread = ['192.0.2.1 203.0.113.1:443', '192.0.2.2 203.0.113.1:443', '192.0.2.1 203.0.113.2:443', '192.0.2.1 203.0.113.1:80']
  watch.full(
    manyRows(200, (index) => {
      const [local, remote] = (spread[index % 4] as string).split(' ')
      return { local: `${local}:${40_000 + Math.floor(index / 4)}`, remote: remote as string, state: 'TIME_WAIT' }
    }),
  )
  expect(watch.look()).toEqual([])
})

test('thousands in TIME_WAIT of a server are harmless: they use its own port', () => {
  const watch = watching()
  watch.full(manyRows(5000, (index) => ({ local: '192.0.2.1:443', remote: `203.0.113.1:${1024 + index}`, state: 'TIME_WAIT' })))
  expect(watch.look()).toEqual([])
})

test('bound ports count for every destination of their address, each port once', () => {
  const watch = watching()
  watch.full([
    ...manyRows(60, using),
    ...manyRows(10, (index): RowInput => ({ local: `192.0.2.1:${40_060 + index}`, state: 'BOUND' })),
    ...manyRows(10, (index): RowInput => ({ local: `0.0.0.0:${40_070 + index}`, state: 'BOUND' })),
    { local: '192.0.2.1:40000', state: 'BOUND' },
    { local: '192.0.2.9:40099', state: 'BOUND' },
  ])
  const [candidate] = watch.look()
  expect(figuresOf(candidate)).toMatchObject({ 'ports-used': 80 })
  expect(watch.evidence(candidate)).toHaveLength(81)
})

test('a bound socket that connects moves to its destination', () => {
  const watch = watching()
  watch.full([...manyRows(79, using), { id: 500, local: '192.0.2.1:40090', state: 'BOUND' }])
  expect(figuresOf(watch.look()[0])).toMatchObject({ 'ports-used': 80 })
  const [candidate] = watch.look({ changed: [{ id: 500, local: '192.0.2.1:40090', remote: '203.0.113.1:443', state: 'SYN_SENT' }] })
  expect(figuresOf(candidate)).toMatchObject({ 'ports-used': 80 })
  expect(watch.evidence(candidate)).toContain(500)
})

test('is critical from 95 per cent, stays so down to 90, and ends below 56', () => {
  const watch = watching()
  watch.full(manyRows(95, using))
  expect(watch.look()).toMatchObject([{ severity: 'critical' }])
  expect(watch.look({ removed: [1, 2, 3, 4, 5] })).toMatchObject([{ severity: 'critical' }])
  expect(watch.look({ removed: [6] })).toMatchObject([{ severity: 'warning', level: 'raise' }])
  expect(watch.look({ removed: manyRows(33, () => ({})).map((_row, index) => 7 + index) })).toMatchObject([{ level: 'keep' }])
  expect(watch.look({ removed: [40] })).toEqual([])
})

test.each([
  ['[2001:db8::2]:443', 0, 'critical'],
  ['[2001:db8::2]:443', 1, 'warning'],
  ['[2001:db8::2]:443', 2, 'critical'],
  ['[::1]:443', 2, 'warning'],
])('what may be used again makes no shortage: %s with tcp_tw_reuse %i is %s', (remote, reuse, severity) => {
  const watch = watching().around({ settings: withReuse(reuse) })
  watch.full(manyRows(97, (index) => ({ ...using(index), local: `[2001:db8::1]:${40_000 + index}`, remote })))
  expect(watch.looks(2)).toMatchObject([{ severity }])
})

test('what has just come to TIME_WAIT may not be used again yet, and few of them help nobody', () => {
  const watch = watching().around({ settings: withReuse(1) })
  expect(watch.full(manyRows(97, using))).toMatchObject([{ severity: 'critical' }])
  expect(watch.look()).toMatchObject([{ severity: 'warning' }])
  const busy = watching().around({ settings: withReuse(1) })
  busy.full(manyRows(97, (index) => ({ ...using(index), state: index < 10 ? 'TIME_WAIT' : 'ESTABLISHED' })))
  expect(busy.look()).toMatchObject([{ severity: 'critical' }])
})

test('counts on after a session that begins anew, and after another range', () => {
  const watch = watching()
  watch.full(manyRows(90, using))
  expect(figuresOf(watch.restart(manyRows(85, using))[0])).toMatchObject({ 'ports-used': 85 })
  watch.around({ settings: new Map([['local-port-range', [40_000, 40_999]]]) })
  expect(watch.look()).toEqual([])
  watch.around({ settings })
  expect(figuresOf(watch.look()[0])).toMatchObject({ 'ports-used': 85 })
})

test('slots that are used again count for their new row', () => {
  const watch = watching()
  watch.full(manyRows(80, using))
  watch.look({ removed: [1, 2] })
  const other: RowInput = { local: '192.0.2.1:40000', remote: '203.0.113.7:443' }
  expect(figuresOf(watch.look({ added: [other, using(1)] })[0])).toMatchObject({ 'ports-used': 79 })
})

test.each([[[]], [[40_000]], [[0, 100]], [[500, 400]], [[1, 70_000]]])('a range of %j is not believed', (range) => {
  const watch = watching().around({ settings: new Map([['local-port-range', range]]) })
  watch.full(manyRows(99, using))
  expect(watch.look()).toEqual([])
})

test('IPv6 destinations run out as well', () => {
  const watch = watching()
  watch.full(manyRows(80, (index) => ({ local: `[2001:db8::1]:${40_000 + index}`, remote: '[2001:db8::2]:443' })))
  expect(watch.look()).toMatchObject([{ key: '2001:db8::1 [2001:db8::2]:443', level: 'raise' }])
})

test('the gauge of a destination counts the same ports', () => {
  const watch = watching()
  const rows: RowInput[] = [
    ...manyRows(85, using),
    { local: '192.0.2.1:40090', state: 'BOUND' },
    { local: '0.0.0.0:40091', state: 'BOUND' },
    { local: '192.0.2.9:40092', state: 'BOUND' },
    { local: '0.0.0.0:40003' },
    { local: '192.0.2.1:39000', remote: '203.0.113.1:443' },
  ]
  watch.full(rows)
  const [candidate] = watch.look()
  const [gauge] = gaugesReport(watch.table, { ...noSurroundings, settings }).ports
  expect([figuresOf(candidate)['ports-used'], gauge?.used]).toEqual([86, 86])
})
