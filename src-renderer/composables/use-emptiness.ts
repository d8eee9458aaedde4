import { computed, type ComputedRef } from 'vue'
import { useText } from '../i18n/use-text.ts'
import { useConnections } from '../stores/connections.ts'
import { useStatus } from '../stores/status.ts'

/** `no-match`: there are rows, but filters hide all of them. */
export type Emptiness = 'failed' | 'loading' | 'no-match' | 'none'

interface EmptinessOptions {
  /** To be asked anew whenever rows changed. */
  readonly shown: () => number
  readonly all: () => number
  readonly filtered: () => boolean
}

/** Nothing there, nothing that matches, and nothing that could be read are three different things. Undefined where something is shown. */
export function useEmptiness({ shown, all, filtered }: EmptinessOptions): {
  readonly kind: ComputedRef<Emptiness | undefined>
  /** What could not be read. */
  readonly reason: ComputedRef<string | undefined>
} {
  const { t, failureText } = useText()
  const connections = useConnections()
  const status = useStatus()
  const reason = computed(() => {
    const problem = status.engine?.problems.find(({ code }) => code === 'source-failed')
    if (problem !== undefined) return t('problem.source-failed', problem.parameters ?? {})
    return connections.loaded || connections.failure === undefined || status.stale ? undefined : failureText(connections.failure)
  })
  const kind = computed((): Emptiness | undefined => {
    void connections.version
    if (shown() > 0) return undefined
    if (reason.value !== undefined) return 'failed'
    if (!connections.loaded) return status.channel.state === 'open' && !status.stale ? 'loading' : undefined
    return all() > 0 && filtered() ? 'no-match' : 'none'
  })
  return { kind, reason }
}
