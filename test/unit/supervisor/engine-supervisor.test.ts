import { describe, expect, it } from 'vitest'
import type { EngineLink } from '../../../src-shared/contract/status.ts'
import { createEngineSupervisor, stopLimitMs } from '../../../src-main/supervisor/engine-supervisor.ts'
import { firstAnswerLimitMs, graceMs, hangLimitMs, heartbeatIntervalMs } from '../../../src-main/supervisor/heartbeat.ts'
import { firstDelayMs, healthyAfterMs, maximumDelayMs } from '../../../src-main/supervisor/restart-delay.ts'
import { looksPerRefresh, silentId } from '../../contract/fixture-api.ts'
import { createFakeClock, createFakeEngine, settle, type FakeEngine } from './fake-engine.ts'

function setUp(makeEngine: (index: number) => FakeEngine = (index) => createFakeEngine(index)) {
  const clock = createFakeClock()
  const engines: FakeEngine[] = []
  const troubles: string[] = []
  const supervisor = createEngineSupervisor({
    spawn: () => {
      const engine = makeEngine(engines.length + 1)
      engines.push(engine)
      return engine
    },
    startTimer: clock.startTimer,
    now: clock.now,
    onTrouble: (reason) => troubles.push(reason),
  })
  const links: EngineLink[] = []
  supervisor.onLink((link) => links.push(link))
  return { clock, engines, supervisor, links, troubles, current: () => engines.at(-1)! }
}

describe('a supervised engine', () => {
  it('is starting until it answers for the first time, and running then', async () => {
    const { supervisor, links, clock } = setUp()
    expect(supervisor.getLink()).toEqual({ state: 'starting', restarts: 0 })
    await clock.advance(0)
    expect(supervisor.getLink()).toEqual({ state: 'running', restarts: 0 })
    expect(links).toEqual([{ state: 'running', restarts: 0 }])
    expect(supervisor.getPid()).toBe(1)
  })

  it('answers calls that are made before it has said anything', async () => {
    const { supervisor } = setUp()
    expect((await supervisor.api.call('getHost', undefined)).ok).toBe(true)
  })

  it('is started again after a crash, and says so meanwhile', async () => {
    const { supervisor, engines, links, clock, current } = setUp()
    await clock.advance(1000)
    current().crash()
    expect(supervisor.getLink()).toEqual({ state: 'restarting', restarts: 0, retryInMs: firstDelayMs })
    expect(supervisor.getPid()).toBeUndefined()
    await clock.advance(100)
    expect(supervisor.getLink().retryInMs).toBe(firstDelayMs - 100)
    await clock.advance(firstDelayMs - 100)
    expect(supervisor.getLink()).toEqual({ state: 'running', restarts: 1 })
    expect(links.map(({ state }) => state)).toEqual(['running', 'restarting', 'restarting', 'running'])
    expect(engines).toHaveLength(2)
  })

  it('is answered for with engine-unavailable while it is down', async () => {
    const { supervisor, clock, current } = setUp()
    await clock.advance(0)
    const open = supervisor.api.call('getConnection', { id: silentId })
    await settle()
    current().crash()
    expect(await open).toMatchObject({ ok: false, error: { code: 'engine-unavailable' } })
    expect(await supervisor.api.call('getStatus', undefined)).toMatchObject({ ok: false, error: { code: 'engine-unavailable' } })
    await clock.advance(firstDelayMs)
    expect((await supervisor.api.call('getStatus', undefined)).ok).toBe(true)
  })

  it('is heard by one subscription across restarts', async () => {
    const { supervisor, clock, current } = setUp()
    let looks = 0
    const stop = supervisor.api.on('looked', () => (looks += 1))
    await supervisor.api.call('refresh', undefined)
    current().crash()
    await clock.advance(firstDelayMs)
    await supervisor.api.call('refresh', undefined)
    expect(looks).toBe(2 * looksPerRefresh)
    stop()
    await supervisor.api.call('refresh', undefined)
    expect(looks).toBe(2 * looksPerRefresh)
  })

  it('is ended and started again when it hangs', async () => {
    const { supervisor, engines, clock, troubles } = setUp()
    await clock.advance(0)
    engines[0]!.hang()
    await clock.advance(heartbeatIntervalMs + hangLimitMs + graceMs - 1)
    expect(engines[0]!.killed()).toBe(false)
    await clock.advance(1)
    expect(engines[0]!.killed()).toBe(true)
    expect(troubles[0]).toContain('did not answer')
    await clock.advance(firstDelayMs)
    expect(supervisor.getLink()).toEqual({ state: 'running', restarts: 1 })
  })

  it('may take longer for its first answer, but not for ever', async () => {
    const { engines, clock } = setUp((index) => createFakeEngine(index, { deaf: index === 1 }))
    await clock.advance(firstAnswerLimitMs + graceMs - 1)
    expect(engines[0]!.killed()).toBe(false)
    await clock.advance(1)
    expect(engines[0]!.killed()).toBe(true)
  })

  it('is not ended when it is healthy, however long it lives', async () => {
    const { engines, clock, supervisor } = setUp()
    await clock.advance(600_000)
    expect(engines).toHaveLength(1)
    expect(engines[0]!.killed()).toBe(false)
    expect(supervisor.getLink()).toEqual({ state: 'running', restarts: 0 })
  })

  it('is tried with growing pauses when it keeps crashing', async () => {
    const { clock, supervisor, current } = setUp()
    const delays: (number | undefined)[] = []
    for (let crash = 0; crash < 8; crash += 1) {
      current().crash()
      delays.push(supervisor.getLink().retryInMs)
      await clock.advance(supervisor.getLink().retryInMs ?? 0)
    }
    expect(delays).toEqual([250, 500, 1000, 2000, 4000, 8000, maximumDelayMs, maximumDelayMs])
  })

  it('is restarted at once again after a long healthy life', async () => {
    const { clock, supervisor, current } = setUp()
    for (let crash = 0; crash < 4; crash += 1) {
      current().crash()
      await clock.advance(maximumDelayMs)
    }
    await clock.advance(healthyAfterMs)
    current().crash()
    expect(supervisor.getLink().retryInMs).toBe(firstDelayMs)
  })

  it('that cannot even be started is tried again', async () => {
    const { clock, supervisor, troubles } = setUp((index) => {
      if (troublesome.delete(index)) throw new Error('no such file')
      return createFakeEngine(index)
    })
    expect(supervisor.getLink()).toMatchObject({ state: 'restarting', retryInMs: firstDelayMs })
    expect(troubles[0]).toContain('no such file')
    await clock.advance(firstDelayMs)
    expect(supervisor.getLink()).toEqual({ state: 'running', restarts: 1 })
  })
  const troublesome = new Set([1])

  it('is gone after stop, for good, and leaves no timer behind', async () => {
    const { clock, supervisor, engines, links } = setUp()
    await clock.advance(0)
    await supervisor.stop()
    expect(engines[0]!.killed()).toBe(true)
    await clock.advance(600_000)
    expect(engines).toHaveLength(1)
    expect(links.at(-1)).toEqual({ state: 'stopped', restarts: 0 })
    expect(await supervisor.api.call('getStatus', undefined)).toMatchObject({ ok: false, error: { code: 'engine-unavailable' } })
    expect(clock.pendingTimers()).toBe(0)
    await supervisor.stop()
  })

  it('is not started when it was stopped during a pause', async () => {
    const { clock, supervisor, engines, current } = setUp()
    current().crash()
    await supervisor.stop()
    await clock.advance(600_000)
    expect(engines).toHaveLength(1)
    expect(supervisor.getLink().state).toBe('stopped')
  })

  it('that does not die does not hold up the end of its host', async () => {
    const { clock, supervisor } = setUp((index) => ({ ...createFakeEngine(index), kill: () => {} }))
    await clock.advance(0)
    let stopped = false
    void supervisor.stop().then(() => (stopped = true))
    await clock.advance(stopLimitMs - 1)
    expect(stopped).toBe(false)
    await clock.advance(1)
    expect(stopped).toBe(true)
    expect(supervisor.getLink().state).toBe('stopped')
  })
})
