/** Attacks from a page that got in, or a browser gone wrong: huge messages, broken frames, too many windows, never reading. */
import { once } from 'node:events'
import type { WebSocket } from 'ws'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeFrame } from '../../src-shared/rpc/frame.ts'
import { maximumClients, maximumMessageBytes, pingIntervalMs } from '../../src-main/server/socket-gate.ts'
import { fullSettings } from '../builders/full-settings.ts'
import { ask, openWebSocket, ownHeaders, startTestHost, tryWebSocket, type TestHost } from './start-test-host.ts'

const getHost = { type: 'call', id: 1, name: 'getHost' }

describe('an open WebSocket', () => {
  let host: TestHost
  let sockets: WebSocket[]
  const open = async (): Promise<WebSocket> => {
    const socket = await openWebSocket(host)
    sockets.push(socket)
    return socket
  }
  beforeEach(async () => {
    host = await startTestHost()
    sockets = []
  })
  afterEach(async () => {
    for (const socket of sockets) socket.terminate()
    await host.close()
  })
  const expectOthersServed = async (): Promise<void> => {
    expect(await ask(await open(), getHost)).toMatchObject({ result: { ok: true } })
    expect(host.defects).toEqual([])
  }

  it('is closed with 1009 when a message is too big, and others are served on', async () => {
    const socket = await open()
    socket.send(`"${'x'.repeat(maximumMessageBytes)}"`)
    expect((await once(socket, 'close'))[0]).toBe(1009)
    await expectOthersServed()
  })

  it('is closed with 1009 when many fragments are too big together', async () => {
    const socket = await open()
    const closed = once(socket, 'close')
    for (let part = 0; part < 40 && socket.readyState === socket.OPEN; part += 1)
      socket.send('x'.repeat(maximumMessageBytes / 32), { fin: false })
    expect((await closed)[0]).toBe(1009)
    await expectOthersServed()
  })

  it('takes a message of just under the limit', async () => {
    const socket = await open()
    const padding = 'x'.repeat(maximumMessageBytes - 200)
    expect(await ask(socket, { ...getHost, padding })).toMatchObject({ result: { ok: true } })
  })

  it('takes a change of settings by somebody who saves every way of looking', async () => {
    const socket = await open()
    expect(await ask(socket, { type: 'call', id: 1, name: 'changeSettings', input: fullSettings() })).toMatchObject({
      result: { ok: true },
    })
  })

  it.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['no frame', Buffer.from([1, 2, 3])],
    ['a frame with a false length', Buffer.from([255, 255, 255, 127, 0, 0, 0, 0, 1, 2, 3, 4])],
  ])('is closed with 1007 after %s', async (_what, message) => {
    const socket = await open()
    socket.send(message)
    expect((await once(socket, 'close'))[0]).toBe(1007)
    await expectOthersServed()
  })

  it('survives messages of every wrong shape', async () => {
    const socket = await open()
    const wrong = [
      null,
      1,
      'text',
      [],
      {},
      { type: 'call' },
      { ...getHost, id: -1 },
      { ...getHost, id: 1.5 },
      { ...getHost, name: {} },
      { type: 'event' },
    ]
    for (const message of wrong) socket.send(JSON.stringify(message))
    socket.send(`{"type":"call","id":1,"name":"getHost","input":${'['.repeat(30_000)}${']'.repeat(30_000)}}`)
    socket.send(encodeFrame({ ...getHost, id: 5, bytes: new Uint8Array(new ArrayBuffer(100)) }))
    const answers: unknown[] = []
    socket.on('message', (data) => answers.push(JSON.parse((data as Buffer).toString())))
    await expect.poll(() => answers).toHaveLength(2)
    expect(answers).toMatchObject([
      { id: 1, result: { ok: false, error: { code: 'invalid-input' } } },
      { id: 5, result: { ok: true } },
    ])
  })

  it('survives frames of random bytes', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const socket = sockets.length < maximumClients ? await open() : sockets[seed % maximumClients]!
      const noise = Uint8Array.from({ length: (seed * 7) % 97 }, (_, index) => Math.imul(seed * 2654435761 + index, 40503 + index) >>> 24)
      if (socket.readyState === socket.OPEN) socket.send(noise, { binary: seed % 2 === 0 })
    }
    for (const socket of sockets) socket.terminate()
    await expect.poll(() => host.host.clientCount()).toBe(0)
    await expectOthersServed()
  })

  it('that breaks the WebSocket protocol itself is closed, and others are served on', async () => {
    for (const bytes of [
      [0xc1, 0x80, 0, 0, 0, 0], // a reserved bit
      [0x83, 0x80, 0, 0, 0, 0], // an opcode that does not exist
      [0x81, 0x01, 0x41], // a client's frame without a mask
      [0x89, 0xfe, 0x00, 0x7e, 0, 0, 0, 0], // a ping that is too long
      [0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0], // 2^63 bytes announced
    ]) {
      const socket = await open()
      const { _socket: stream } = socket as unknown as { _socket: import('node:net').Socket }
      stream.write(Uint8Array.from(bytes))
      await once(socket, 'close')
    }
    await expectOthersServed()
  })

  it('is refused beyond the number of windows, until one of them closes', async () => {
    for (let index = 0; index < maximumClients; index += 1) await open()
    expect((await tryWebSocket(host, { headers: await ownHeaders(host) })).outcome).toBe(503)
    sockets[0]?.close()
    await expect.poll(() => host.host.clientCount()).toBe(maximumClients - 1)
    await expectOthersServed()
  })

  it('of a peer that asks and never reads is dropped before it costs all memory', async () => {
    const socket = await open()
    const { _socket: stream } = socket as unknown as { _socket: import('node:net').Socket }
    stream.pause()
    const megabytes = 8
    for (let id = 1; id <= 40; id += 1) {
      socket.send(JSON.stringify({ type: 'call', id, name: 'getChanges', input: { sequence: megabytes * 1024 * 1024 } }))
    }
    await expect.poll(() => host.host.clientCount(), { timeout: 10_000 }).toBe(0)
    await expectOthersServed()
  })

  it('is told goodbye when the host ends', async () => {
    const socket = await open()
    const closed = once(socket, 'close')
    await host.close()
    expect((await closed)[0]).toBe(1001)
  })
})

describe('a window that is gone without a word', () => {
  it('gives its place back after it left a ping unanswered, and one that answers stays', async () => {
    const timers = new Map<number, () => void>()
    const host = await startTestHost({
      timer: (run, delayMs) => {
        timers.set(delayMs, run)
        return () => void timers.delete(delayMs)
      },
    })
    const { socket: silent } = await tryWebSocket(host, { headers: await ownHeaders(host), autoPong: false })
    const { socket: lively } = await tryWebSocket(host, { headers: await ownHeaders(host) })
    const closed = once(silent, 'close')
    const pinged = [once(silent, 'ping'), once(lively, 'ping')]
    timers.get(pingIntervalMs)?.()
    await Promise.all(pinged)
    expect(await ask(lively, getHost)).toMatchObject({ result: { ok: true } })
    timers.get(pingIntervalMs)?.()
    await closed
    expect(host.host.clientCount()).toBe(1)
    expect(lively.readyState).toBe(lively.OPEN)
    lively.terminate()
    await host.close()
  })
})
