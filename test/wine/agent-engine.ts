/** The whole engine for Windows in the agent, served by the same protocol as in the product. */
import { release } from 'node:os'
import { serveRpc } from '../../src-shared/rpc/server.ts'
import { createLocalApi, type LocalApi } from '../../src-main/api/create-local-api.ts'
import type { AgentCommands, Frame } from './agent-messages.ts'
import { createFrameChannel } from './frame-channel.ts'

export interface AgentEngine {
  receive(frame: Frame): void
  readonly commands: AgentCommands
}

export function serveEngine(send: (frame: Frame) => void): AgentEngine {
  const frames = createFrameChannel(send)
  let local: LocalApi | undefined
  const engine = (): LocalApi => (local ??= start())
  const start = (): LocalApi => {
    const started = createEngine()
    serveRpc({
      channel: frames.channel,
      api: started.api,
      allows: () => true,
      onDefect: (error) => process.stderr.write(`${String(error)}\n`),
    })
    return started
  }
  return {
    receive(frame) {
      engine()
      frames.receive(frame)
    },
    commands: {
      /** How long a whole refresh takes, owners included, in milliseconds. */
      async timeRefreshes({ times }: { readonly times: number }) {
        const tookMs: number[] = []
        for (let time = 0; time < times; time += 1) {
          const startedAt = performance.now()
          await engine().api.call('refresh', undefined)
          tookMs.push(performance.now() - startedAt)
        }
        return tookMs
      },
    },
  }
}

function createEngine(): LocalApi {
  return createLocalApi({
    platform: 'win32',
    kernel: release(),
    userName: undefined,
    userId: undefined,
    ownPids: [process.pid],
    sessionBase: 'agent',
    now: () => Date.now(),
    steadyNow: () => performance.now(),
    startTimer: (run, delayMs) => {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
  })
}
