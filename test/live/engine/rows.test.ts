/** What the table shows of real sockets: addresses, families, states, queues, owners. */
import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { isLinux, pidsOf, startEngine, wait, type EngineUnderTest } from './engine-under-test.ts'

const self = process.pid
let engine: EngineUnderTest
const open: { destroy?: () => unknown; close?: () => unknown }[] = []

beforeAll(() => {
  engine = startEngine()
})
afterAll(() => engine.stop())
afterEach(() => {
  for (const one of open.splice(0)) (one.destroy ?? one.close)?.call(one)
})

async function listen(
  host: string,
  options: { ipv6Only?: boolean; backlog?: number; halfOpen?: boolean } = {},
): Promise<{ server: Server; port: number; accepted: Socket[] }> {
  const accepted: Socket[] = []
  const server = createServer({ allowHalfOpen: options.halfOpen ?? false }, (socket) => {
    socket.on('error', () => {})
    accepted.push(socket)
    open.push(socket)
  })
  server.listen({ host, port: 0, ...options })
  await once(server, 'listening')
  open.push(server)
  return { server, port: (server.address() as AddressInfo).port, accepted }
}

async function client(host: string, port: number): Promise<Socket> {
  const socket = connect({ host, port, allowHalfOpen: true })
  socket.on('error', () => {})
  open.push(socket)
  await once(socket, 'connect')
  return socket
}

async function udp(host: string): Promise<UdpSocket> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  socket.bind(0, host)
  await once(socket, 'listening')
  open.push(socket)
  return socket
}

describe.runIf(isLinux)('TCP', () => {
  it.each([
    ['IPv4', '127.0.0.1', { family: 'ipv4' }],
    ['IPv6', '::1', { family: 'ipv6' }],
  ])('over %s shows the listener and both ends', async (_family, host, expected) => {
    const { port } = await listen(host, { backlog: 77 })
    const socket = await client(host, port)
    const look = await engine.lookFor((seen) => (seen.at(port).every(({ owners }) => owners.length > 0) ? seen : undefined))
    const listener = look.at(port).find(({ state }) => state === 'LISTEN')
    expect(listener).toMatchObject({
      ...expected,
      protocol: 'tcp',
      local: { address: host, port },
      visibility: 'full',
      receiveQueue: 0,
      backlog: 77,
    })
    expect(listener?.remote).toBeUndefined()
    for (const [local, remote] of [
      [port, socket.localPort!],
      [socket.localPort!, port],
    ] as const) {
      const end = look.between(local, remote)
      expect(end).toMatchObject({
        ...expected,
        state: 'ESTABLISHED',
        remote: { address: host, port: remote },
        visibility: 'full',
        receiveQueue: 0,
        sendQueue: 0,
      })
      expect([pidsOf(end), end?.id]).toEqual([[self], expect.stringMatching(/^c[0-9a-f]{16}$/)])
    }
    expect(pidsOf(listener)).toEqual([self])
  })

  it('of a v4 client at a v6 listener is shown as IPv4 mapped into IPv6', async () => {
    const { port } = await listen('::')
    const socket = await client('127.0.0.1', port)
    const look = await engine.look()
    expect(look.between(port, socket.localPort!)).toMatchObject({
      family: 'ipv6',
      v4Mapped: true,
      local: { address: '127.0.0.1' },
      remote: { address: '127.0.0.1' },
    })
    expect(look.between(socket.localPort!, port)).toMatchObject({ family: 'ipv4' })
    expect(look.between(socket.localPort!, port)).not.toHaveProperty('v4Mapped')
  })

  it('counts bytes and shows what was not read', async () => {
    const { port, accepted } = await listen('127.0.0.1')
    const socket = await client('127.0.0.1', port)
    await engine.lookFor(() => accepted[0])
    accepted[0]!.on('data', () => {})
    socket.write(Buffer.alloc(12_345))
    const end = await engine.lookFor((look) => [look.between(port, socket.localPort!)].find((one) => one?.receivedBytes === 12_345))
    expect(end).toMatchObject({ receivedBytes: 12_345, sentBytes: 0 })
    const near = (await engine.look()).between(socket.localPort!, port)
    expect(near).toMatchObject({ sentBytes: 12_345, receivedBytes: 0 })
    expect(near?.roundTripMs).toBeGreaterThan(0)
    expect(near?.segmentsSent).toBeGreaterThan(2)
    expect(near).toMatchObject({ unanswered: 0 })
    expect([near?.lastReceivedAt, end?.lastSentAt]).toEqual([undefined, undefined])
    for (const time of [near?.lastSentAt, end?.lastReceivedAt]) expect(Math.abs(Date.parse(time!) - Date.now())).toBeLessThan(60_000)
    accepted[0]!.pause()
    await wait(20)
    socket.write(Buffer.alloc(500_000))
    const full = await engine.lookFor((look) => [look.between(port, socket.localPort!)].find((one) => (one?.receiveQueue ?? 0) > 100_000))
    expect(full?.state).toBe('ESTABLISHED')
  })

  it('passes through the states of closing, keeps its row, owner and counters, and says that nobody holds it', async () => {
    const { port, accepted } = await listen('127.0.0.1', { halfOpen: true })
    const socket = await client('127.0.0.1', port)
    await engine.lookFor(() => accepted[0])
    accepted[0]!.on('data', () => {})
    socket.write('hello')
    const near = socket.localPort!
    const before = await engine.lookFor((look) => [look.between(near, port)].find((one) => one?.owners.length === 1 && one.sentBytes === 5))
    socket.end()
    // The acknowledgement of the end may be delayed: until then it is FIN_WAIT_1.
    const halfClosed = await engine.lookFor((look) =>
      look.between(port, near)?.state === 'CLOSE_WAIT' && look.between(near, port)?.state === 'FIN_WAIT_2' ? look : undefined,
    )
    expect(halfClosed.between(near, port)?.id).toBe(before.id)
    expect(pidsOf(halfClosed.between(port, near))).toEqual([self])
    accepted[0]!.end()
    const waiting = await engine.lookFor((look) => [look.between(near, port)].find((one) => one?.state === 'TIME_WAIT'))
    expect(waiting).toMatchObject({ id: before.id, visibility: 'gone', sentBytes: 5, user: before.user, timer: { kind: 'time-wait' } })
    expect(pidsOf(waiting)).toEqual([self])
    expect(Date.parse(waiting.stateSinceAt!)).toBeGreaterThanOrEqual(Date.parse(waiting.firstSeenAt))
    expect((await engine.look()).between(port, near)).toBeUndefined()
  })

  it('disappears with its socket', async () => {
    const { server, port } = await listen('127.0.0.1')
    expect((await engine.look()).at(port)).toHaveLength(1)
    server.close()
    await once(server, 'close')
    expect((await engine.look()).at(port)).toEqual([])
  })
})

describe.runIf(isLinux)('UDP', () => {
  it.each([
    ['IPv4', '127.0.0.1', 'ipv4'],
    ['IPv6', '::1', 'ipv6'],
  ])('over %s is shown with and without a peer', async (_name, host, family) => {
    const server = await udp(host)
    const peer = await udp(host)
    const { port } = server.address()
    peer.connect(port, host)
    await once(peer, 'connect')
    const look = await engine.lookFor((seen) =>
      [port, peer.address().port].every((one) => seen.at(one, 'udp')[0]?.owners.length === 1) ? seen : undefined,
    )
    const [unconnected] = look.at(port, 'udp')
    expect(unconnected).toMatchObject({ protocol: 'udp', family, local: { address: host, port }, visibility: 'full' })
    expect(unconnected).not.toHaveProperty('remote')
    expect(unconnected).not.toHaveProperty('state')
    expect(unconnected).not.toHaveProperty('sentBytes')
    const connected = look.between(peer.address().port, port)
    expect(connected).toMatchObject({ protocol: 'udp', family, remote: { address: host, port } })
    expect(connected).not.toHaveProperty('state')
    expect(pidsOf(connected)).toEqual([self])
  })
})

it.runIf(isLinux)('a full set asked for by someone new equals what a follower has', async () => {
  const { port } = await listen('127.0.0.1')
  await client('127.0.0.1', port)
  const follower = await engine.look()
  const fresh = startEngine()
  const other = await fresh.look()
  fresh.stop()
  const ids = (connections: readonly { id: string; local: { port: number } }[]): string[] =>
    connections
      .filter((one) => one.local.port === port)
      .map(({ id }) => id)
      .toSorted()
  expect(ids(other.connections)).toEqual(ids(follower.connections))
})
