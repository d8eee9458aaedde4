import { createRpcClient } from '../../src-shared/rpc/client.ts'
import type { EngineChild } from './engine-child.ts'
import type { ForwardingApi } from './forwarding-api.ts'
import { startHeartbeat } from './heartbeat.ts'
import type { StartTimer } from './start-timer.ts'

export interface WatchEngineOptions {
  readonly child: EngineChild
  readonly forwarding: ForwardingApi
  readonly startTimer: StartTimer
  /** Called after every answered heartbeat. */
  readonly onAlive: () => void
  /** Called once, with the reason in words. */
  readonly onEnd: (reason: string) => void
}

/** Lets one engine answer for as long as it lives and does not hang; ends a hung one. */
export function watchEngine({ child, forwarding, startTimer, onAlive, onEnd }: WatchEngineOptions): void {
  const client = createRpcClient(child.channel, { startTimer })
  const stopForwarding = forwarding.use(client)
  let reason = 'The engine ended by itself'
  const stopHeartbeat = startHeartbeat({
    api: client,
    startTimer,
    onAlive,
    onHang: () => {
      reason = 'The engine did not answer and was ended'
      child.kill()
      child.channel.close()
    },
  })
  child.channel.on('close', () => {
    stopHeartbeat()
    stopForwarding()
    onEnd(reason)
  })
}
