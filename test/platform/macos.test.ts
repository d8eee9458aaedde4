/** Runs on macOS only: every source against the system's own tools, on real sockets. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { userInfo } from 'node:os'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createMacParts } from '../../src-main/api/macos/macos-parts.ts'
import type { PlatformParts } from '../../src-main/api/platform-parts.ts'
import type { SourceFactory } from '../../src-main/sources/source.ts'
import { packChangeSet } from '../../src-main/table/pack-change-set.ts'
import { RowTable } from '../../src-main/table/row-table.ts'
import { connectionAt, type Connection } from '../../src-shared/model/connection.ts'
import { RowMirror } from '../../src-shared/model/row-mirror.ts'
import type { SystemRow } from '../wine/windows-machine.ts'
import { parseMacLsof, parseMacNetstat } from './macos-tools.ts'

const isMac = process.platform === 'darwin'
const toolLimitMs = 20_000
const sourceIds = ['pcblist_n', 'netstat', 'lsof']
const open: { destroy?: () => unknown; close?: () => unknown }[] = []
let parts: PlatformParts
let halfClosed: { readonly client: number; readonly listener: number }
let child: ChildProcess | undefined

beforeAll(async () => {
  if (!isMac) return
  parts = createMacParts({
    steadyNow: () => performance.now(),
    delay: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    isOwn: () => false,
    userName: userInfo().username,
    userId: process.geteuid?.(),
  })
  for (const [listenHost, host] of [
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '::1'],
    ['::', '127.0.0.1'],
  ] as const)
    await connectedPair(listenHost, host)
  for (const [kind, host] of [
    ['udp4', '127.0.0.1'],
    ['udp6', '::1'],
  ] as const) {
    const socket = createSocket(kind)
    socket.bind(0, host)
    await once(socket, 'listening')
    open.push(socket)
  }
  const { client, port } = await connectedPair('127.0.0.1', '127.0.0.1')
  client.end()
  halfClosed = { client: client.localPort ?? 0, listener: port }
  child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  await once(child, 'spawn')
})
beforeEach(({ skip }) => {
  if (!isMac) skip('not macOS')
})
afterAll(() => {
  child?.kill('SIGKILL')
  for (const one of open) (one.destroy ?? one.close)?.call(one)
})

describe('the macOS module on macOS', () => {
  it('can use every source it has', () => {
    expect(parts.sources.map((factory) => [factory.id, reasonAgainst(factory)])).toEqual(sourceIds.map((id) => [id, undefined]))
  })

  it.each(sourceIds)('shows by %s what netstat shows of this process, and no less than lsof', async (id) => {
    const factory = parts.sources.find((one) => one.id === id) as SourceFactory
    await expect.poll(() => ownRows(factory).map(textOfConnection).toSorted(), { timeout: 10_000, interval: 200 }).toEqual(netstatRows())
    expect(ownRows(factory).map(textOfConnection)).toEqual(expect.arrayContaining(lsofRows()))
  })

  it('tells a half-closed connection from an open one', () => {
    const rows = ownRows(parts.sources[0] as SourceFactory)
    const { client, listener } = halfClosed
    expect(rows.find(({ local, remote }) => local.port === listener && remote?.port === client)?.state).toBe('CLOSE_WAIT')
    expect(rows.find(({ local, remote }) => local.port === client && remote?.port === listener)?.state).toBe('FIN_WAIT_2')
  })

  it('names the owner as ps does', () => {
    const { stdout } = spawnSync('/bin/ps', ['-o', 'ppid=,comm=', '-p', String(process.pid)], { encoding: 'utf8', timeout: toolLimitMs })
    const [, parentPid, command] = /^\s*(\d+)\s+(.*)$/.exec(stdout.trimEnd()) ?? []
    const described = parts.describeProcess(process.pid)
    expect(described).toMatchObject({ parentPid: Number(parentPid), executable: process.execPath, user: userInfo().username })
    expect(command).toContain(described?.name)
    expect(Math.abs((described?.startedAt ?? 0) - (Date.now() - process.uptime() * 1000))).toBeLessThan(3000)
  })

  it('ends the process that was meant, and no other', async () => {
    const pid = child?.pid ?? 0
    const startToken = parts.describeProcess(pid)?.startToken ?? ''
    const order = { confirmProtected: false }
    expect(await parts.terminator.end({ pid, startToken: `${startToken}1` }, order)).toMatchObject({ status: 'replaced' })
    expect(child?.exitCode ?? child?.signalCode).toBeNull()
    expect(await parts.terminator.end({ pid, startToken }, order)).toMatchObject({ status: 'done' })
    expect(await parts.terminator.end({ pid, startToken }, order)).toMatchObject({ status: 'gone' })
  })
})

/** Keeps all three sockets open; nobody answers an end with another. */
async function connectedPair(listenHost: string, host: string): Promise<{ readonly client: Socket; readonly port: number }> {
  const server = createServer({ allowHalfOpen: true }, (socket) => void open.push(socket.on('error', () => {})))
  server.listen({ host: listenHost, port: 0 })
  await once(server, 'listening')
  open.push(server)
  const { port } = server.address() as AddressInfo
  const client = connect({ host, port, allowHalfOpen: true })
  client.on('error', () => {})
  open.push(client)
  await Promise.all([once(client, 'connect'), once(server, 'connection')])
  return { client, port }
}

function reasonAgainst(factory: SourceFactory): string | undefined {
  const opened = factory.open()
  if ('unusable' in opened) return opened.unusable
  opened.close()
  return undefined
}

function ownRows(factory: SourceFactory): Connection[] {
  const source = factory.open()
  if ('unusable' in source) throw new Error(source.unusable)
  const table = new RowTable({ sessionBase: factory.id })
  table.begin(Date.now())
  const outcome = source.look(table)
  if (!outcome.ok) throw new Error(outcome.reason)
  table.finish(outcome.unread)
  parts.resolver.resolve(table)
  source.close()
  const mirror = new RowMirror()
  const applied = mirror.apply(packChangeSet(table, { sequence: 0 }))
  if (!applied.ok) throw new Error(applied.reason)
  const rows = [...mirror.liveSlots()].map((slot) => connectionAt(mirror, slot))
  return rows.filter(({ owners }) => owners.some(({ pid }) => pid === process.pid))
}

function netstatRows(): string[] {
  const text = ['tcp', 'udp'].map((protocol) => outputOf('/usr/sbin/netstat', ['-anlvb', '-p', protocol])).join('\n')
  return parseMacNetstat(text)
    .filter(({ pid }) => pid === process.pid)
    .map(textOfRow)
    .toSorted()
}

function lsofRows(): string[] {
  const args = ['-nP', '-a', '-p', String(process.pid), '-iTCP', '-iUDP', '-Ts', '-F', 'Ptn']
  return parseMacLsof(outputOf('/usr/sbin/lsof', args)).map(textOfRow)
}

function outputOf(file: string, args: readonly string[]): string {
  const { stdout, error } = spawnSync(file, args, { encoding: 'utf8', timeout: toolLimitMs })
  if (error !== undefined) throw error
  return stdout
}

/** An IPv4 connection over a socket of both families is written in either way. */
function textOfConnection({ protocol, state, local, remote }: Connection): string {
  const peer = remote === undefined ? {} : { remote: `${remote.address}:${remote.port}` }
  return textOfRow({ protocol, ...(state === undefined ? {} : { state }), local: `${local.address}:${local.port}`, ...peer })
}

function textOfRow({ protocol, state, local, remote }: SystemRow): string {
  return `${protocol} ${state ?? '-'} ${local} ${remote ?? '-'}`.replaceAll('::ffff:', '')
}
