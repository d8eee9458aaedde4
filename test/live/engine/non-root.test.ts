/** Without privileges every row is there, own sockets have their owner, and the others say why they have none. */
import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ActionOutcome } from '../../../src-shared/contract/actions.ts'
import type { DoctorCheck } from '../../../src-shared/contract/status.ts'
import type { Connection } from '../../../src-shared/model/connection.ts'
import type { Problem } from '../../../src-shared/model/problem.ts'
import { endChildren, startScript, type Child } from './child-processes.ts'
import { isLinux, isRoot, pidsOf } from './engine-under-test.ts'

interface Seen {
  readonly connections: readonly Connection[]
  readonly problems: readonly Problem[]
  readonly checks: readonly DoctorCheck[]
}

// Giving privileges up needs some to begin with.
describe.runIf(isLinux && isRoot)('as a user without privileges', () => {
  let server: Server
  let port: number
  let nobody: Child
  const accepted: Socket[] = []

  beforeAll(async () => {
    server = createServer((socket) => {
      socket.on('error', () => {})
      socket.resume()
      accepted.push(socket)
    })
    server.listen({ host: '127.0.0.1', port: 0 })
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
    nobody = startScript('as-nobody.ts')
    await nobody.next()
  })
  /** Our end of a connection, once it is accepted. */
  const acceptedFrom = async (near: number): Promise<Socket> => {
    for (;;) {
      const socket = accepted.find(({ remotePort }) => remotePort === near)
      if (socket !== undefined) return socket
      await once(server, 'connection')
    }
  }
  /** The rows at these local ports whose peer is our server: others on this machine may have the same ports to other peers. */
  const seeOwn = async (child: Child, ports: readonly number[]): Promise<Connection[]> => {
    const { connections } = await child.ask<Seen>({ look: ports })
    return connections.filter(({ remote }) => remote?.port === port)
  }
  afterAll(async () => {
    for (const socket of accepted) socket.destroy()
    server.close()
    await endChildren()
  })

  it('the sockets of others are rows without owners that say why', async () => {
    const { connections, problems } = await nobody.ask<Seen>({ look: [port] })
    expect(connections.find(({ state }) => state === 'LISTEN')).toMatchObject({ owners: [], visibility: 'not-permitted', user: 'root' })
    expect(problems).toEqual([{ code: 'owners-not-permitted', severity: 'info', parameters: { count: expect.any(Number) as number } }])
    expect(problems[0]!.parameters!['count']).toBeGreaterThan(0)
  })

  it('the sockets of one process of one user have their owner, of this process and of another', async () => {
    const own = await nobody.ask<{ port: number }>({ connect: port })
    const other = await nobody.ask<{ port: number; pid: number }>({ spawnOwn: port })
    const connections = await seeOwn(nobody, [own.port, other.port])
    expect(connections.map((one) => [one.local.port, pidsOf(one), one.visibility, one.user])).toEqual([
      [own.port, [nobody.pid], 'full', 'nobody'],
      [other.port, [other.pid], 'full', 'nobody'],
    ])
  })

  it('a connection of an own process is reset through its descriptor, and the peer is told', async () => {
    const { port: near } = await nobody.ask<{ port: number }>({ spawnOwn: port })
    const far = await acceptedFrom(near)
    const told = new Promise<string | undefined>((resolve) => {
      far.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code))
    })
    const { id } = (await seeOwn(nobody, [near]))[0]!
    expect(await nobody.ask<ActionOutcome[]>({ close: id })).toEqual([{ target: id, status: 'done', means: 'descriptor-reset' }])
    expect(await told).toBe('ECONNRESET')
    expect(await seeOwn(nobody, [near])).toEqual([])
  })

  it("another user's connection is not closed, and what would permit it is told", async () => {
    const { port: near } = await nobody.ask<{ port: number }>({ connect: port })
    const far = await acceptedFrom(near)
    const { connections } = await nobody.ask<Seen>({ look: [port] })
    const theirs = connections.find(({ remote }) => remote?.port === near)!
    expect(theirs).toMatchObject({ owners: [], visibility: 'not-permitted' })
    expect(await nobody.ask<ActionOutcome[]>({ close: theirs.id })).toEqual([
      { target: theirs.id, status: 'not-permitted', remedy: 'run-as-root', systemError: 'EPERM' },
    ])
    expect(far.destroyed).toBe(false)
  })

  it('whose id has no name, own sockets have their owner all the same', async () => {
    const nameless = startScript('as-nobody.ts', [54_321])
    expect(await nameless.next()).toMatchObject({ uid: 54_321 })
    const { port: near } = await nameless.ask<{ port: number; pid: number }>({ connect: port })
    await nameless.ask<Seen>({ look: [] })
    const { port: later, pid } = await nameless.ask<{ port: number; pid: number }>({ spawnOwn: port })
    const connections = await seeOwn(nameless, [near, later])
    expect(connections.map((one) => [pidsOf(one), one.user])).toEqual([
      [[nameless.pid], '54321'],
      [[pid], '54321'],
    ])
  })

  it('the doctor says what is limited', async () => {
    const { checks } = await nobody.ask<Seen>({ look: [] })
    const status = Object.fromEntries(checks.map((check) => [check.id, check.status]))
    expect(status).toMatchObject({
      'source-netlink': 'ok',
      'socket-owners': 'limited',
      'end-process': 'limited',
      'close-connection': 'limited',
    })
  })
})
