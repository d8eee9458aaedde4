import { expect, test } from 'vitest'
import { closeWaitLeak } from '../../../../src-main/diagnosis/rules/close-wait-leak.ts'
import type { Rule } from '../../../../src-main/diagnosis/rule.ts'
import type { RowInput } from '../../../builders/mirror-builder.ts'
import { DiagnosisWatch, figuresOf, manyRows, partsOf, RuleWatch } from '../../../builders/rule-watch.ts'

const minute = 60_000
const owner = { pid: 7, startToken: 'x', name: 'leaky' }
const leaked = (index: number): RowInput => ({ remote: `198.51.100.${index % 2}:443`, state: 'CLOSE_WAIT', owner })

test('fires for one process at ten old rows, with exactly those rows', () => {
  const watch = new RuleWatch(closeWaitLeak)
  watch.full([
    ...manyRows(10, leaked),
    { remote: '198.51.100.9:443', owner },
    { remote: '198.51.100.9:443', state: 'CLOSE_WAIT', owner: 'other' },
  ])
  const [candidate, ...others] = watch.looks(1, minute)
  expect(others).toEqual([])
  expect(candidate).toMatchObject({ key: '7@x', level: 'raise', severity: 'warning', process: { pid: 7, name: 'leaky' } })
  expect(watch.evidence(candidate)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(figuresOf(candidate)).toEqual({ rows: 10, 'oldest-age': minute })
  expect(partsOf(candidate, 'remote-address')).toEqual({ '198.51.100.0': 5, '198.51.100.1': 5 })
})

test('nine are none, nor are ten young ones', () => {
  const watch = new RuleWatch(closeWaitLeak)
  watch.full(manyRows(9, leaked))
  watch.looks(1, 59_000)
  expect(watch.look({ added: [leaked(10)] })).toMatchObject([{ level: 'keep' }])
})

test('ten rows of two programs are none', () => {
  const watch = new RuleWatch(closeWaitLeak)
  watch.full(manyRows(12, (index) => ({ ...leaked(index), owner: index % 2 === 0 ? 'a' : 'b' })))
  expect(watch.looks(1, minute)).toEqual([])
})

test('rows of unknown owners are told apart by user', () => {
  const watch = new RuleWatch(closeWaitLeak)
  watch.full(
    manyRows(20, (index) => ({
      remote: '198.51.100.1:1',
      state: 'CLOSE_WAIT',
      user: index < 10 ? 'www' : 'db',
      visibility: 'not-permitted',
    })),
  )
  const keys = watch.looks(1, minute).map(({ key, process }) => [key, process])
  expect(keys).toEqual([
    ['unknown of www', undefined],
    ['unknown of db', undefined],
  ])
})

test('is kept a little below the threshold, and ends below that', () => {
  const watch = new RuleWatch(closeWaitLeak)
  watch.full(manyRows(10, leaked))
  watch.looks(1, minute)
  expect(watch.look({ removed: [1, 2, 3] })).toMatchObject([{ level: 'keep' }])
  expect(watch.look({ removed: [4] })).toEqual([])
})

test('is not raised while the program works the rows off', () => {
  const watch = new RuleWatch(closeWaitLeak)
  watch.full(manyRows(100, leaked))
  watch.looks(5, 10_000)
  const levels = new Set<string>()
  for (let id = 1; id <= 80; id += 4) for (const { level } of watch.look({ removed: [id, id + 1, id + 2, id + 3] })) levels.add(level)
  expect(levels).toEqual(new Set(['keep']))
})

test('tells the descriptors of the process', () => {
  const watch = new RuleWatch(closeWaitLeak).around({ descriptorsOf: ({ pid }) => (pid === 7 ? { used: 900, limit: 1024 } : undefined) })
  watch.full(manyRows(10, leaked))
  expect(figuresOf(watch.looks(1, minute)[0])).toMatchObject({ descriptors: 900, 'descriptor-limit': 1024 })
})

test('a session that begins anew keeps the finding', () => {
  const watch = new RuleWatch(closeWaitLeak)
  watch.full(manyRows(10, leaked))
  watch.looks(1, minute)
  const firstSeenAt = watch.now - minute
  const [candidate] = watch.restart(manyRows(10, (index) => ({ ...leaked(index), id: 500 + index, firstSeenAt })))
  expect(candidate).toMatchObject({ key: '7@x', level: 'raise' })
  expect(watch.evidence(candidate)).toHaveLength(10)
})

test('a machine that slept has not leaked meanwhile', () => {
  const watch = new RuleWatch(closeWaitLeak)
  watch.full(manyRows(10, leaked))
  expect(watch.look({ afterMs: 8 * 3_600_000 })).toEqual([])
  expect(watch.looks(1, minute)).toMatchObject([{ level: 'raise' }])
})

test('a lower threshold fires sooner', () => {
  const watch = new RuleWatch(closeWaitLeak, { 'close-wait-count': 2, 'close-wait-age': 1000 })
  watch.full(manyRows(2, leaked))
  expect(watch.look()).toMatchObject([{ level: 'raise', figures: [{ threshold: { id: 'close-wait-count', value: 2 } }, {}] }])
})

test('as a finding it begins, lasts and is over after the program was restarted', () => {
  const watch = new DiagnosisWatch([closeWaitLeak as Rule])
  watch.full(manyRows(10, leaked))
  expect(watch.looks(1, minute).findings).toMatchObject([{ id: 'close-wait-leak:7@x', rows: 10 }])
  watch.look({ removed: manyRows(10, () => ({})).map((_row, index) => index + 1) })
  expect(watch.look().findings).toEqual([])
  expect(watch.diagnosis.report.ended).toHaveLength(1)
})
