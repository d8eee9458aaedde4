/** A clock that moves only when told, and engines that do what a test says. */
import { createMemoryChannel } from '../../../src-shared/rpc/memory-channel.ts'
import type { EngineChild } from '../../../src-main/supervisor/engine-child.ts'
import type { StartTimer } from '../../../src-main/supervisor/start-timer.ts'
import { createFixtureApi } from '../../contract/fixture-api.ts'
import { serveRpc } from '../../../src-shared/rpc/server.ts'

export interface FakeClock {
  readonly now: () => number
  readonly startTimer: StartTimer
  /** Fires what is due on the way, in order, and lets every promise settle in between. */
  advance(byMs: number): Promise<void>
  readonly pendingTimers: () => number
}

export function createFakeClock(): FakeClock {
  const timers = new Set<{ readonly at: number; readonly run: () => void }>()
  let time = 0
  return {
    now: () => time,
    startTimer: (run, delayMs) => {
      const timer = { at: time + delayMs, run }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    async advance(byMs) {
      const end = time + byMs
      await settle()
      for (;;) {
        const [next] = [...timers].filter((timer) => timer.at <= end).toSorted((one, other) => one.at - other.at)
        if (next === undefined) break
        timers.delete(next)
        time = next.at
        next.run()
        await settle()
      }
      time = end
    },
    pendingTimers: () => timers.size,
  }
}

/** Several turns of the event loop: memory channels and promises need a few microtasks each way. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  }
}

export interface FakeEngine extends EngineChild {
  readonly killed: () => boolean
  /** The process ends by itself. */
  crash(): void
  /** The process goes on but answers nothing any more. */
  hang(): void
}

/** `deaf`: hangs from the start. */
export function createFakeEngine(pid: number, { deaf = false } = {}): FakeEngine {
  const [host, engine] = createMemoryChannel()
  const stop = serveRpc({ channel: engine, api: createFixtureApi(), allows: () => true })
  let killed = false
  if (deaf) stop()
  return {
    channel: host,
    pid,
    kill() {
      killed = true
      engine.close()
    },
    killed: () => killed,
    crash: () => engine.close(),
    hang: stop,
  }
}
