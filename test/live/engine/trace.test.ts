/** Real conversations over loopback, captured by the real tool through the engine's own calls. */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TraceAnswer, TraceStatus } from '../../../src-shared/contract/trace.ts'
import { readLadder } from '../../../src-shared/trace/read-ladder.ts'
import { summarise } from '../../../src-shared/trace/trace-summary.ts'
import { asked, isLinux, startEngine, wait, type EngineUnderTest } from './engine-under-test.ts'
import { eventually, RunningCommand } from '../cli/command.ts'
import { connectFrom } from './connect-from.ts'
import { whyNoTrace } from './tcpdump-here.ts'

const secret = 'SECRET-MARKER-OF-THE-PAYLOAD'
const reason = isLinux ? whyNoTrace() : 'the fixtures of this test are made for Linux'
const patienceMs = 10_000

beforeEach((context) => {
  if (reason !== undefined) context.skip(reason)
})

let engine: EngineUnderTest
let server: Server
let accepted: Socket[] = []

beforeAll(() => {
  engine = startEngine()
})
afterAll(() => engine.stop())
afterEach(async () => {
  for (const socket of accepted.splice(0)) socket.destroy()
  if (server?.listening) {
    server.close()
    await once(server, 'close')
  }
})

async function listen(host: string): Promise<number> {
  server = createServer((socket) => {
    accepted.push(socket)
    socket.on('error', () => {}) // a reset is what some tests want
    socket.on('data', (data) => socket.write(`echo ${String(data)}`))
  }).listen(0, host)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** A row to start from, whose ports the next connection uses again: so that a handshake is in the trace. */
async function traced(host: string, limits: { packets?: number; seconds?: number } = {}) {
  const port = await listen(host)
  const first = await connectFrom(port, host)
  const localPort = first.localPort ?? 0
  const row = await engine.lookFor((look) => look.between(localPort, port))
  const status = await asked(engine.api, 'startTrace', { id: row.id, seconds: 30, ...limits })
  expect(status).toMatchObject({ state: 'running', interface: 'lo', stateAtStart: 'ESTABLISHED', local: row.local, remote: row.remote })
  return { status, port, localPort, first }
}

async function until(trace: string, wanted: (answer: TraceAnswer) => boolean): Promise<TraceAnswer> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const answer = await asked(engine.api, 'getTrace', { trace, from: 0 })
    if (wanted(answer)) return answer
    if (performance.now() > deadline) throw new Error(`Not seen: ${JSON.stringify(answer.status)} ${answer.packets.length}`)
    await wait(20)
  }
}

async function stop(trace: string): Promise<TraceStatus> {
  await asked(engine.api, 'stopTrace', { trace })
  return (await until(trace, ({ status }) => status.state !== 'running')).status
}

/** Capture tools that listen for this port. */
function toolsFor(port: number): string[] {
  const list = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
  return list.split('\n').filter((line) => line.includes('tcpdump') && line.includes(`port ${port} `))
}

const story = (answer: TraceAnswer): string[] =>
  readLadder(answer.packets, { stateAtStart: answer.status.stateAtStart }).map(
    ({ from, flags, states }) => `${from === 'local' ? '>' : '<'} ${flags} ${states.local ?? '?'} ${states.remote ?? '?'}`,
  )

describe.each(['127.0.0.1', '::1'])('a conversation over %s', (host) => {
  test('is told from the handshake to the last FIN, and its file holds no payload', async () => {
    const { status, port, localPort, first } = await traced(host)
    expect(toolsFor(port).length).toBeGreaterThan(0)
    first.resetAndDestroy()
    await until(status.trace, ({ packets }) => packets.some(({ rst }) => rst))
    const second = await connectFrom(port, host, localPort)
    second.write(secret)
    await until(status.trace, ({ packets }) => packets.filter(({ payloadBytes }) => payloadBytes > 0).length >= 2)
    second.end()
    const whole = await until(status.trace, ({ packets }) => packets.filter(({ fin }) => fin).length === 2 && packets.at(-1)?.fin === false)
    const steps = story(whole)
    expect(steps[0]).toBe('> [R.] CLOSED CLOSED')
    expect(steps.slice(1, 4)).toEqual(['> [S] SYN_SENT ?', '< [S.] ESTABLISHED SYN_RECEIVED', '> [.] ESTABLISHED ESTABLISHED'])
    expect(steps.find((step) => step.startsWith('> [F'))).toContain('FIN_WAIT_1')
    expect(steps.at(-1)).toBe('> [.] TIME_WAIT CLOSED')
    expect(summarise(readLadder(whole.packets))).toMatchObject({
      conversations: 2,
      opener: 'local',
      firstCloser: 'local',
      ending: 'closed',
      out: { payloadBytes: secret.length },
      in: { payloadBytes: secret.length + 'echo '.length },
    })
    const ended = await stop(status.trace)
    expect(ended).toMatchObject({ state: 'finished', dropped: 0, packets: whole.packets.length })
    const file = await asked(engine.api, 'getTraceFile', { trace: status.trace })
    expect(file.bytes.length).toBeGreaterThan(24 + whole.packets.length * 56)
    expect(Buffer.from(file.bytes).includes('SECRET')).toBe(false)
    expect(file.name).toMatch(/^sockscope-\d{8}T\d{6}Z-[\w.-]+\.pcap$/)
    expect(toolsFor(port)).toEqual([])
  })
})

test('an abort by linger 0 is told as a reset of the established connection', async () => {
  const { status, first } = await traced('127.0.0.1')
  first.write('x')
  await until(status.trace, ({ packets }) => packets.filter(({ payloadBytes }) => payloadBytes > 0).length >= 2)
  accepted[0]?.resetAndDestroy()
  const answer = await until(status.trace, ({ packets }) => packets.some(({ rst }) => rst))
  expect(story(answer).at(-1)).toMatch(/^< \[R\.?\] CLOSED CLOSED$/)
  expect(summarise(readLadder(answer.packets, { stateAtStart: 'ESTABLISHED' }))).toMatchObject({ ending: 'reset', resetBy: 'remote' })
  await stop(status.trace)
})

test('a refused connection is told as SYN and RST', async () => {
  const { status, first, port, localPort } = await traced('127.0.0.1')
  server.close()
  first.resetAndDestroy()
  await once(server, 'close')
  await expect(connectFrom(port, '127.0.0.1', localPort)).rejects.toThrow('ECONNREFUSED')
  const answer = await until(status.trace, ({ packets }) => packets.filter(({ rst }) => rst).length === 2)
  expect(story(answer).slice(-2)).toEqual(['> [S] SYN_SENT ?', '< [R.] CLOSED CLOSED'])
  expect(summarise(readLadder(answer.packets))).toMatchObject({ ending: 'refused', opener: 'local' })
  await stop(status.trace)
})

test('the packet limit and the time limit end a trace, and the tool with it', async () => {
  const few = await traced('127.0.0.1', { packets: 3 })
  for (let times = 0; times < 5; times += 1) {
    few.first.write('x')
    await wait(20)
  }
  const answer = await until(few.status.trace, ({ status }) => status.state !== 'running')
  expect(answer.status).toMatchObject({ state: 'finished', packets: 3, limit: 3 })
  expect(answer.packets).toHaveLength(3)
  expect(toolsFor(few.port)).toEqual([])
  server.close()
  const short = await traced('127.0.0.1', { seconds: 1 })
  expect((await until(short.status.trace, ({ status }) => status.state !== 'running')).status).toMatchObject({
    state: 'finished',
    packets: 0,
  })
  expect(toolsFor(short.port)).toEqual([])
})

test('nothing is left of a trace when the engine stops', async () => {
  const own = startEngine()
  const port = await listen('127.0.0.1')
  const socket = await connectFrom(port, '127.0.0.1')
  const row = await own.lookFor((look) => look.between(socket.localPort ?? 0, port))
  await asked(own.api, 'startTrace', { id: row.id, seconds: 60 })
  expect(toolsFor(port).length).toBeGreaterThan(0)
  own.stop()
  const deadline = performance.now() + patienceMs
  while (toolsFor(port).length > 0 && performance.now() < deadline) await wait(50)
  expect(toolsFor(port)).toEqual([])
  socket.destroy()
})

test('a capture outlives a killed command by seconds only', async () => {
  const port = await listen('127.0.0.1')
  const socket = await connectFrom(port, '127.0.0.1')
  const command = new RunningCommand(['trace', `lport:${socket.localPort ?? 0}`, `rport:${port}`, '--for', '1'])
  await eventually(
    () => toolsFor(port).length > 0,
    () => command.err,
  )
  command.child.kill('SIGKILL')
  await eventually(
    () => toolsFor(port).length === 0,
    () => toolsFor(port).join('\n'),
  )
  socket.destroy()
})

test('a listening socket and a connection that is gone are refused with the reason', async () => {
  const port = await listen('127.0.0.1')
  const listener = await engine.lookFor((look) => look.at(port)[0])
  expect(await asked(engine.api, 'startTrace', { id: listener.id })).toMatchObject({ state: 'failed', problem: 'nothing-to-trace' })
  expect(await asked(engine.api, 'startTrace', { id: 'c00000000deadbeef' })).toMatchObject({ state: 'failed', problem: 'connection-gone' })
  expect(await engine.api.call('getTrace', { trace: 'no such', from: 0 })).toMatchObject({ error: { code: 'not-found' } })
})
