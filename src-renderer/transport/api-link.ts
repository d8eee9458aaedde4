/**
 * An Api that outlives its channel: when the other side goes away it is called again with growing pauses. Listeners stay; calls made
 * in between answer `disconnected`.
 */
import type { Api } from '../../src-shared/contract/api.ts'
import type { CallName, EventName, Events, InputOf, OutputOf } from '../../src-shared/contract/contract.ts'
import { fail, type Result } from '../../src-shared/contract/result.ts'
import type { Channel } from '../../src-shared/rpc/channel.ts'
import { createRpcClient } from '../../src-shared/rpc/client.ts'
import type { StartTimer } from './clock.ts'

export type LinkState =
  /** `attempt` counts the attempts that failed since the link was last open; 0 is the first one of all. */
  | { readonly state: 'connecting'; readonly attempt: number }
  | { readonly state: 'open' }
  | { readonly state: 'lost'; readonly retryInMs: number; readonly attempt: number }

export interface ApiLink {
  readonly api: Api
  /** Told at once, and again whenever it changes. Returns its unsubscribe. */
  onState(listener: (state: LinkState) => void): () => void
  close(): void
}

export interface ApiLinkOptions {
  readonly connect: () => Promise<Channel>
  readonly startTimer: StartTimer
}

/** A restarted host is back within a second or two; a stopped one should not be asked more often than this. */
const firstRetryMs = 500
const lastRetryMs = 10_000

export function createApiLink({ connect, startTimer }: ApiLinkOptions): ApiLink {
  const stateListeners = new Set<(state: LinkState) => void>()
  const subscriptions = new Set<(client: Api) => void>()
  let state: LinkState = { state: 'connecting', attempt: 0 }
  let client: Api | undefined
  let channel: Channel | undefined
  let attempt = 0
  let closed = false
  let cancelRetry: (() => void) | undefined

  const tell = (next: LinkState): void => {
    state = next
    for (const listener of stateListeners) listener(next)
  }
  const lose = (): void => {
    client = undefined
    channel = undefined
    if (closed) return
    const retryInMs = Math.min(firstRetryMs * 2 ** attempt, lastRetryMs)
    attempt += 1
    cancelRetry = startTimer(open, retryInMs)
    tell({ state: 'lost', retryInMs, attempt })
  }
  const adopt = (opened: Channel): void => {
    if (closed) return opened.close()
    attempt = 0
    channel = opened
    const next = createRpcClient(opened, { startTimer })
    client = next
    for (const subscribe of subscriptions) subscribe(next)
    opened.on('close', lose)
    if (client === next) tell({ state: 'open' })
  }
  const open = (): void => {
    tell({ state: 'connecting', attempt })
    connect().then(adopt, lose)
  }

  const api: Api = {
    call<Name extends CallName>(name: Name, input: InputOf<Name>): Promise<Result<OutputOf<Name>>> {
      return client?.call(name, input) ?? Promise.resolve(fail('disconnected', 'Sockscope is not connected.'))
    },
    on<Name extends EventName>(name: Name, listener: (value: Events[Name]) => void): () => void {
      let unsubscribe: (() => void) | undefined
      const subscribe = (to: Api): void => void (unsubscribe = to.on(name, listener))
      subscriptions.add(subscribe)
      if (client !== undefined) subscribe(client)
      return () => {
        subscriptions.delete(subscribe)
        unsubscribe?.()
      }
    },
  }
  open()
  return {
    api,
    onState(listener) {
      stateListeners.add(listener)
      listener(state)
      return () => void stateListeners.delete(listener)
    },
    close() {
      closed = true
      cancelRetry?.()
      channel?.close()
    },
  }
}
