import type { Channel } from '../../src-shared/rpc/channel.ts'

/** One engine process. Its channel closes when the process ends, however it ends. */
export interface EngineChild {
  readonly channel: Channel
  readonly pid: number | undefined
  /** Ends the process whatever state it is in: a hung one answers no polite request. */
  kill(): void
}
