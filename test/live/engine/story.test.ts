/** The life of a real connection as looks see it: path, roles, the other end, the listener, and the other end's owner. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionStory } from '../../../src-shared/contract/story.ts'
import { asked, isLinux, startEngine, type EngineUnderTest } from './engine-under-test.ts'

let engine: EngineUnderTest
const open: { destroy?: () => unknown; close?: () => unknown }[] = []

beforeAll(() => {
  engine = startEngine()
})
afterAll(() => {
  engine.stop()
  for (const one of open) (one.destroy ?? one.close)?.call(one)
})

async function pair(): Promise<{ client: Socket; server: Socket; port: number; clientPort: number }> {
  const accepted: Socket[] = []
  const listener = createServer({ allowHalfOpen: true }, (socket) => void accepted.push(socket.on('error', () => {})))
  listener.listen({ host: '127.0.0.1', port: 0 })
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  const connected = once(listener, 'connection')
  const client = connect({ host: '127.0.0.1', port, allowHalfOpen: true })
  client.on('error', () => {})
  await Promise.all([once(client, 'connect'), connected])
  const [server] = accepted
  if (server === undefined) throw new Error('not accepted')
  open.push(listener, client, server)
  return { client, server, port, clientPort: (client.address() as AddressInfo).port }
}

describe.runIf(isLinux)('the story of a real connection', () => {
  it('tells the way from ESTABLISHED to TIME_WAIT, and both ends know each other', async () => {
    const { client, server, port, clientPort } = await pair()
    const near = await engine.lookFor((look) => look.between(clientPort, port))
    const far = await engine.lookFor((look) => look.between(port, clientPort))
    const story = (id: string): Promise<ConnectionStory> => asked(engine.api, 'getConnectionStory', { id })
    const inState = (from: number, to: number, state: string) =>
      engine.lookFor((look) => (look.between(from, to)?.state === state ? true : undefined))

    const first = await story(near.id)
    expect(first.role).toEqual({ side: 'client', from: 'guessed' })
    expect(first.peer?.id).toBe(far.id)
    expect((await story(far.id)).role).toEqual({ side: 'server', from: 'guessed' })
    expect((await story(far.id)).listener?.local).toEqual({ address: '127.0.0.1', port })

    client.end()
    await inState(clientPort, port, 'FIN_WAIT_2')
    await inState(port, clientPort, 'CLOSE_WAIT')
    const closing = await story(near.id)
    expect(closing.peer).toMatchObject({ id: far.id, state: 'CLOSE_WAIT', owners: [{ pid: process.pid }] })

    server.end()
    await inState(clientPort, port, 'TIME_WAIT')
    const over = await story(near.id)
    expect(over.path.map(({ state }) => state)).toEqual(['ESTABLISHED', 'FIN_WAIT_2', 'TIME_WAIT'])
    const times = over.path.flatMap(({ since }) => since ?? [])
    expect(times.length).toBeGreaterThanOrEqual(2)
    expect(times).toEqual(times.toSorted((left, right) => left - right))
    expect(over.peer).toBeUndefined()
  })

  it('says not-found for what is not there', async () => {
    expect(await engine.api.call('getConnectionStory', { id: 'cffffffffffffffff' })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
  })
})
