import { computed, type ComputedRef } from 'vue'
import { useText } from '../../i18n/use-text.ts'
import { useEndProcess } from '../../stores/end-process.ts'

export interface EndSummary {
  /** Pids of all that are to be ended. */
  readonly taken: ComputedRef<ReadonlySet<number>>
  /** Child processes that would go on, under another parent. */
  readonly staying: ComputedRef<number>
  /** What ends and what stays, in one line. */
  readonly text: ComputedRef<string>
}

/** What the answer to the question would do, counted over all chosen processes. */
export function useEndSummary(): EndSummary {
  const { t } = useText()
  const flow = useEndProcess()
  const taken = computed(() => new Set(flow.chosen.map(({ process: { pid } }) => pid)))
  const children = computed(() => new Set(flow.chosen.flatMap(({ preview }) => preview?.children.map(({ pid }) => pid) ?? [])))
  const unlisted = computed(() => flow.chosen.reduce((total, { preview }) => total + (preview?.moreChildren ?? 0), 0))
  const staying = computed(() => [...children.value].filter((pid) => !taken.value.has(pid)).length + unlisted.value)
  return {
    taken,
    staying,
    text: computed(() => {
      const sum = (of: 'connections' | 'listeners'): number =>
        flow.chosen.reduce((total, { preview }) => {
          const told = preview?.[of] ?? 0
          return total + (typeof told === 'number' ? told : told.length + (preview?.moreListeners ?? 0))
        }, 0)
      const isProtected = flow.chosen.filter(({ preview }) => preview?.protection !== undefined).length
      return [
        t('endProcess.sum.processes', { count: taken.value.size }),
        t('endProcess.sum.sockets', { count: sum('connections') }),
        t('endProcess.sum.listening', { count: sum('listeners') }),
        ...(staying.value > 0 ? [t('endProcess.sum.staying', { count: staying.value })] : []),
        ...(isProtected > 0 ? [t('endProcess.sum.protected', { count: isProtected })] : []),
      ].join(' · ')
    }),
  }
}
