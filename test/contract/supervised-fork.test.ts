/** The supervisor over real processes: what a crash and a hang look like outside of a test's imagination. */
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { forkEngine } from '../../src-main/native/fork-engine.ts'
import { createEngineSupervisor, type EngineSupervisor } from '../../src-main/supervisor/engine-supervisor.ts'
import { startTimer } from '../../src-main/supervisor/start-timer.ts'

const fixture = fileURLToPath(new URL('./fixtures/engine-child.ts', import.meta.url))
/** What a user is promised after the engine was killed. */
const backWithinMs = 3_000
/** Turns the seconds of heartbeat and hang limit into tenths, so that the hang is real but short. */
const haste = 10

describe('a supervised forked engine', () => {
  let supervisor: EngineSupervisor | undefined
  afterEach(() => supervisor?.stop())
  const start = (module = fixture, divisor = 1): EngineSupervisor => {
    supervisor = createEngineSupervisor({
      spawn: () => forkEngine(module),
      startTimer: (run, delayMs) => startTimer(run, delayMs / divisor),
      now: () => performance.now(),
    })
    return supervisor
  }

  it('is back within 3 s after SIGKILL, as another process', async () => {
    const engine = start()
    await running(engine, 0)
    const first = engine.getPid() ?? 0
    const killedAt = performance.now()
    process.kill(first, 'SIGKILL')
    await running(engine, 1)
    expect((await engine.api.call('getHost', undefined)).ok).toBe(true)
    expect(performance.now() - killedAt).toBeLessThan(backWithinMs)
    expect(engine.getPid()).not.toBe(first)
  })

  it('that hangs without ending is killed and replaced', async () => {
    const engine = start(fixture, haste)
    await running(engine, 0)
    const first = engine.getPid() ?? 0
    process.kill(first, 'SIGSTOP')
    await running(engine, 1)
    expect(isAlive(first)).toBe(false)
  })

  it('whose program does not exist is reported and tried again, and harms nobody', async () => {
    const engine = start('/nonexistent/engine.js', haste)
    await expect.poll(() => engine.getLink().restarts, { timeout: 10_000 }).toBeGreaterThan(1)
    expect(await engine.api.call('getStatus', undefined)).toMatchObject({ ok: false })
  })

  it('is gone when stop says so', async () => {
    const engine = start()
    await running(engine, 0)
    const pid = engine.getPid() ?? 0
    await engine.stop()
    await expect.poll(() => isAlive(pid)).toBe(false)
  })

  it('ends by itself when its host lets go of it', async () => {
    const child = forkEngine(fixture)
    const pid = child.pid ?? 0
    expect(isAlive(pid)).toBe(true)
    child.channel.close()
    await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false)
  })
})

async function running(engine: EngineSupervisor, restarts: number): Promise<void> {
  await expect.poll(() => engine.getLink(), { timeout: 10_000, interval: 10 }).toEqual({ state: 'running', restarts })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // ESRCH: no such process.
    return false
  }
}
