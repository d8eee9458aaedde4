import { expect, test } from 'vitest'
import { noSurroundings } from '../../../src-main/diagnosis/surroundings.ts'
import { ruleIds } from '../../../src-shared/contract/diagnosis.ts'
import { rules } from '../../../src-main/diagnosis/rules/index.ts'
import { windowsIphlpapi } from '../../../src-shared/model/capabilities-windows.ts'
import { builderTakenAt, ChangeSetBuilder, type RowInput } from '../../builders/mirror-builder.ts'
import type { Rule } from '../../../src-main/diagnosis/rule.ts'
import { closeWaitLeak } from '../../../src-main/diagnosis/rules/close-wait-leak.ts'
import { DiagnosisWatch, factsOf, manyRows } from '../../builders/rule-watch.ts'

const minute = 60_000
const owner = { pid: 7, startToken: 'x', name: 'leaky' }
const leaked = (index: number): RowInput => ({ id: index + 1, remote: '198.51.100.1:443', state: 'CLOSE_WAIT', owner })
const finding = 'close-wait-leak:7@x'

test('no rule is there twice, and the ids are known', () => {
  const ids = rules.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(ruleIds).toContain(id)
})

test('a quiet machine has no findings', () => {
  const watch = new DiagnosisWatch()
  watch.full([
    { local: '0.0.0.0:443', owner: 'web', receiveQueue: 0, sendQueue: 511 },
    { local: '[::]:443', owner: 'web', receiveQueue: 0, sendQueue: 511 },
    { local: '127.0.0.1:5432', owner: 'postgres', receiveQueue: 0, sendQueue: 200 },
    ...manyRows(200, (index) => ({ local: '192.0.2.1:443', remote: `203.0.113.${index}:5000`, owner: 'web' })),
    ...manyRows(2000, (index) => ({ local: '192.0.2.1:443', remote: `203.0.113.9:${index + 1}`, state: 'TIME_WAIT' }) as const),
    ...manyRows(50, () => ({ remote: '198.51.100.1:443', owner: 'browser' })),
  ])
  expect(watch.looks(70)).toMatchObject({ findings: [], ended: [], looks: 71, watchingSince: builderTakenAt + 1000 })
})

test('evidence is named by the identities of the rows, in the look that it is asked in', () => {
  const watch = new DiagnosisWatch()
  watch.full(manyRows(12, leaked))
  watch.looks(1, minute)
  const evidence = watch.diagnosis.evidenceOf(finding)
  expect(evidence).toMatchObject({ total: 12, takenAt: watch.now })
  expect(evidence?.ids).toHaveLength(12)
  expect(new Set(evidence?.ids).size).toBe(12)
  watch.look({ removed: [1], added: [{ id: 99, remote: '198.51.100.1:443', state: 'TIME_WAIT' }] })
  expect(watch.diagnosis.evidenceOf(finding)?.ids).toEqual(evidence?.ids.slice(1))
  expect(watch.diagnosis.evidenceOf('no such finding')).toBeUndefined()
})

test('more evidence than is sent is still counted', () => {
  const watch = new DiagnosisWatch()
  watch.full(manyRows(10_050, leaked))
  watch.looks(1, minute)
  const evidence = watch.diagnosis.evidenceOf(finding)
  expect([evidence?.total, evidence?.ids.length]).toEqual([10_050, 10_000])
})

test('a session that begins anew neither ends a finding nor makes one', () => {
  const watch = new DiagnosisWatch()
  watch.full(manyRows(12, leaked))
  const { since } = watch.looks(1, minute).findings[0] ?? {}
  const firstSeenAt = watch.now - minute
  watch.builder = new ChangeSetBuilder('another')
  const rows = [
    ...manyRows(500, (): RowInput => ({ remote: '203.0.113.1:443' })),
    ...manyRows(12, (index): RowInput => ({ ...leaked(index), id: 1000 + index, firstSeenAt })),
  ]
  const report = watch.full(rows)
  expect(report.findings).toMatchObject([{ id: finding, since, rows: 12 }])
  expect(report.findings).toHaveLength(1)
  expect(watch.diagnosis.evidenceOf(finding)?.ids).toHaveLength(12)
})

test('a person’s threshold counts from the next look on', () => {
  const watch = new DiagnosisWatch()
  watch.full(manyRows(5, leaked))
  expect(watch.looks(1, minute).findings).toEqual([])
  watch.chosen = { 'close-wait-count': 5 }
  expect(watch.look().findings).toMatchObject([{ id: finding, figures: [{ threshold: { value: 5 } }, {}] }])
})

test('rules that cannot work here are named with the reason', () => {
  const watch = new DiagnosisWatch()
  watch.around({ ...noSurroundings, capabilities: windowsIphlpapi })
  expect(watch.full([]).unwatched).toContainEqual({ rule: 'accept-queue-full', reason: 'system-does-not-tell' })
})

const closing = (index: number, more: RowInput): RowInput => ({
  remote: `198.51.100.7:${index + 1}`,
  state: 'CLOSE_WAIT',
  owners: [],
  ...more,
})

test('rows of programs that cannot be seen are a notice about their user, and no claim about one program', () => {
  const watch = new DiagnosisWatch([closeWaitLeak as Rule])
  watch.full([
    ...manyRows(10, (index) => closing(index, { user: 'alice', visibility: 'not-permitted' })),
    ...manyRows(10, (index) => closing(index, { visibility: 'not-permitted' })),
    ...manyRows(10, (index) => closing(index, { user: 'kernel', visibility: 'kernel' })),
    ...manyRows(10, (index) => closing(index, { owners: [{ pid: 5, name: 'app' }] })),
  ])
  const found = watch.looks(61).findings.map((told) => [told.severity, told.process?.name, factsOf(told)])
  expect(found).toHaveLength(4)
  expect(found).toContainEqual(['notice', undefined, ['unseen-owner alice']])
  expect(found).toContainEqual(['notice', undefined, ['unseen-owner unknown']])
  expect(found).toContainEqual(['warning', undefined, []])
  expect(found).toContainEqual(['warning', 'app', []])
})
