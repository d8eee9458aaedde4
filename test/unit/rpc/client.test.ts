import { describe, expect, it } from 'vitest'
import { createRpcClient } from '../../../src-shared/rpc/client.ts'
import { createMemoryChannel } from '../../../src-shared/rpc/memory-channel.ts'
import { createFakeClock, settle } from '../supervisor/fake-engine.ts'

function setUp() {
  const clock = createFakeClock()
  const [near, far] = createMemoryChannel()
  const asked: unknown[] = []
  far.on('message', (message) => asked.push(message))
  return { clock, near, far, asked, api: createRpcClient(near, { startTimer: clock.startTimer }) }
}

describe('a client', () => {
  it('ignores replies that are malformed, unasked for, late or doubled', async () => {
    const { api, far, clock } = setUp()
    const call = api.call('getStatus', undefined)
    for (const message of [
      { type: 'result' },
      { type: 'result', id: 1 },
      { type: 'result', id: 1, result: { ok: 'yes' } },
      { type: 'result', id: 1, result: { ok: false, error: 'text' } },
      { type: 'result', id: 1, result: { ok: true }, bytes: 'no bytes' as unknown as Uint8Array<ArrayBuffer> },
      { type: 'result', id: 99, result: { ok: true, value: 1 } },
      { type: 'event' },
      { type: 'event', name: 'unheardOf', value: 1 },
    ]) {
      far.post(message)
    }
    await settle()
    far.post({ type: 'result', id: 1, result: { ok: true, value: 'first' } })
    far.post({ type: 'result', id: 1, result: { ok: true, value: 'second' } })
    expect(await call).toEqual({ ok: true, value: 'first' })
    expect(clock.pendingTimers()).toBe(0)
  })

  it('stops waiting after the time that the contract gives the call, and drops the late answer', async () => {
    const { api, far, clock } = setUp()
    const short = api.call('getStatus', undefined)
    const long = api.call('endProcess', { targets: [{ pid: 1, startToken: 'x' }] })
    await clock.advance(10_000)
    expect(await short).toMatchObject({ ok: false, error: { code: 'timeout' } })
    expect(clock.pendingTimers()).toBe(1)
    await clock.advance(20_000)
    expect(await long).toMatchObject({ ok: false, error: { code: 'timeout' } })
    far.post({ type: 'result', id: 1, result: { ok: true, value: 'late' } })
    await settle()
    expect(clock.pendingTimers()).toBe(0)
  })

  it.each(['unheardOf', 'toString', '__proto__'])('answers a call of %s, which is not in the contract, with a failure', async (name) => {
    const { api, asked, clock } = setUp()
    const call = (api.call as (name: string, input: unknown) => Promise<unknown>)(name, undefined)
    expect(await call).toMatchObject({ ok: false, error: { code: 'unknown-call' } })
    expect(asked).toEqual([])
    expect(clock.pendingTimers()).toBe(0)
  })

  it('gives every call a number of its own', async () => {
    const { api, asked } = setUp()
    void api.call('getStatus', undefined)
    void api.call('getChanges', { sequence: 0 })
    await settle()
    expect(asked).toEqual([
      { type: 'call', id: 1, name: 'getStatus' },
      { type: 'call', id: 2, name: 'getChanges', input: { sequence: 0 } },
    ])
  })
})
