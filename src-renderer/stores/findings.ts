/**
 * What the diagnosis found, as of the last look. Asks when the engine has looked, never twice at once; keeps the last report while
 * the engine is away, and says that it is not current.
 */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { severities, type DiagnosisReport, type Finding, type Severity } from '../../src-shared/contract/diagnosis.ts'
import type { Failure } from '../../src-shared/contract/result.ts'
import { useHostAccess } from './host-access.ts'
import { oneAtATime } from './one-at-a-time.ts'

/** What one report says that the one before did not; each finding is raised once, however often the engine comes and goes. */
export interface FindingNews {
  readonly raised: readonly Finding[]
  readonly ended: readonly Finding[]
}

/** Ids that were told already. More than several engines in a row can raise; a list that is full begins anew. */
const maximumTold = 2000

export const useFindings = defineStore('findings', () => {
  const { link } = useHostAccess()
  const report = shallowRef<DiagnosisReport>()
  const failure = shallowRef<Failure>()
  const news = shallowRef<FindingNews>({ raised: [], ended: [] })
  const away = shallowRef(true)
  const told = new Set<string>()

  const take = (next: DiagnosisReport): void => {
    const raised = next.findings.filter(({ id }) => !told.has(id))
    const open = new Set(next.findings.map(({ id }) => id))
    // What is neither open nor lately over went with an engine that was started anew: told, and not over.
    const ended = next.ended.filter(({ id }) => told.has(id) && !open.has(id))
    if (told.size > maximumTold) told.clear()
    for (const { id } of next.findings) told.add(id)
    for (const { id } of ended) told.delete(id)
    report.value = next
    if (raised.length > 0 || ended.length > 0) news.value = { raised, ended }
  }
  const ask = oneAtATime(async () => {
    const answer = await link.api.call('getDiagnosis', undefined)
    failure.value = answer.ok ? undefined : answer.error
    if (answer.ok) take(answer.value)
  })
  const setAway = (isAway: boolean): void => {
    away.value = isAway
    if (!isAway) void ask()
  }

  return {
    report: computed(() => report.value),
    failure: computed(() => failure.value),
    news: computed(() => news.value),
    /** The report is not that of the last look. */
    stale: computed(() => away.value || failure.value !== undefined),
    findings: computed(() => report.value?.findings ?? []),
    /** The most severe kind among the findings of now; undefined when there is none. */
    worst: computed((): Severity | undefined =>
      severities.find((each) => report.value?.findings.some(({ severity }) => severity === each)),
    ),
    /** Listens to the engine until the returned function is called. */
    start(): () => void {
      const stops = [
        link.api.on('looked', () => {
          if (!away.value) void ask()
        }),
        link.onState(({ state }) => setAway(state !== 'open')),
        link.api.on('engineLink', ({ state }) => setAway(state !== 'running')),
      ]
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
})
