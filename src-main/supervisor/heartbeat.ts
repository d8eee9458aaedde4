/** Tells a hung engine from a busy one: it asks for the status again and again and expects an answer within a limit. */
import type { Api } from '../../src-shared/contract/api.ts'
import type { StartTimer } from './start-timer.ts'

/** Often enough that a hang is seen within seconds, seldom enough to cost nothing. */
export const heartbeatIntervalMs = 2_000
/** A look at a hundred thousand sockets takes well under a second; an engine silent for this long does not come back. */
export const hangLimitMs = 5_000
/** The first answer may wait for the native library, a cold disk and a first look at everything. */
export const firstAnswerLimitMs = 10_000
/** When this process itself was held up, the answer already waits in its queue: let it in before judging. */
export const graceMs = 250

export interface HeartbeatOptions {
  readonly api: Api
  readonly startTimer: StartTimer
  /** Called after every answer. */
  readonly onAlive: () => void
  /** Called once; the heartbeat is over then. */
  readonly onHang: () => void
}

/** Starts beating at once. Returns what ends it. */
export function startHeartbeat({ api, startTimer, onAlive, onHang }: HeartbeatOptions): () => void {
  let over = false
  let cancelTimer: (() => void) | undefined
  const judge = (): void => {
    over = true
    onHang()
  }
  const beat = (limitMs: number): void => {
    cancelTimer = startTimer(() => {
      cancelTimer = startTimer(judge, graceMs)
    }, limitMs)
    void expectAnswer()
  }
  const expectAnswer = async (): Promise<void> => {
    const result = await api.call('getStatus', undefined)
    // `timeout` and `disconnected` are the client's own words; any other answer, even a failure, shows an engine that lives.
    const answered = result.ok || (result.error.code !== 'timeout' && result.error.code !== 'disconnected')
    if (over || !answered) return
    cancelTimer?.()
    cancelTimer = startTimer(() => beat(hangLimitMs), heartbeatIntervalMs)
    onAlive()
  }
  beat(firstAnswerLimitMs)
  return () => {
    over = true
    cancelTimer?.()
  }
}
