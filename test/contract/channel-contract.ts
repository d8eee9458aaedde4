/**
 * What every transport must do, told once. A transport's own test file calls `describeChannelContract` with a way to make a pair of
 * ends of which the far one runs `serveContractFixture`.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Api } from '../../src-shared/contract/api.ts'
import type { CallName, InputOf } from '../../src-shared/contract/contract.ts'
import type { Channel } from '../../src-shared/rpc/channel.ts'
import { createRpcClient } from '../../src-shared/rpc/client.ts'
import { fixtureBytes, fixtureHost, looksPerRefresh, silentId, unicodeId, unicodeMessage } from './fixture-api.ts'

export interface ChannelPair {
  /** The calling end. */
  readonly client: Channel
  /** Makes the serving end go away. */
  disconnect(): void | Promise<void>
  /** Frees everything; called after every test, also after `disconnect`. */
  dispose(): void | Promise<void>
}

/** As many calls as one peer may have open. */
const openCallsAllowed = 64

export function describeChannelContract(name: string, makePair: () => ChannelPair | Promise<ChannelPair>): void {
  describe(`the channel contract over ${name}`, () => {
    let pair: ChannelPair
    let api: Api
    let timers: Set<() => void>

    beforeEach(async () => {
      pair = await makePair()
      timers = new Set()
      api = createRpcClient(pair.client, { startTimer: manualTimers(timers) })
    })
    afterEach(() => pair.dispose())

    it('answers a call with plain data', async () => {
      expect(await api.call('getHost', undefined)).toEqual({ ok: true, value: fixtureHost })
    })

    it('keeps the order of calls', async () => {
      const results = await Promise.all(Array.from({ length: 50 }, () => api.call('getStatus', undefined)))
      expect(results.map((result) => result.ok && result.value.sequence)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
    })

    it.each([0, 1, 7, 8, 1001, 1 << 20])('carries %i bytes unchanged and aligned', async (length) => {
      const [before, result, after] = await Promise.all([
        api.call('getChanges', { sequence: 3 }),
        api.call('getChanges', { sequence: length }),
        api.call('getChanges', { sequence: 5 }),
      ])
      const bytes = result.ok ? result.value.bytes : undefined
      expect(bytes).toBeInstanceOf(Uint8Array)
      expect(bytes?.byteOffset).toBe(0)
      expect(bytes?.buffer.byteLength).toBe(length)
      expect(Buffer.compare(bytes ?? new Uint8Array(1), fixtureBytes(length))).toBe(0)
      expect(result.ok && result.value.header.added).toBe(length)
      expect([before, after].map((each) => each.ok && each.value.bytes)).toEqual([fixtureBytes(3), fixtureBytes(5)])
    })

    it('carries every character, also of an error', async () => {
      const result = await api.call('getConnection', { id: unicodeId })
      expect(result).toEqual({ ok: false, error: { code: 'not-found', message: unicodeMessage, details: { id: unicodeId } } })
    })

    it.each(['noSuchCall', '__proto__', 'constructor', ''])('says that there is no call named "%s"', async (unknown) => {
      const answer = nextMessage(pair.client)
      pair.client.post({ type: 'call', id: 7, name: unknown })
      expect(await answer).toMatchObject({ type: 'result', id: 7, result: { ok: false, error: { code: 'unknown-call' } } })
    })

    it.each<[CallName, unknown]>([
      ['getChanges', { sequence: -1 }],
      ['getChanges', { sequence: 0, more: true }],
      ['getConnection', { id: 'c123' }],
      ['getStatus', 'something'],
      ['changeSettings', { intervalMs: 1 }],
    ])('refuses input that %s does not take', async (call, input) => {
      const result = await api.call(call, input as InputOf<typeof call>)
      expect(result).toMatchObject({ ok: false, error: { code: 'invalid-input', details: { call } } })
    })

    it('refuses a call that this peer may not make', async () => {
      const result = await api.call('endProcess', { targets: [{ pid: 1, startToken: '1' }] })
      expect(result).toMatchObject({ ok: false, error: { code: 'not-allowed' } })
    })

    it('turns a defect of the other side into an answer', async () => {
      expect(await api.call('getDoctorReport', undefined)).toMatchObject({ ok: false, error: { code: 'internal' } })
    })

    it('refuses the call after as many open ones as are allowed', async () => {
      for (let index = 0; index < openCallsAllowed; index += 1) void api.call('getConnection', { id: silentId })
      expect(await api.call('getStatus', undefined)).toMatchObject({ ok: false, error: { code: 'too-many-calls' } })
    })

    it('gives up a call that is not answered in time', async () => {
      const call = api.call('getConnection', { id: silentId })
      expect((await api.call('getHost', undefined)).ok).toBe(true)
      expect(timers.size).toBe(1)
      for (const fire of timers) fire()
      expect(await call).toMatchObject({ ok: false, error: { code: 'timeout' } })
    })

    it('delivers events in order and before the answer that was sent after them', async () => {
      const heard: number[] = []
      api.on('looked', ({ sequence }) => heard.push(sequence))
      const result = await api.call('refresh', undefined)
      expect(heard).toEqual(Array.from({ length: looksPerRefresh }, (_, index) => index + 1))
      expect(result.ok && result.value.sequence).toBe(looksPerRefresh + 1)
    })

    it('delivers nothing after an unsubscribe', async () => {
      const heard: string[] = []
      const stopFirst = api.on('looked', () => heard.push('first'))
      api.on('looked', () => heard.push('second'))
      stopFirst()
      await api.call('refresh', undefined)
      expect(new Set(heard)).toEqual(new Set(['second']))
    })

    it('passes over messages that are no calls', async () => {
      for (const message of [
        {},
        { type: 'call' },
        { type: 'call', id: 0, name: 'getHost' },
        { type: 'call', id: 'x', name: 1 },
        { type: 'nonsense', id: 1 },
      ]) {
        pair.client.post(message)
      }
      expect(await api.call('getHost', undefined)).toMatchObject({ ok: true })
    })

    it('settles open calls when the other side goes away, and later calls at once', async () => {
      const open = [api.call('getConnection', { id: silentId }), api.call('getConnection', { id: silentId })]
      let closes = 0
      pair.client.on('close', () => (closes += 1))
      await pair.disconnect()
      const results = [...(await Promise.all(open)), await api.call('getHost', undefined)]
      expect(results.map((result) => result.ok || result.error.code)).toEqual(['disconnected', 'disconnected', 'disconnected'])
      expect(timers.size).toBe(0)
      expect(closes).toBe(1)
    })

    it('tells a late listener at once that the channel is closed, and takes a message to nobody quietly', async () => {
      const closed = new Promise<void>((resolve) => {
        pair.client.on('close', resolve)
      })
      pair.client.close()
      await closed
      let told = false
      pair.client.on('close', () => (told = true))
      expect(told).toBe(true)
      pair.client.post({ type: 'call', id: 1, name: 'getHost' })
      pair.client.close()
    })
  })
}

/** Timers that fire only when a test says so: no test waits for a time-out. */
function manualTimers(timers: Set<() => void>): (run: () => void, delayMs: number) => () => void {
  return (run) => {
    const fire = (): void => {
      timers.delete(fire)
      run()
    }
    timers.add(fire)
    return () => void timers.delete(fire)
  }
}

function nextMessage(channel: Channel): Promise<unknown> {
  return new Promise((resolve) => {
    const stop = channel.on('message', (message) => {
      stop()
      resolve(message)
    })
  })
}
