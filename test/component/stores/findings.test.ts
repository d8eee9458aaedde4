import { expect, test } from 'vitest'
import type { DiagnosisReport, Finding } from '../../../src-shared/contract/diagnosis.ts'
import { fail, succeed, type Result } from '../../../src-shared/contract/result.ts'
import { useFindings } from '../../../src-renderer/stores/findings.ts'
import { findingNow, fullFinding } from '../../builders/finding-builder.ts'
import { diagnosisReport } from '../support/diagnosis-report.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { settle, useWithHost } from '../support/mount-with-host.ts'

const leak = fullFinding('close-wait-leak')
const full = fullFinding('accept-queue-full', { severity: 'critical' })

async function started(report: DiagnosisReport = diagnosisReport([])) {
  const host = createFakeHost()
  const told = { report }
  host.answers.getDiagnosis = async () => succeed(told.report)
  const store = useWithHost(host, useFindings)
  const stop = store.start()
  await settle()
  const look = async (findings: readonly Finding[], more: Partial<DiagnosisReport> = {}): Promise<void> => {
    told.report = diagnosisReport(findings, more)
    host.emit('looked', host.status())
    await settle()
  }
  const news = () => ({ raised: store.news.raised.map(({ id }) => id), ended: store.news.ended.map(({ id }) => id) })
  return { host, store, stop, look, news }
}
const over = (finding: Finding): Finding => ({ ...finding, endedAt: findingNow })

test('it asks when it begins and after every look, and no more once it is stopped', async () => {
  const { host, stop, look } = await started()
  await look([leak])
  await look([leak])
  expect(host.callsOf('getDiagnosis').length).toBe(3)
  stop()
  await look([leak])
  expect(host.callsOf('getDiagnosis').length).toBe(3)
})

test('while an answer is awaited it does not ask again, and then once for all looks missed', async () => {
  const { host, store, look } = await started()
  let answer: ((result: Result<DiagnosisReport>) => void) | undefined
  host.answers.getDiagnosis = () => new Promise((resolve) => (answer = resolve))
  for (let looks = 0; looks < 3; looks += 1) await look([])
  expect(host.callsOf('getDiagnosis').length).toBe(2)
  answer?.(succeed(diagnosisReport([leak])))
  await settle()
  expect([host.callsOf('getDiagnosis').length, store.findings.length]).toEqual([3, 1])
  answer?.(succeed(diagnosisReport([leak, full])))
  await settle()
  expect([host.callsOf('getDiagnosis').length, store.findings.length]).toEqual([3, 2])
})

test('the worst kind is told, and none when nothing is found', async () => {
  const { store, look } = await started()
  expect(store.worst).toBe(undefined)
  await look([leak])
  expect(store.worst).toBe('warning')
  await look([full, leak])
  expect(store.worst).toBe('critical')
})

test('while the engine is away it keeps the last report, marks it and asks nothing; back again it asks at once', async () => {
  const { host, store, look } = await started()
  await look([leak])
  expect(store.stale).toBe(false)
  host.emit('engineLink', { state: 'restarting', restarts: 1 })
  await look([])
  expect([store.stale, store.findings.length, host.callsOf('getDiagnosis').length]).toEqual([true, 1, 2])
  host.emit('engineLink', { state: 'running', restarts: 1 })
  await settle()
  expect([store.stale, store.findings.length, host.callsOf('getDiagnosis').length]).toEqual([false, 0, 3])
})

test('a lost host and an answer that failed leave the last report and mark it', async () => {
  const { host, store, look } = await started()
  await look([leak])
  host.answers.getDiagnosis = async () => fail('internal', 'broken')
  host.emit('looked', host.status())
  await settle()
  expect([store.stale, store.failure?.code, store.findings.length]).toEqual([true, 'internal', 1])
  host.goAway()
  await settle()
  expect([store.stale, store.findings.length]).toEqual([true, 1])
})

test('a finding is news once, and so is its end', async () => {
  const { look, news } = await started(diagnosisReport([leak]))
  expect(news()).toEqual({ raised: [leak.id], ended: [] })
  await look([leak, full])
  expect(news()).toEqual({ raised: [full.id], ended: [] })
  await look([leak, full])
  expect(news()).toEqual({ raised: [full.id], ended: [] })
  await look([full], { ended: [over(leak)] })
  expect(news()).toEqual({ raised: [], ended: [leak.id] })
  await look([full], { ended: [over(leak)] })
  expect(news()).toEqual({ raised: [], ended: [leak.id] })
})

test('one that comes back after its end is news again', async () => {
  const { look, news } = await started(diagnosisReport([leak]))
  await look([], { ended: [over(leak)] })
  await look([leak])
  expect(news()).toEqual({ raised: [leak.id], ended: [] })
})

test('what an engine that was started anew finds again is no news, and what it has not found yet is not over', async () => {
  const { look, news } = await started(diagnosisReport([leak]))
  await look([full])
  expect(news()).toEqual({ raised: [full.id], ended: [] })
  await look([leak, full])
  expect(news()).toEqual({ raised: [full.id], ended: [] })
})

test('what was over before anybody looked is no news', async () => {
  const { news } = await started(diagnosisReport([], { ended: [over(leak)] }))
  expect(news()).toEqual({ raised: [], ended: [] })
})
