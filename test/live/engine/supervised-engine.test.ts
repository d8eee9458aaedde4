/** The engine's own process, through the supervisor of the real hosts: it answers, and when it is killed or hangs it comes back. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { forkEngine } from '../../../src-main/native/fork-engine.ts'
import { createEngineSupervisor, type EngineSupervisor } from '../../../src-main/supervisor/engine-supervisor.ts'
import { startTimer } from '../../../src-main/supervisor/start-timer.ts'
import { asked, isLinux, pidsOf, wait } from './engine-under-test.ts'
import { connectionAt, type Connection } from '../../../src-shared/model/connection.ts'

/** What the issue promises. */
const backWithinMs = 3000
const modulePath = fileURLToPath(new URL('../../../src-main/engine-process/index.ts', import.meta.url))
let supervisor: EngineSupervisor | undefined

afterEach(async () => {
  await supervisor?.stop()
  supervisor = undefined
})

function supervise(module = modulePath): { supervisor: EngineSupervisor; troubles: string[] } {
  const troubles: string[] = []
  supervisor = createEngineSupervisor({
    spawn: () => forkEngine(module),
    startTimer,
    now: () => performance.now(),
    onTrouble: (reason) => troubles.push(reason),
  })
  return { supervisor, troubles }
}

async function until<Value>(what: () => Value | undefined | false, limitMs: number): Promise<Value> {
  const deadline = performance.now() + limitMs
  for (;;) {
    const value = what()
    if (value !== undefined && value !== false) return value
    if (performance.now() > deadline) throw new Error(`Not within ${limitMs} ms: ${what.toString()}`)
    await wait(10)
  }
}

async function connections(from: EngineSupervisor, mirror: RowMirror): Promise<Connection[]> {
  await asked(from.api, 'refresh', undefined)
  const set = await asked(
    from.api,
    'getChanges',
    mirror.session === undefined ? { sequence: 0 } : { session: mirror.session, sequence: mirror.sequence },
  )
  expect(mirror.apply(set).ok).toBe(true)
  return [...mirror.liveSlots()].map((slot) => connectionAt(mirror, slot))
}

describe.runIf(isLinux)('the engine process', () => {
  it('killed by SIGKILL comes back within three seconds, with the rows', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const { supervisor: engine, troubles } = supervise()
    const mirror = new RowMirror()
    await until(() => engine.getLink().state === 'running', 10_000)
    const ours = (rows: Connection[]): Connection | undefined => rows.find(({ local, state }) => local.port === port && state === 'LISTEN')
    expect(pidsOf(ours(await connections(engine, mirror)))).toEqual([process.pid])
    const firstSession = mirror.session
    const firstPid = engine.getPid()!
    const looks: string[] = []
    engine.api.on('looked', ({ session }) => looks.push(session))

    const killedAt = performance.now()
    process.kill(firstPid, 'SIGKILL')
    await until(() => engine.getLink().state === 'restarting', 1000)
    expect(await engine.api.call('getStatus', undefined)).toMatchObject({ ok: false, error: { code: 'engine-unavailable' } })
    await until(() => engine.getLink().state === 'running' && engine.getPid() !== firstPid, backWithinMs)
    expect(pidsOf(ours(await connections(engine, mirror)))).toEqual([process.pid])
    expect(performance.now() - killedAt).toBeLessThan(backWithinMs)
    expect(mirror.session).not.toBe(firstSession)
    expect([engine.getLink(), troubles.length]).toEqual([{ state: 'running', restarts: 1 }, 1])
    await until(() => looks.includes(mirror.session!), 3000)
    server.close()
  })

  it('that stops answering is ended and replaced', async () => {
    const { supervisor: engine, troubles } = supervise()
    await until(() => engine.getLink().state === 'running', 10_000)
    const frozen = engine.getPid()!
    process.kill(frozen, 'SIGSTOP')
    await until(() => engine.getLink().state === 'running' && engine.getPid() !== frozen && engine.getPid(), 15_000)
    expect(troubles).toHaveLength(1)
    expect(() => process.kill(frozen, 0)).toThrow(expect.objectContaining({ code: 'ESRCH' }) as Error)
  })

  it('that cannot start is tried again with growing pauses, and told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sockscope-engine-'))
    const { supervisor: engine, troubles } = supervise(join(folder, 'missing.js'))
    await until(() => troubles.length >= 2, 8000)
    expect(engine.getLink().state).toBe('restarting')
    rmSync(folder, { recursive: true })
  })

  it('ends with its host', async () => {
    const engine = forkEngine(modulePath)
    const ended = new Promise<void>((resolve) => {
      engine.channel.on('close', resolve)
    })
    await wait(300)
    engine.channel.close()
    await ended
    await until(() => !runs(engine.pid!), 3000)
  })
})

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false // ESRCH: it has ended
  }
}
