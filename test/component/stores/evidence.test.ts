import { expect, test } from 'vitest'
import { fail, succeed } from '../../../src-shared/contract/result.ts'
import { useEvidence } from '../../../src-renderer/stores/evidence.ts'
import { findingNow, fullFinding } from '../../builders/finding-builder.ts'
import { diagnosisReport } from '../support/diagnosis-report.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { settle, useWithHost } from '../support/mount-with-host.ts'

const leak = fullFinding('close-wait-leak')
const full = fullFinding('accept-queue-full')
const first = 'c0000000000000001'
const second = 'c0000000000000002'

async function started() {
  const host = createFakeHost()
  const rows = new Map([[leak.id, [first, second]]])
  host.answers.getEvidence = async ({ finding }) => {
    const ids = rows.get(finding)
    return ids === undefined ? fail('not-found', 'over') : succeed({ takenAt: findingNow, ids, total: ids.length })
  }
  const store = useWithHost(host, useEvidence)
  await settle()
  const report = async (...findings: readonly (typeof leak)[]): Promise<void> => {
    store.follow(diagnosisReport(findings, { ended: findings.includes(leak) ? [] : [{ ...leak, endedAt: findingNow }] }))
    await settle()
  }
  return { host, rows, store, report }
}

test('nothing is asked for while nobody looks at rows', async () => {
  const { host, report } = await started()
  await report(leak, full)
  expect(host.callsOf('getEvidence')).toEqual([])
})

test('the open finding is asked for while its page is shown, after every report', async () => {
  const { host, store, report } = await started()
  store.open(leak.id)
  await report(leak)
  expect(host.callsOf('getEvidence').length).toBe(0)
  store.setPageShown(true)
  await report(leak)
  expect(store.of(leak.id)?.ids).toEqual([first, second])
  const asked = host.callsOf('getEvidence').length
  await report(leak)
  expect(host.callsOf('getEvidence').length).toBe(asked + 1)
  store.setPageShown(false)
  await report(leak)
  expect(host.callsOf('getEvidence').length).toBe(asked + 1)
})

test('rows that the table is limited to are known before the limit holds, and follow the finding', async () => {
  const { rows, store, report } = await started()
  await report(leak)
  expect(store.shownIds).toBe(undefined)
  await store.show(leak)
  expect(store.shownIds).toEqual([first, second])
  rows.set(leak.id, [second])
  await report(leak)
  expect(store.shownIds).toEqual([second])
  store.letGo()
  expect([store.shown, store.shownIds]).toEqual([undefined, undefined])
})

test('the same rows once more are the same list, so that the table is not filtered anew', async () => {
  const { store, report } = await started()
  await report(leak)
  await store.show(leak)
  const before = store.shownIds
  await report(leak)
  expect(store.shownIds).toBe(before)
})

test('when the finding is over it says so and keeps the last rows, also where the last answers had none', async () => {
  const { rows, store, report } = await started()
  await report(leak)
  await store.show(leak)
  rows.set(leak.id, [])
  await report(leak)
  expect([store.over, store.shownIds]).toEqual([false, [first, second]])
  rows.delete(leak.id)
  await report()
  expect([store.over, store.shown?.endedAt, store.shownIds]).toEqual([true, findingNow, [first, second]])
  rows.set(leak.id, [first])
  await report(leak)
  expect([store.over, store.shown?.endedAt, store.shownIds]).toEqual([false, undefined, [first]])
})

test('a row knows the findings of now that it is part of', async () => {
  const { store, report } = await started()
  await report(leak, full)
  await store.show(leak)
  expect(store.findingsOf(first).map(({ id }) => id)).toEqual([leak.id])
  expect(store.findingsOf('c0000000000000003')).toEqual([])
  await report(full)
  expect(store.findingsOf(first)).toEqual([])
})
