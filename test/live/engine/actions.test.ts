/** Ending processes and closing connections, seen from the other side. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ActionOutcome } from '../../../src-shared/contract/actions.ts'
import type { Connection } from '../../../src-shared/model/connection.ts'
import { LinuxConnectionCloser } from '../../../src-main/actions/linux/close-connection.ts'
import { libc } from '../../../src-main/native/linux/libc.ts'
import { RowTable } from '../../../src-main/table/row-table.ts'
import { record } from '../../builders/record-builder.ts'
import { endChildren, startProgram, startScript, type Child } from './child-processes.ts'
import { asked, isLinux, isRoot, needsRoot, startEngine, type EngineUnderTest } from './engine-under-test.ts'

let engine: EngineUnderTest
const open: { destroy?: () => unknown; close?: () => unknown }[] = []

beforeAll(async () => {
  engine = startEngine()
  await engine.look()
})
afterAll(() => engine.stop())
afterEach(async () => {
  for (const one of open.splice(0)) (one.destroy ?? one.close)?.call(one)
  await endChildren()
})

const alive = (child: Child): boolean => child.process.exitCode === null && child.process.signalCode === null

async function startListener(what = 'listen'): Promise<{ child: Child; port: number; pid: number; startToken: string }> {
  const child = startScript('held-socket.mjs', [what, '127.0.0.1', 0])
  const { port, pid } = await child.next<{ port: number; pid: number }>()
  await engine.lookFor((look) => look.at(port).find(({ owners }) => owners.length === 1))
  return { child, port, pid, startToken: engine.startTokenOf(pid) }
}

async function end(
  target: { pid: number; startToken: string },
  more: { signal?: 'TERM' | 'KILL'; confirmProtected?: boolean } = {},
): Promise<ActionOutcome> {
  const { pid, startToken } = target
  const [outcome] = await asked(engine.api, 'endProcess', { targets: [{ pid, startToken }], ...more })
  return outcome!
}

describe.runIf(isLinux)('ending a process', () => {
  it('by TERM ends it, and says so only after it is gone', async () => {
    const { child, pid, startToken } = await startListener()
    expect(await end({ pid, startToken })).toEqual({ target: String(pid), status: 'done', means: 'TERM' })
    expect(await child.ended).toEqual({ code: null, signal: 'SIGTERM' })
    expect(await end({ pid, startToken })).toEqual({ target: String(pid), status: 'gone' })
  })

  it('that ignores TERM goes on to KILL, or stays when only TERM was asked for', async () => {
    const { child, pid, startToken } = await startListener('ignore-term')
    const other = await startListener('ignore-term')
    const [polite, escalated] = await Promise.all([end(other, { signal: 'TERM' }), end({ pid, startToken })])
    expect(polite).toEqual({ target: String(other.pid), status: 'still-there', means: 'TERM', remedy: 'use-kill' })
    expect(escalated).toEqual({ target: String(pid), status: 'done', means: 'KILL' })
    expect([await child.ended, alive(other.child)]).toEqual([{ code: null, signal: 'SIGKILL' }, true])
    expect(await end(other, { signal: 'KILL' })).toEqual({ target: String(other.pid), status: 'done', means: 'KILL' })
  })

  it('does nothing to a process that started at another time', async () => {
    const { child, pid, startToken } = await startListener()
    expect(await end({ pid, startToken: String(Number(startToken) + 1) })).toEqual({ target: String(pid), status: 'replaced' })
    expect(alive(child)).toBe(true)
  })

  it('that has ended and waits for its parent finds it gone', async () => {
    // The shell replaces itself by a program that never collects its children.
    const child = startProgram(
      `const { spawn } = require('node:child_process');
       const parent = spawn('/bin/sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'inherit'] });
       parent.stdout.once('data', (pid) => setTimeout(() => process.stdout.write(JSON.stringify({ zombie: Number(pid), parent: parent.pid }) + '\\n'), 300));
       process.stdin.on('end', () => { parent.kill('SIGKILL'); process.exit(); }).resume();`,
    )
    const { zombie } = await child.next<{ zombie: number }>()
    expect(await end({ pid: zombie, startToken: '1' })).toEqual({ target: String(zombie), status: 'gone' })
    child.process.stdin!.end()
    await child.ended
  })

  it('spares the first process and Sockscope itself, and what Sockscope started', async () => {
    const { child, pid, startToken } = await startListener()
    expect(await end({ pid: 1, startToken: '1' })).toMatchObject({ status: 'protected', reason: 'init', remedy: 'confirm-protected' })
    // Even the second step hits nobody whose start is another.
    expect(await end({ pid: 1, startToken: '999999999' }, { confirmProtected: true })).toMatchObject({ status: 'replaced' })
    const careful = startEngine({ ownPids: [process.pid] })
    for (const own of [process.pid, pid]) {
      const [outcome] = await asked(careful.api, 'endProcess', { targets: [{ pid: own, startToken }], signal: 'KILL' })
      expect(outcome).toMatchObject({ status: 'protected', reason: 'self', remedy: 'confirm-protected' })
    }
    expect(alive(child)).toBe(true)
    const [confirmed] = await asked(careful.api, 'endProcess', { targets: [{ pid, startToken }], confirmProtected: true })
    expect(confirmed).toMatchObject({ status: 'done', means: 'TERM' })
    careful.stop()
  })

  it('answers for each of several targets on its own', async () => {
    const [one, other] = [await startListener(), await startListener()]
    const targets = [one, { ...other, startToken: '1' }, { pid: 4_194_300, startToken: '1' }].map(({ pid, startToken }) => ({
      pid,
      startToken,
    }))
    const outcomes = await asked(engine.api, 'endProcess', { targets })
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'replaced', 'gone'])
    expect(alive(other.child)).toBe(true)
  })

  it('is previewed with what goes with it', async () => {
    const { port, pid, startToken } = await startListener()
    const preview = await asked(engine.api, 'previewEndProcess', { pid, startToken })
    expect(preview).toMatchObject({
      pid,
      startToken,
      connections: 1,
      listeners: [{ protocol: 'tcp', address: '127.0.0.1', port }],
      children: [],
    })
    expect(preview).not.toHaveProperty('protection')
    const wrong = await engine.api.call('previewEndProcess', { pid, startToken: '1' })
    expect(wrong).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })
})

async function connected(
  listenHost: string,
  host: string,
): Promise<{ near: Socket; far: Socket; errors: Promise<string[]>; ids: string[]; port: number }> {
  const server = createServer()
  server.listen({ host: listenHost, port: 0 })
  open.push(server)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const near = connect({ host, port })
  const [[far]] = (await Promise.all([once(server, 'connection'), once(near, 'connect')])) as [[Socket], unknown]
  open.push(near, far)
  const errors = Promise.all([near, far].map((socket) => errorOf(socket)))
  near.resume()
  far.resume()
  const look = await engine.lookFor((seen) => (seen.between(near.localPort!, port)?.owners.length === 1 ? seen : undefined))
  return { near, far, errors, port, ids: [look.between(near.localPort!, port)!.id, look.between(port, near.localPort!)!.id] }
}

function errorOf(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'))
  })
}

/** The peer ends the connection; resolves when this side knows. */
function reset(far: Socket, near: Socket): Promise<void> {
  return new Promise((resolve) => {
    near.once('close', () => resolve())
    far.resetAndDestroy()
  })
}

async function close(id: string): Promise<ActionOutcome> {
  const [outcome] = await asked(engine.api, 'closeConnections', { ids: [id] })
  return outcome!
}

async function find(wanted: (connection: Connection) => boolean): Promise<Connection> {
  return engine.lookFor((look) => look.connections.find(wanted))
}

describe.runIf(isLinux)('closing a connection', () => {
  it.each([
    ['of IPv4', '127.0.0.1', '127.0.0.1'],
    ['of IPv6', '::1', '::1'],
    ['of a v4 client at a v6 listener, seen from the client', '::', '127.0.0.1'],
  ])('%s resets it: the peer is told', async (_name, listenHost, host) => {
    const { errors, ids } = await connected(listenHost, host)
    expect(await close(ids[0]!)).toEqual({ target: ids[0], status: 'done', means: isRoot ? 'sock-destroy' : 'descriptor-reset' })
    const [own, peer] = await errors
    expect([['ECONNABORTED', 'ECONNRESET'].includes(own!), peer]).toEqual([true, 'ECONNRESET'])
    expect((await engine.look()).connections.filter(({ id }) => ids.includes(id))).toEqual([])
    expect(await close(ids[0]!)).toEqual({ target: ids[0], status: 'gone' })
  })

  it('of a v4-mapped end at the listener resets it too', async () => {
    const { errors, ids } = await connected('::', '127.0.0.1')
    expect(await close(ids[1]!)).toMatchObject({ status: 'done' })
    expect((await errors)[0]).toBe('ECONNRESET')
  })

  it('that has closed by itself since the last look finds it gone', async () => {
    const { near, far, ids } = await connected('127.0.0.1', '127.0.0.1')
    await reset(far, near)
    expect(await close(ids[0]!)).toEqual({ target: ids[0], status: 'gone' })
  })

  it('does not touch a new connection that took the same addresses', async () => {
    const { near, far, ids, port } = await connected('127.0.0.1', '127.0.0.1')
    const { localPort } = near
    await reset(far, near)
    const successor = connect({ host: '127.0.0.1', port, localPort: localPort! })
    open.push(successor)
    await once(successor, 'connect')
    expect(await close(ids[0]!)).toEqual({ target: ids[0], status: 'replaced' })
    expect(successor.destroyed).toBe(false)
  })

  it('with a cookie that is not its own closes nothing', async () => {
    const { near, ids } = await connected('127.0.0.1', '127.0.0.1')
    const wrong = `c${ids[0]!.slice(1, 9)}${((Number.parseInt(ids[0]!.slice(9), 16) ^ 0x40000000) >>> 0).toString(16).padStart(8, '0')}`
    expect(await close(wrong)).toEqual({ target: wrong, status: 'gone' })
    // Even a table that holds a wrong cookie for a real address.
    const table = new RowTable({ sessionBase: 'test' })
    table.begin(1)
    const address = record({ id: 0x40000001, localPort: near.localPort!, remotePort: near.remotePort! })
    address.set([0, 0, 0xffff, 0x7f000001], 8)
    table.upsert(address)
    table.finish()
    const closer = new LinuxConnectionCloser()
    expect(closer.close(table, 'c0000000040000001')).toMatchObject({ status: 'replaced' })
    closer.dispose()
    expect([near.destroyed, (await engine.look()).connections.some(({ id }) => id === ids[0])]).toEqual([false, true])
  })

  it('is not offered for a listener, a bound socket and UDP, where it would do harm or nothing', async () => {
    const { port } = await startListener()
    const udp = startScript('held-socket.mjs', ['udp', '127.0.0.1', 0])
    const { port: udpPort } = await udp.next<{ port: number }>()
    const descriptor = libc().socket(2, 1, 0)
    libc().bind(descriptor, Uint8Array.from([2, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]), 16)
    const cases = [
      [await find(({ local, state }) => local.port === port && state === 'LISTEN'), 'listening-owner-would-spin'],
      [await find(({ local, protocol }) => local.port === udpPort && protocol === 'udp'), 'udp-stays-bound'],
      [await find(({ state, owners }) => state === 'BOUND' && owners[0]?.pid === process.pid), 'bound-socket-cannot-be-destroyed'],
    ] as const
    for (const [connection, reason] of cases) {
      const { id } = connection
      expect(await close(id)).toEqual({ target: id, status: 'not-supported', reason, remedy: 'end-process-instead' })
      expect((await engine.look()).connections.some((one) => one.id === id)).toBe(true)
    }
    libc().close(descriptor)
  })

  it('that is only a remembered wait of the kernel can be closed by root', async (context) => {
    if (!isRoot) context.skip(needsRoot)
    const { near, far, port } = await connected('127.0.0.1', '127.0.0.1')
    const { localPort } = near
    near.end()
    await once(far, 'close')
    const waiting = await find(({ local, remote, state }) => local.port === localPort && remote?.port === port && state === 'TIME_WAIT')
    expect(await close(waiting.id)).toEqual({ target: waiting.id, status: 'done', means: 'sock-destroy' })
  })
})
