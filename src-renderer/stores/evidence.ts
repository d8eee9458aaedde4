/**
 * The rows behind findings, asked for only where a person looks at them: the finding that is open on the diagnosis page and the one
 * whose rows the table shows. Both are asked for again after each report, never twice at once.
 */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { DiagnosisReport, Evidence, Finding } from '../../src-shared/contract/diagnosis.ts'
import { useHostAccess } from './host-access.ts'
import { oneAtATime } from './one-at-a-time.ts'

export const useEvidence = defineStore('evidence', () => {
  const { link } = useHostAccess()
  const known = shallowRef<ReadonlyMap<string, Evidence>>(new Map())
  const openedId = shallowRef<string>()
  const pageShown = shallowRef(false)
  const shown = shallowRef<Finding>()
  const over = shallowRef(false)
  const current = shallowRef<readonly Finding[]>([])

  const wanted = (): string[] => {
    const opened = pageShown.value ? openedId.value : undefined
    return [...new Set([opened, shown.value?.id].filter((id) => id !== undefined))]
  }
  const remember = (id: string, evidence: Evidence): void => {
    const before = known.value.get(id)
    // When it ends, a finding has no rows for a look or two; the ones it had are still what a person wants to see.
    if (before !== undefined && evidence.ids.length === 0) return
    // The same list again would have the table filter all of its rows anew.
    if (before !== undefined && before.total === evidence.total && sameIds(before.ids, evidence.ids)) return
    known.value = new Map(known.value).set(id, evidence)
  }
  const fetch = async (id: string): Promise<Evidence | undefined> => {
    const answer = await link.api.call('getEvidence', { finding: id })
    return answer.ok ? answer.value : undefined
  }
  const askFor = async (id: string): Promise<void> => {
    const evidence = await fetch(id)
    // A finding that is over keeps what is known of it.
    if (evidence !== undefined) remember(id, evidence)
  }
  const askForWanted = oneAtATime(async () => {
    for (const id of wanted()) await askFor(id)
  })

  return {
    /** The finding that the diagnosis page shows in full. */
    openedId: computed(() => openedId.value),
    /** The finding whose rows the table shows, and none but those; as it was last told. */
    shown: computed(() => shown.value),
    /** What `shown` was about is over; its rows stay until the person lets go of them. */
    over: computed(() => over.value),
    of: (id: string): Evidence | undefined => known.value.get(id),
    /** Identities of the rows that the table is limited to; undefined when it is not. */
    shownIds: computed(() => (shown.value === undefined ? undefined : (known.value.get(shown.value.id)?.ids ?? []))),
    /** The rows of any finding as they are now, once; undefined when it is over or nobody answers. */
    ask: fetch,
    /** Findings of now that are known to count a connection among their rows. */
    findingsOf: (identity: string): readonly Finding[] =>
      current.value.filter(({ id }) => known.value.get(id)?.ids.includes(identity) === true),
    /** Every report, as it comes in. */
    follow(report: DiagnosisReport): void {
      current.value = report.findings
      const { id } = shown.value ?? {}
      const now = report.findings.find((finding) => finding.id === id)
      over.value = id !== undefined && now === undefined
      shown.value = now ?? report.ended.find((finding) => finding.id === id) ?? shown.value
      const kept = new Set([openedId.value, id])
      if ([...known.value.keys()].some((each) => !kept.has(each)))
        known.value = new Map([...known.value].filter(([each]) => kept.has(each)))
      if (wanted().length > 0) void askForWanted()
    },
    open(id: string | undefined): void {
      openedId.value = id
      if (id !== undefined && pageShown.value) void askForWanted()
    },
    /** Whether the diagnosis page is on screen; only then are the rows of its open finding followed. */
    setPageShown(isShown: boolean): void {
      pageShown.value = isShown
      if (isShown && openedId.value !== undefined) void askForWanted()
    },
    /** Limits the table to the rows of a finding; done when they are known. False when they cannot be had. */
    async show(finding: Finding): Promise<boolean> {
      if (!known.value.has(finding.id)) await askFor(finding.id)
      if (!known.value.has(finding.id)) return false
      over.value = !current.value.some(({ id }) => id === finding.id)
      shown.value = finding
      return true
    },
    /** Shows all rows again. */
    letGo(): void {
      shown.value = undefined
      over.value = false
    },
  }
})

function sameIds(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((id, index) => id === right[index])
}
