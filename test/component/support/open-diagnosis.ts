/** The application on a host whose diagnosis a test sets, and what tests do on the page. */
import App from '../../../src-renderer/App.vue'
import type { Locale } from '../../../src-renderer/i18n/messages.ts'
import type { DiagnosisReport, Finding } from '../../../src-shared/contract/diagnosis.ts'
import type { GaugesReport } from '../../../src-shared/contract/gauges.ts'
import { fail, succeed } from '../../../src-shared/contract/result.ts'
import { findingNow, fullFinding } from '../../builders/finding-builder.ts'
import { buildMirror, type RowInput } from '../../builders/mirror-builder.ts'
import { diagnosisReport } from './diagnosis-report.ts'
import { createFakeHost } from './fake-host.ts'
import { byText, mountWithHost, settle } from './mount-with-host.ts'

const leaker = { name: 'shop', pid: 812, startToken: 't812' }
const rows: RowInput[] = [
  { local: '127.0.0.1:80', owner: leaker },
  { local: '127.0.0.1:80', remote: '127.0.0.1:4001', state: 'CLOSE_WAIT', owner: leaker },
  { local: '127.0.0.1:80', remote: '127.0.0.1:4002', state: 'CLOSE_WAIT', owner: leaker },
  { local: '127.0.0.1:4003', remote: '192.0.2.9:443', owner: 'firefox' },
]
const mirror = buildMirror(rows)
export const idOf = (slot: number): string => mirror.identityOf(slot)
export const leak = fullFinding('close-wait-leak', { rows: 2, process: { pid: 812, startToken: 't812', name: 'shop' }, otherProcesses: [] })
export const leakTitle = 'shop[812] does not close 2 connections that the other side has closed'
export const queue = fullFinding('accept-queue-full', { severity: 'critical', id: 'accept-queue-full:80', rows: 1 })
const gauges: GaugesReport = {
  takenAt: findingNow,
  portRange: [32_768, 60_999],
  ports: [{ localAddress: '127.0.0.1', remote: { address: '127.0.0.1', port: 80 }, used: 25_000, byState: { TIME_WAIT: 24_000 } }],
  descriptors: [{ pid: 812, startToken: 't812', name: 'shop', used: 900, limit: 1000, sockets: 800 }],
  acceptQueues: [],
  timeWait: { used: 24_000, limit: 65_536 },
  unavailable: [{ gauge: 'orphans', reason: 'system-does-not-tell' }],
}
interface Options {
  readonly actionsAllowed?: boolean
  readonly locale?: Locale
  readonly more?: Partial<DiagnosisReport>
}

/** The application on a host with four rows and these findings; `look` has the engine look again and tell others. */
export async function openedWith(findings: readonly Finding[], { actionsAllowed = true, locale = 'en', more = {} }: Options = {}) {
  const host = createFakeHost(rows, { actionsAllowed })
  const told = { report: diagnosisReport(findings, more) }
  host.settings = { ...host.settings, language: locale }
  host.answers.getDiagnosis = async () => succeed(told.report)
  host.answers.getGauges = async () => succeed(gauges)
  host.answers.getKernelSettings = async () => succeed({ takenAt: findingNow, means: [], unread: [], settings: [] })
  host.answers.getEvidence = async ({ finding }) =>
    finding === leak.id ? succeed({ takenAt: findingNow, ids: [idOf(1), idOf(2)], total: 2 }) : fail('not-found', 'over')
  mountWithHost(host, App, { locale })
  await settle()
  const look = async (next: readonly Finding[], nextMore: Partial<DiagnosisReport> = {}): Promise<void> => {
    told.report = diagnosisReport(next, nextMore)
    host.emit('looked', host.status())
    await settle()
  }
  return { host, look }
}
export const all = (selector: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)]
export const text = (selector: string): string => document.querySelector(selector)?.textContent?.replaceAll(/\s+/gu, ' ').trim() ?? ''
export const press = async (element: HTMLElement | null | undefined): Promise<void> => {
  if (element == null) throw new Error('nothing to press')
  element.click()
  await settle()
}
export const tab = (): HTMLElement | undefined => all('nav .tab').find((each) => each.textContent?.trim().startsWith('Diagnosis'))
export const openPage = (): Promise<void> => press(tab())
export const toggleOf = (title: string): HTMLElement | undefined =>
  all('.finding .toggle').find((each) => each.textContent?.includes(title))
export const inDialog = (words: string): HTMLElement | undefined => byText('[role=dialog] button', words)
export const button = (words: string): HTMLElement | undefined => byText('button', words)
