/** Who owns a socket, in the cases where tools go wrong: shared, passed on, not accepted, deleted, oddly named. */
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { libc } from '../../../src-main/native/linux/libc.ts'
import { endChildren, startProgram, startScript, startShell } from './child-processes.ts'
import { isLinux, pidsOf, startEngine, type EngineUnderTest } from './engine-under-test.ts'

const self = process.pid
const folder = mkdtempSync(join(tmpdir(), 'sockscope-owners-'))
let engine: EngineUnderTest
const open: { destroy?: () => unknown; close?: () => unknown }[] = []

beforeAll(async () => {
  engine = startEngine()
  await engine.look()
})
afterAll(() => {
  engine.stop()
  rmSync(folder, { recursive: true })
})
afterEach(async () => {
  for (const one of open.splice(0)) (one.destroy ?? one.close)?.call(one)
  await endChildren()
})

async function listen(host = '127.0.0.1'): Promise<{ server: Server; port: number; descriptor: number }> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    open.push(socket)
  })
  server.listen({ host, port: 0 })
  await once(server, 'listening')
  open.push(server)
  const handle = Reflect.get(server, '_handle') as { readonly fd: number } // Node has no public way to a server's descriptor
  return { server, port: (server.address() as AddressInfo).port, descriptor: handle.fd }
}

async function client(port: number, host = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ host, port })
  socket.on('error', () => {})
  open.push(socket)
  await once(socket, 'connect')
  return socket
}

const report = `process.stdout.write(JSON.stringify({ pid: process.pid }) + '\\n');`
const stayAlive = `process.stdin.on('end', () => process.exit()).resume();`

describe.runIf(isLinux)('a socket shared by several processes', () => {
  it('has them all as owners, and loses those that end', async () => {
    const { port, descriptor } = await listen()
    const workers = [1, 2, 3].map(() => startProgram(report + stayAlive, { inherit: [descriptor] }))
    await Promise.all(workers.map((worker) => worker.next()))
    const pids = [self, ...workers.map(({ pid }) => pid)].toSorted((left, right) => left - right)
    const listener = await engine.lookFor((look) => look.at(port).find(({ owners }) => owners.length === 4))
    expect([pidsOf(listener), listener.visibility]).toEqual([pids, 'full'])
    await workers[1]!.kill()
    expect(pidsOf((await engine.look()).at(port)[0])).toEqual(pids.filter((pid) => pid !== workers[1]!.pid))
  })

  it('gives what its workers accept to the worker that accepted it', async () => {
    const { server, port, descriptor } = await listen()
    const accept = `require('node:net').createServer((socket) => socket.on('error', () => {})).listen({ fd: 3 }, () => { ${report} });`
    const workers = [1, 2, 3].map(() => startProgram(accept + stayAlive, { inherit: [descriptor] }))
    await Promise.all(workers.map((worker) => worker.next()))
    server.close() // from here on only the workers accept
    const clients = await Promise.all(Array.from({ length: 12 }, () => client(port)))
    const pids = new Set(workers.map(({ pid }) => pid))
    const look = await engine.lookFor((seen) => {
      const accepted = clients.map(({ localPort }) => seen.between(port, localPort!))
      const ours = clients.map(({ localPort }) => seen.between(localPort!, port))
      return [...accepted, ...ours].every((one) => one?.visibility === 'full' && one.owners.length === 1) ? seen : undefined
    })
    for (const { localPort } of clients) {
      expect(pids.has(pidsOf(look.between(port, localPort!))[0]!)).toBe(true)
      expect(pidsOf(look.between(localPort!, port))).toEqual([self])
    }
  })

  it('goes over to the process it is handed to', async () => {
    const receive = `process.on('message', (_m, socket) => { globalThis.kept = socket; process.send('kept') });`
    const sender = startScript('hand-over.mjs')
    const { port } = await listen()
    await sender.ask({ connect: port, receive })
    const { receiver, localPort } = await sender.next<{ receiver: number; localPort: number }>()
    const before = await engine.lookFor((look) => [look.between(localPort, port)].find((one) => one?.visibility === 'full'))
    expect(pidsOf(before)).toEqual([sender.pid])
    expect(await sender.ask({ handOver: true })).toEqual({ handedOver: true })
    const after = await engine.lookFor((look) => [look.between(localPort, port)].find((one) => pidsOf(one).join() === String(receiver)))
    expect([after.id, after.visibility]).toEqual([before.id, 'full'])
  })

  it('is found again at a process that was searched before it had it, and has as many descriptors as then', async () => {
    const giver = startScript('swap-descriptor.mjs')
    const { port } = await giver.next<{ port: number }>()
    await engine.lookFor((look) => look.at(port).find(({ owners }) => owners.length === 1))
    const { receiver } = await giver.ask<{ receiver: number }>({ start: true })
    for (let count = 0; count < 4; count += 1) await engine.look() // the receiver is searched as it is now
    const { place, taken } = await giver.ask<{ place: number; taken: number }>({ pass: true })
    expect(taken).toBe(place)
    const after = await engine.lookFor((look) => look.at(port).find((one) => pidsOf(one).join() === String(receiver)))
    expect(after.visibility).toBe('full')
  })
})

/** Accepts nothing until a line arrives: the event loop is blocked so long. */
const holdListener = (host: string, port: number, ipv6Only: boolean): string => `
  const server = require('node:net').createServer(() => {});
  server.listen({ host: '${host}', port: ${port}, ipv6Only: ${ipv6Only}, backlog: 16 }, () => {
    const { port } = server.address();
    process.stdout.write(JSON.stringify({ port }) + '\\n');
    require('node:fs').readSync(0, Buffer.alloc(100));
    process.stdin.on('end', () => process.exit()).resume();
  });`

describe.runIf(isLinux)('a connection that nobody accepted yet', () => {
  it("is the kernel's, with the listener's owner, and its acceptor's after accept()", async () => {
    const child = startProgram(holdListener('127.0.0.1', 0, false))
    const { port } = await child.next<{ port: number }>()
    const socket = await client(port)
    const waiting = await engine.lookFor((look) => [look.between(port, socket.localPort!)].find((one) => one?.owners.length === 1))
    expect([pidsOf(waiting), waiting.visibility, waiting.state]).toEqual([[child.pid], 'kernel', 'ESTABLISHED'])
    expect((await engine.look()).at(port).find(({ state }) => state === 'LISTEN')).toMatchObject({ receiveQueue: 1, backlog: 16 })
    child.process.stdin!.write('go\n')
    const accepted = await engine.lookFor((look) => [look.between(port, socket.localPort!)].find((one) => one?.visibility === 'full'))
    expect([pidsOf(accepted), accepted.id]).toEqual([[child.pid], waiting.id])
  })

  it('belongs to the listener of its own family when another process listens on the same port of the other', async () => {
    const four = startProgram(holdListener('0.0.0.0', 0, false))
    const { port } = await four.next<{ port: number }>()
    const six = startProgram(holdListener('::', port, true))
    await six.next()
    const [viaFour, viaSix] = [await client(port, '127.0.0.1'), await client(port, '::1')]
    const look = await engine.lookFor((seen) =>
      [viaFour, viaSix].every(({ localPort }) => seen.between(port, localPort!)?.owners.length === 1) ? seen : undefined,
    )
    expect([viaFour, viaSix].map(({ localPort }) => pidsOf(look.between(port, localPort!)))).toEqual([[four.pid], [six.pid]])
  })
})

describe.runIf(isLinux)('a process', () => {
  it('whose executable was deleted is shown by its name, and the path without the mark', async () => {
    const executable = join(folder, 'short lived')
    copyFileSync(process.execPath, executable)
    const child = startScript('held-socket.mjs', ['listen', '127.0.0.1', 0], { executable })
    const { port } = await child.next<{ port: number }>()
    rmSync(executable)
    await engine.lookFor((look) => look.at(port).find(({ owners }) => owners.length === 1))
    const fresh = startEngine() // reads the facts of the process anew
    const owner = await fresh.lookFor((look) => look.at(port)[0]?.owners[0])
    expect(owner).toMatchObject({ pid: child.pid, name: 'short lived', executable })
    expect([...fresh.mirror.processes.values()].find(({ pid }) => pid === child.pid)?.executableDeleted).toBe(true)
    fresh.stop()
  })

  it('is not called deleted because its file is named so', async () => {
    const executable = join(folder, 'kept (deleted)')
    copyFileSync(process.execPath, executable)
    const child = startScript('held-socket.mjs', ['listen', '127.0.0.1', 0], { executable })
    const { port } = await child.next<{ port: number }>()
    const owner = await engine.lookFor((look) => look.at(port)[0]?.owners[0])
    expect(owner).toMatchObject({ name: 'kept (deleted)', executable })
    expect([...engine.mirror.processes.values()].find(({ pid }) => pid === child.pid)).not.toHaveProperty('executableDeleted')
  })

  it('that deletes itself and puts a pipe in its place does not stop the engine', async () => {
    const executable = join(folder, 'trap')
    copyFileSync(process.execPath, executable)
    const child = startScript('held-socket.mjs', ['listen', '127.0.0.1', 0], { executable })
    const { port } = await child.next<{ port: number }>()
    rmSync(executable)
    // Whoever opens it to read waits for a writer that never comes.
    await startShell('mkfifo "$1"', [`${executable} (deleted)`]).ended
    const owner = await engine.lookFor((look) => look.at(port)[0]?.owners[0])
    expect(owner).toMatchObject({ pid: child.pid, executable })
  })

  it.each(['we) S 1 (ird', 'a  b', '(((', 'wörter'])('named %j keeps its name and its identity', async (name) => {
    const executable = join(folder, name)
    copyFileSync(process.execPath, executable)
    // Node names its main thread itself; the name the kernel gave at execve is put back.
    const child = startProgram(
      `require('node:fs').writeFileSync('/proc/self/comm', ${JSON.stringify(name)});
       const server = require('node:net').createServer().listen(0, '127.0.0.1', () => process.stdout.write(JSON.stringify({ port: server.address().port }) + '\\n'));
       ${stayAlive}`,
      { executable },
    )
    const { port } = await child.next<{ port: number }>()
    const owner = await engine.lookFor((look) => look.at(port)[0]?.owners[0])
    expect(owner).toMatchObject({ pid: child.pid, name, executable })
    expect(Math.abs(Date.parse(owner.startedAt!) - Date.now())).toBeLessThan(60_000)
    expect(engine.startTokenOf(child.pid)).toMatch(/^[1-9]\d+$/)
  })

  it('that ends takes its listener along, and what it leaves in TIME_WAIT goes on naming it', async () => {
    const { port, server } = await listen()
    const child = startScript('held-socket.mjs', ['connect', '127.0.0.1', port])
    const { port: near } = await child.next<{ port: number }>()
    const before = await engine.lookFor((look) => [look.between(near, port)].find((one) => one?.owners.length === 1))
    await child.kill() // the kernel closes its end first, so that one waits
    const left = await engine.lookFor((look) => [look.between(near, port)].find((one) => one?.state === 'TIME_WAIT'))
    expect([left.id, left.visibility, pidsOf(left)]).toEqual([before.id, 'gone', [child.pid]])
    expect([...engine.mirror.processes.values()].find(({ pid }) => pid === child.pid)?.exited).toBe(true)
    server.close()
  })

  it('that ends between two looks is not asked for what it no longer has', async () => {
    for (let round = 0; round < 10; round += 1) {
      const child = startScript('held-socket.mjs', ['listen', '127.0.0.1', 0])
      const { port } = await child.next<{ port: number }>()
      if (round % 2 === 0) await engine.look()
      child.process.kill('SIGKILL') // the look races with the end
      const racing = (await engine.look()).at(port)
      for (const one of racing) expect(pidsOf(one).filter((pid) => pid !== child.pid)).toEqual([])
      await child.ended
      expect((await engine.look()).at(port)).toEqual([])
    }
  })
})

it.runIf(isLinux)('a TCP socket that is bound and nothing more is BOUND, with its owner', async () => {
  const [AF_INET, SOCK_STREAM] = [2, 1]
  const descriptor = libc().socket(AF_INET, SOCK_STREAM, 0)
  const address = Uint8Array.from([AF_INET, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
  expect(libc().bind(descriptor, address, address.length)).toBe(0)
  const bound = await engine.lookFor((look) => look.connections.find((one) => one.state === 'BOUND' && pidsOf(one).includes(self)))
  expect(bound).toMatchObject({ protocol: 'tcp', local: { address: '127.0.0.1' }, visibility: 'full' })
  libc().close(descriptor)
})

it.runIf(isLinux)('every subflow of a Multipath TCP connection has the owner of the connection', async (context) => {
  const child = startScript('multipath.mjs')
  const started = await child.next<{ unsupported?: string; port: number; near: number }>()
  if (started.unsupported !== undefined) context.skip(`no Multipath TCP in this kernel: ${started.unsupported}`)
  const ends = [
    [started.near, started.port],
    [started.port, started.near],
  ] as const
  const look = await engine.lookFor((seen) =>
    ends.every(([local, remote]) => seen.between(local, remote)?.visibility === 'full') ? seen : undefined,
  )
  for (const [local, remote] of ends) expect(pidsOf(look.between(local, remote))).toEqual([child.pid])
})
