/** The real engine in a child process that lives in a namespace, reached through its own contract. */
import { fileURLToPath } from 'node:url'
import type { Api } from '../../../src-shared/contract/api.ts'
import { createRpcClient } from '../../../src-shared/rpc/client.ts'
import { channelOf } from '../../../src-main/native/fork-engine.ts'
import { lookThrough, type Looking } from '../../live/engine/engine-under-test.ts'
import type { Namespace } from './namespace.ts'

export interface EngineOptions {
  /** The best source that works here, unless another is asked for. */
  readonly source?: 'best' | 'procfs'
}

/** `look` refreshes and answers the rows; `api` has every other call, settings and diagnosis included. */
export interface EngineInNamespace extends Looking {
  readonly api: Api
  readonly pid: number
  stop(): Promise<void>
}

const program = fileURLToPath(new URL('fixtures/engine-program.ts', import.meta.url))

export async function openEngine(namespace: Namespace, { source = 'best' }: EngineOptions): Promise<EngineInNamespace> {
  const child = namespace.start(process.execPath, [program, source], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const channel = channelOf(child)
  const api = createRpcClient(channel, {
    startTimer: (run, delayMs) => {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
  })
  return {
    api,
    pid: child.pid ?? -1,
    ...lookThrough(api),
    stop: async () => {
      channel.close()
      await gone
    },
  }
}
