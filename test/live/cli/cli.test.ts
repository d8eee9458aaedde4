import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { Connection } from '../../../src-shared/model/connection.ts'
import { connect, entry, eventually, isAlive, listen, listeningChild, RunningCommand, sockscope, type ListeningChild } from './command.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

async function child(kind?: 'plain' | 'with-child' | 'stubborn'): Promise<ListeningChild> {
  const started = await listeningChild(kind)
  cleanups.push(() => started.process.kill('SIGKILL'))
  return started
}

async function pair(host = '127.0.0.1') {
  const { server, port, accepted } = await listen(host)
  cleanups.push(() => server.close())
  const client = await connect(port, host)
  cleanups.push(() => client.destroy())
  await eventually(
    () => accepted.length > 0,
    () => 'accept',
  )
  const [peer] = accepted
  cleanups.push(() => peer!.destroy())
  return { server, port, client, peer: peer! }
}

const watchArguments = (port: number): string[] => ['watch', `port:${port}`, '--initial', '--ndjson', '--interval', '0.1', '--for', '6']

describe.runIf(process.platform === 'linux')('the real command', () => {
  it('lists a listener by its port with the right pid, name and start', async () => {
    const { pid, port } = await child()
    const { exit, out } = await sockscope('list', `lport:${port}`, '--json')
    expect(exit).toBe(0)
    const connections = JSON.parse(out) as Connection[]
    expect(connections).toEqual([
      expect.objectContaining({
        protocol: 'tcp',
        family: 'ipv4',
        state: 'LISTEN',
        visibility: 'full',
        local: { address: '127.0.0.1', port },
      }),
    ])
    expect(connections[0]?.owners).toEqual([expect.objectContaining({ pid, executable: process.execPath })])
    expect(connections[0]).not.toHaveProperty('remote')
    expect(Math.abs(Date.parse(connections[0]!.owners[0]!.startedAt!) - Date.now())).toBeLessThan(60_000)
  })

  it('does not look on while the reader of watch takes nothing', async () => {
    const { port } = await pair()
    const clients = await Promise.all(Array.from({ length: 200 }, () => connect(port)))
    cleanups.push(() => clients.forEach((client) => client.destroy()))
    // A pipe holds 64 KiB; 400 ends of connections are more than that.
    const pipeline = spawn('sh', ['-c', '"$0" "$@" | (sleep 3; cat)', process.execPath, entry, ...watchArguments(port)])
    cleanups.push(() => pipeline.kill('SIGKILL'))
    let out = ''
    pipeline.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const passing = await connect(port)
    const { localPort } = passing
    await new Promise((resolve) => setTimeout(resolve, 500))
    passing.resetAndDestroy()
    await once(pipeline, 'close')
    expect(out.length).toBeGreaterThan(100_000)
    expect(out.trimEnd().split('\n').length).toBeGreaterThanOrEqual(400)
    expect(out).not.toContain(`"port":${localPort}`) // came and went while nobody read
  })

  it('answers the number of a thread of a process with that process', async () => {
    const { pid } = await child()
    const thread = readdirSync(`/proc/${pid}/task`).find((name) => name !== String(pid))
    const { exit, err } = await sockscope('kill', thread ?? '', '--yes')
    expect([exit, isAlive(pid)]).toEqual([1, true])
    expect(err).toContain(`is a thread of process ${pid}`)
  })

  it.each(['127.0.0.1', '::1'])('shows both ends of a connection on %s as table, CSV and lines of JSON', async (host) => {
    const { port, client } = await pair(host)
    const query = `port:${port} state:established`
    const table = await sockscope('list', query)
    const endpoint = (number: number | undefined): string => (host === '::1' ? `[::1]:${number}` : `127.0.0.1:${number}`)
    const rows = table.out.trimEnd().split('\n').slice(1)
    expect(rows).toHaveLength(2)
    for (const row of rows) {
      expect(row).toContain(String(process.pid))
      expect(row).toContain(endpoint(client.localPort))
      expect(row).toContain(endpoint(port))
    }
    const csv = await sockscope('list', query, '--csv', '--columns', 'pid,local-port,remote-port', '--sort', 'local-port')
    const ports = [port, client.localPort!].toSorted((first, second) => first - second)
    const records = [`${process.pid},${ports[0]},${ports[1]}`, `${process.pid},${ports[1]},${ports[0]}`]
    expect(csv.out).toBe(`pid,local-port,remote-port\r\n${records.join('\r\n')}\r\n`)
    const lines = await sockscope('list', query, '--ndjson')
    expect(
      lines.out
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as Connection).state),
    ).toEqual(['ESTABLISHED', 'ESTABLISHED'])
  })

  it('exits with 1 when nothing matches and 2 on bad usage', async () => {
    expect(await sockscope('list', 'pid:1 port:1')).toMatchObject({ exit: 1, out: '' })
    expect(await sockscope('list', 'port:99999')).toMatchObject({ exit: 2, out: '', err: expect.stringContaining('^^^^^') as string })
    expect(await sockscope('kil', '1')).toMatchObject({ exit: 2, err: expect.stringContaining('Did you mean "kill"') as string })
  })

  it('ends quietly when the reader of its output goes away', async () => {
    await pair()
    const shell = spawn(
      'bash',
      [
        '-c',
        'set -o pipefail; "$0" "$1" watch is:loopback --initial --interval 0.1 | head -n 1; echo "codes ${PIPESTATUS[*]}"',
        process.execPath,
        'src-main/sockscope.ts',
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let said = ''
    shell.stdout.on('data', (data: Buffer) => (said += data.toString()))
    shell.stderr.on('data', (data: Buffer) => (said += data.toString()))
    const churn = setInterval(() => void connect(churnPort).then((socket) => socket.destroy()), 100)
    const { server, port: churnPort, accepted } = await listen()
    cleanups.push(
      () => server.close(),
      () => clearInterval(churn),
      () => accepted.forEach((socket) => socket.destroy()),
    )
    await once(shell, 'close')
    expect(said).toMatch(/^\S+ = /)
    expect(said).toContain('codes 0 0')
    expect(said).not.toContain('EPIPE')
  })

  it('watches a connection open and close', async () => {
    const { server, port, accepted } = await listen()
    cleanups.push(() => server.close())
    const watch = new RunningCommand(['watch', `port:${port}`, '--initial', '--interval', '0.2', '--ndjson'])
    cleanups.push(() => watch.child.kill('SIGKILL'))
    const events = (): { event: string; connection: Connection; changes?: { state?: { to?: string } } }[] =>
      watch.out
        .trimEnd()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    await eventually(
      () => events().some(({ event }) => event === 'present'),
      () => watch.out + watch.err,
    )
    const client = await connect(port)
    const clientPort = client.localPort
    const isClient = ({ connection }: { connection: Connection }): boolean => connection.local.port === clientPort
    await eventually(
      () => events().some((event) => event.event === 'opened' && isClient(event)),
      () => watch.out + watch.err,
    )
    await eventually(
      () => accepted.length > 0,
      () => 'accept',
    )
    accepted[0]!.resetAndDestroy() // no TIME_WAIT stays behind: both rows go
    client.destroy()
    await eventually(
      () => events().some((event) => event.event === 'closed' && isClient(event)),
      () => watch.out + watch.err,
    )
    const opened = events().find((event) => event.event === 'opened' && isClient(event))
    expect(opened?.connection.owners).toEqual([expect.objectContaining({ pid: process.pid })])
    watch.child.kill('SIGINT')
    expect(await watch.finished).toMatchObject({ exit: 0, err: '' })
  })

  it('frees a port by ending the child that listens on it', async () => {
    const { pid, port, exited } = await child()
    const { exit, out, err } = await sockscope('kill', '--port', String(port), '--yes')
    expect({ exit, signal: await exited }).toEqual({ exit: 0, signal: 'SIGTERM' })
    expect(out).toMatch(new RegExp(`\\[${pid}\\]: done \\(TERM\\)`))
    expect(err).toContain(`Port ${port} is free.`)
    const { server } = await listen()
    server.close()
  })

  it('ends what ignores TERM with KILL, and only sends TERM when told so', async () => {
    const stubborn = await child('stubborn')
    const asked = await sockscope('kill', String(stubborn.pid), '--yes', '--signal', 'TERM')
    expect(asked).toMatchObject({ exit: 1, out: expect.stringContaining('still there') as string })
    expect(isAlive(stubborn.pid)).toBe(true)
    const ended = await sockscope('kill', String(stubborn.pid), '--yes')
    expect([ended.exit, ended.out, await stubborn.exited]).toEqual([0, expect.stringContaining('done (KILL)'), 'SIGKILL'])
  })

  it('ends a tree with its children, and changes nothing in a dry run', async () => {
    const { pid, port, grandchild, exited } = await child('with-child')
    const dry = await sockscope('kill', '--port', String(port), '--tree', '--dry-run')
    expect(dry.exit).toBe(0)
    expect(dry.out.indexOf(`[${pid}]`)).toBeLessThan(dry.out.indexOf(`[${grandchild}]`))
    expect([isAlive(pid), isAlive(grandchild!)]).toEqual([true, true])
    const ended = await sockscope('kill', String(pid), '--tree', '--yes')
    expect(ended.exit).toBe(0)
    await exited
    await eventually(
      () => !isAlive(grandchild!),
      () => ended.out,
    )
  })

  it('ends a tree that starts anew what ends, and leaves nothing of it', async () => {
    const marker = `47${process.pid}`
    const loop = spawn('/bin/sh', ['-c', `while true; do sleep ${marker}; done`], { stdio: 'ignore' })
    cleanups.push(() => loop.kill('SIGKILL'))
    const sleepers = (): string[] => runningSleeps(marker)
    await eventually(
      () => sleepers().length > 0,
      () => 'no sleep',
    )
    const ended = await sockscope('kill', String(loop.pid), '--tree', '--yes')
    expect([ended.exit, ended.out]).toEqual([0, expect.stringContaining(`[${loop.pid}]: done`)])
    expect(sleepers()).toEqual([])
  })

  it('does not end a process whose number is free or that is protected', async () => {
    const { pid, exited, process: started } = await child()
    started.kill('SIGKILL')
    await exited
    expect(await sockscope('kill', String(pid), '--yes')).toMatchObject({ exit: 4 })
    // never without --dry-run: a defect here must not reach the first process of a real machine
    expect(await sockscope('kill', '1', '--dry-run')).toMatchObject({ exit: 3, err: expect.stringContaining('--even-protected') as string })
  })

  it('asks nobody when there is no terminal', async () => {
    const { pid } = await child()
    expect(await sockscope('kill', String(pid))).toMatchObject({ exit: 2, err: expect.stringContaining('--yes') as string })
    expect(isAlive(pid)).toBe(true)
  })

  it('closes one connection: the peer sees a reset, the listener stays', async () => {
    const { port, client, peer, server } = await pair()
    const failure = new Promise<string | undefined>((resolve) => {
      peer.on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    })
    client.on('error', () => {}) // its own socket is aborted
    const query = `lport:${client.localPort} rport:${port}`
    expect(await sockscope('close', query, '--dry-run')).toMatchObject({
      exit: 0,
      out: expect.stringContaining(String(client.localPort)) as string,
    })
    expect([client.destroyed, peer.destroyed]).toEqual([false, false])
    const closed = await sockscope('close', query, '--yes')
    expect(closed).toMatchObject({ exit: 0, out: expect.stringContaining(': done') as string })
    expect(await failure).toBe('ECONNRESET')
    expect(server.listening).toBe(true)
  })

  it('refuses to close a listener and points to kill', async () => {
    const { pid, port } = await child()
    const refused = await sockscope('close', `lport:${port}`, '--yes')
    expect(refused).toMatchObject({ exit: 1, err: expect.stringContaining(`sockscope kill ${pid}`) as string })
    expect((await connect(port)).destroy().destroyed).toBe(true)
  })

  it('examines this machine', async () => {
    const { exit, out } = await sockscope('doctor', '--json')
    expect([0, 1]).toContain(exit)
    const report = JSON.parse(out) as { platform: string; checks: { id: string }[] }
    expect(report.platform).toBe('linux')
    const text = await sockscope('doctor')
    for (const { id } of report.checks) expect(text.out).not.toContain(id)
  })
})

/** Pids of `sleep` with this argument, zombies aside: their command line is empty. */
function runningSleeps(argument: string): string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8') === `sleep\0${argument}\0`
    } catch {
      return false // ended meanwhile
    }
  })
}
