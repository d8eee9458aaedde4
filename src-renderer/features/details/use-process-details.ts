/** What the engine knows of one process, asked anew now and then while somebody reads it. */
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { CommandLine, ProcessDetails } from '../../../src-shared/contract/process-details.ts'
import type { Failure } from '../../../src-shared/contract/result.ts'
import type { ProcessIdentity } from '../../../src-shared/model/process.ts'
import { useConnections } from '../../stores/connections.ts'
import { useHostAccess } from '../../stores/host-access.ts'
import { oneAtATime } from '../../stores/one-at-a-time.ts'

export interface ProcessAnswer {
  /** The latest that was told; stays when the process ends. */
  readonly known?: ProcessDetails
  /** Why there is nothing newer. */
  readonly failure?: Failure
}

export interface ProcessDetailsUse {
  readonly answer: Readonly<Ref<ProcessAnswer>>
  /** Undefined until asked for; `unread` when it could not be had. */
  readonly commandLine: Readonly<Ref<CommandLine | 'unread' | undefined>>
  showCommandLine(): Promise<void>
  hideCommandLine(): void
}

/** Memory and processor use of one process; on some systems each answer lists all processes. */
export const askEveryMs = 2000

const keyOf = (process: ProcessIdentity | undefined): string => (process === undefined ? '' : `${process.pid}:${process.startToken}`)

export function useProcessDetails(process: () => ProcessIdentity | undefined): ProcessDetailsUse {
  const { link, clock } = useHostAccess()
  const connections = useConnections()
  const answer = shallowRef<ProcessAnswer>({})
  const commandLine = shallowRef<CommandLine | 'unread'>()
  let askedAt = Number.NEGATIVE_INFINITY
  let disposed = false

  const ask = oneAtATime(async () => {
    const asked = process()
    if (asked === undefined || disposed) return
    askedAt = clock.steadyNow()
    const { pid, startToken } = asked
    const told = await link.api.call('getProcess', { pid, startToken })
    // Another process may have been chosen meanwhile; then this runs once more.
    if (keyOf(process()) !== keyOf(asked)) return
    const before = answer.value.known
    answer.value = told.ok ? { known: told.value } : { ...(before === undefined ? {} : { known: before }), failure: told.error }
  })
  watch(
    [() => keyOf(process()), () => (connections.version, connections.view.mirror.sequence)],
    ([key], [before]) => {
      if (key !== before) {
        answer.value = {}
        commandLine.value = undefined
      } else if (clock.steadyNow() - askedAt < askEveryMs || answer.value.failure?.code === 'not-found') return
      void ask()
    },
    { immediate: true },
  )
  onScopeDispose(() => (disposed = true))
  return {
    answer,
    commandLine,
    async showCommandLine() {
      const asked = process()
      if (asked === undefined) return
      const { pid, startToken } = asked
      const told = await link.api.call('getProcess', { pid, startToken, commandLine: true })
      if (keyOf(process()) === keyOf(asked)) commandLine.value = (told.ok ? told.value.commandLine : undefined) ?? 'unread'
    },
    hideCommandLine: () => (commandLine.value = undefined),
  }
}
