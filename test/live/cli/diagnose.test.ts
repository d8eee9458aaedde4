/** The real command against real trouble on the loopback: this process leaks connections, with thresholds that do not make one wait. */
import { once } from 'node:events'
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Finding } from '../../../src-shared/contract/diagnosis.ts'
import type { Connection } from '../../../src-shared/model/connection.ts'
import { eventually, listeningChild, RunningCommand, sockscope, type CommandResult } from './command.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const leaks = 4
const lowered = ['--rule', 'close-wait-leak', '--thresholds', `close-wait-count=${leaks},close-wait-age=1s`]

interface Told {
  readonly findings: readonly (Finding & { readonly evidence: { readonly total: number; readonly connections: readonly Connection[] } })[]
  readonly tooShort: readonly { readonly rule: string; readonly neededMs: number }[]
  readonly looks: number
}

/** A server that never closes what its clients have closed; answers its port. */
async function leak(): Promise<number> {
  const kept: Socket[] = []
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {}) // closing from outside is what may be tried on it
    socket.resume()
    kept.push(socket)
  })
  cleanups.push(() => server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const clients = Array.from({ length: leaks }, () => createConnection({ port, host: '127.0.0.1', allowHalfOpen: true }))
  cleanups.push(() => [...clients, ...kept].forEach((socket) => socket.destroy()))
  for (const client of clients) {
    if (client.connecting) await once(client, 'connect')
    client.end()
  }
  await eventually(
    () => kept.length === leaks && kept.every((socket) => socket.readableEnded),
    () => 'the ends of the clients',
  )
  return port
}

/** Nothing is written before the end, so that only time tells when it has started and found something. */
async function interruptedAfter(delayMs: number): Promise<CommandResult> {
  const running = new RunningCommand(['diagnose', '--report', 'markdown', '--for', '600', '--interval', '0.5', ...lowered])
  cleanups.push(() => running.child.kill('SIGKILL'))
  await new Promise((resolve) => setTimeout(resolve, delayMs))
  running.child.kill('SIGINT')
  return running.finished
}

describe.runIf(process.platform === 'linux')('sockscope diagnose, for real', () => {
  it('finds a leak, exits with 1, and its evidence is exactly the leaked connections', async () => {
    const port = await leak()
    const { exit, out, err } = await sockscope('diagnose', '--json', '--for', '3', '--interval', '0.5', ...lowered)
    expect([exit, err]).toEqual([1, ''])
    const told = JSON.parse(out) as Told
    const finding = told.findings.find(({ process: owner }) => owner?.pid === process.pid)
    expect(finding).toMatchObject({ rule: 'close-wait-leak', severity: 'warning', rows: leaks })
    expect(finding?.figures[0]).toEqual({ id: 'rows', unit: 'count', value: leaks, threshold: { id: 'close-wait-count', value: leaks } })
    expect(finding?.evidence.total).toBe(leaks)
    for (const { state, local, owners } of finding?.evidence.connections ?? []) {
      expect([state, local]).toEqual(['CLOSE_WAIT', { address: '127.0.0.1', port }])
      expect(owners.map(({ pid }) => pid)).toEqual([process.pid])
    }
    expect(told.tooShort).toEqual([])
  })

  it('explains it to people, with a command that is filled in', async () => {
    await leak()
    const { exit, out } = await sockscope('diagnose', '--for', '3', '--interval', '0.5', ...lowered)
    expect(exit).toBe(1)
    expect(out).toContain(`[${process.pid}] does not close ${leaks} connections that the other side has closed`)
    expect(out).toContain(`grep -F 'pid=${process.pid},'`)
    expect(out.match(/^ {4}CLOSE_WAIT /gm)?.length).toBeGreaterThanOrEqual(leaks)
    expect(out).toContain('No system setting cures it')
  })

  it('finds nothing where the time is too short, says so, and exits with 0', async () => {
    await leak()
    const thresholds = `close-wait-count=${leaks},close-wait-age=1h`
    const { exit, out } = await sockscope('diagnose', '--json', '--for', '1', '--rule', 'close-wait-leak', '--thresholds', thresholds)
    const told = JSON.parse(out) as Told
    expect([exit, told.findings, told.tooShort]).toEqual([0, [], [{ rule: 'close-wait-leak', neededMs: 3_600_000 }]])
    expect(told.looks).toBeGreaterThanOrEqual(2)
  })

  it('does not blame a program that only listens and is connected to', async () => {
    const child = await listeningChild()
    cleanups.push(() => child.process.kill('SIGKILL'))
    const client = createConnection({ port: child.port, host: '127.0.0.1' })
    cleanups.push(() => client.destroy())
    await once(client, 'connect')
    const { exit, out } = await sockscope('diagnose', '--json', '--for', '2', '--interval', '0.5', '--severity', 'warning', ...lowered)
    const told = JSON.parse(out) as Told
    expect(told.findings.filter(({ process: owner }) => owner?.pid === child.pid || owner?.pid === process.pid)).toEqual([])
    expect(exit).toBe(told.findings.length > 0 ? 1 : 0)
  })

  it('ends on Ctrl+C long before its time, with what it found', async () => {
    await leak()
    let result = await interruptedAfter(4000)
    for (const patience of [10_000, 20_000]) if (result.exit === 0) result = await interruptedAfter(patience)
    const { exit, out } = result
    expect(exit).toBe(1)
    expect(out).toMatch(/^# Network diagnosis by Sockscope\n/)
    expect(out).toContain('| CLOSE_WAIT | 127.0.0.1:')
  })
})
