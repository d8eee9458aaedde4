/**
 * Keeps one engine process alive. A crash (its channel closes) or a hang (its heartbeat is not answered) ends the process and
 * starts the next one, at once after a long healthy life and with growing pauses when it keeps failing.
 */
import type { Api } from '../../src-shared/contract/api.ts'
import type { EngineLink } from '../../src-shared/contract/status.ts'
import type { EngineChild } from './engine-child.ts'
import { createForwardingApi } from './forwarding-api.ts'
import { createRestartDelay } from './restart-delay.ts'
import type { StartTimer } from './start-timer.ts'
import { watchEngine } from './watch-engine.ts'

export type { EngineChild } from './engine-child.ts'

export interface EngineSupervisorOptions {
  readonly spawn: () => EngineChild
  readonly startTimer: StartTimer
  /** Monotonic milliseconds. */
  readonly now: () => number
  /** Told in plain English why an engine was given up; for the log. */
  readonly onTrouble?: (reason: string) => void
}

export interface EngineSupervisor {
  /** Calls go to the engine of the moment and fail with `engine-unavailable` while there is none; events come from every engine. */
  readonly api: Api
  getLink(): EngineLink
  /** Hears every change of the link. Returns its unsubscribe. */
  onLink(listener: (link: EngineLink) => void): () => void
  /** Undefined while no engine runs. */
  getPid(): number | undefined
  /** Ends the engine for good; resolves when it is gone, or when waiting longer would help nobody. */
  stop(): Promise<void>
}

/** An engine killed without mercy is gone within milliseconds; a host that is closing waits no longer than this. */
export const stopLimitMs = 2_000

export function createEngineSupervisor({ spawn, startTimer, now, onTrouble }: EngineSupervisorOptions): EngineSupervisor {
  const delay = createRestartDelay(now)
  const forwarding = createForwardingApi()
  const listeners = new Set<(link: EngineLink) => void>()
  let state: EngineLink['state'] = 'starting'
  let restarts = 0
  let retryAt: number | undefined
  let child: EngineChild | undefined
  let cancelRetry: (() => void) | undefined

  const getLink = (): EngineLink =>
    retryAt === undefined ? { state, restarts } : { state, restarts, retryInMs: Math.max(0, Math.round(retryAt - now())) }
  const become = (next: EngineLink['state'], retryInMs?: number): void => {
    state = next
    retryAt = retryInMs === undefined ? undefined : now() + retryInMs
    const link = getLink()
    for (const listener of listeners) listener(link)
  }
  const onAlive = (): void => {
    if (state === 'running' || state === 'stopped') return
    delay.healthy()
    become('running')
  }
  const onEnd = (reason: string): void => {
    child = undefined
    if (state === 'stopped') return
    const delayMs = delay.next()
    onTrouble?.(`${reason}; it is started again in ${delayMs} ms.`)
    cancelRetry = startTimer(() => {
      restarts += 1
      become('restarting')
      start()
    }, delayMs)
    become('restarting', delayMs)
  }
  const start = (): void => {
    try {
      child = spawn()
    } catch (error) {
      onEnd(`The engine could not be started: ${error instanceof Error ? error.message : String(error)}`)
      return
    }
    watchEngine({ child, forwarding, startTimer, onAlive, onEnd })
  }
  start()

  return {
    api: forwarding.api,
    getLink,
    onLink(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    getPid: () => child?.pid,
    stop() {
      cancelRetry?.()
      if (state !== 'stopped') become('stopped')
      return child === undefined ? Promise.resolve() : endOf(child, startTimer)
    },
  }
}

function endOf(child: EngineChild, startTimer: StartTimer): Promise<void> {
  return new Promise((resolve) => {
    const cancelLimit = startTimer(resolve, stopLimitMs)
    child.channel.on('close', () => {
      cancelLimit()
      resolve()
    })
    child.kill()
  })
}
