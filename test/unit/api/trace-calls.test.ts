import { describe, expect, it } from 'vitest'
import type { InputOf, OutputOf } from '../../../src-shared/contract/contract.ts'
import { fail, succeed, type Result } from '../../../src-shared/contract/result.ts'
import type { TraceStatus } from '../../../src-shared/contract/trace.ts'
import type { Connection } from '../../../src-shared/model/connection.ts'
import { createTraceCalls, type TraceSystem } from '../../../src-main/api/trace-calls.ts'
import type { CaptureOptions } from '../../../src-main/native/capture-headers.ts'
import { ownerGoneAfterMs, tracesAtOnce, tracesKept } from '../../../src-main/trace/traces.ts'
import { ipv4Bytes, linkBytes, linkTypes, pcapBytes, tcpBytes } from '../../builders/frame-bytes.ts'

const connection: Connection = {
  id: 'c0000000000000001',
  protocol: 'tcp',
  family: 'ipv4',
  state: 'ESTABLISHED',
  local: { address: '192.0.2.1', port: 40_000 },
  remote: { address: '198.51.100.7', port: 443 },
  owners: [],
  visibility: 'full',
  firstSeenAt: '2026-11-21T00:00:00.000Z',
}
const listening = 'tcpdump: listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 160 bytes\n'

interface Surroundings {
  readonly platform?: string
  readonly found?: Result<Connection>
  readonly system?: Partial<TraceSystem>
  /** The first words of the tool. */
  readonly says?: string
}

interface FakeCapture {
  readonly options: CaptureOptions
  stopped: boolean
  end(words?: string, systemError?: string): void
}

function setUp({ platform = 'linux', found = succeed(connection), system = {}, says = listening }: Surroundings = {}) {
  const captures: FakeCapture[] = []
  const timers = new Set<{ at: number; run: () => void }>()
  let nowMs = 1_795_161_600_000
  const calls = createTraceCalls({
    platform,
    findConnection: () => found,
    routes: () => [],
    now: () => nowMs,
    steadyNow: () => nowMs,
    startTimer: (run, delayMs) => {
      const timer = { at: nowMs + delayMs, run }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    system: {
      findTool: () => '/usr/bin/tcpdump',
      ownAddresses: () => [],
      probe: async () => '',
      capture: (options) => {
        const capture: FakeCapture = {
          options,
          stopped: false,
          end: (words = '', systemError) => {
            options.onWords(words)
            options.onEnd(systemError === undefined ? {} : { systemError })
          },
        }
        captures.push(capture)
        queueMicrotask(() => options.onWords(says))
        return {
          pid: 1,
          stop: () => {
            if (capture.stopped) return
            capture.stopped = true
            queueMicrotask(() => options.onEnd({}))
          },
        }
      },
      ...system,
    },
  })
  const ask = async <Name extends keyof typeof calls.handlers>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>> => {
    const answer: Result<OutputOf<Name>> = await calls.handlers[name](input)
    if (!answer.ok) throw new Error(answer.error.message)
    return answer.value
  }
  const advance = (ms: number): void => {
    nowMs += ms
    for (const timer of [...timers].filter(({ at }) => at <= nowMs)) {
      timers.delete(timer)
      timer.run()
    }
  }
  const start = (limits: Partial<InputOf<'startTrace'>> = {}): Promise<TraceStatus> => ask('startTrace', { id: connection.id, ...limits })
  return { calls, captures, ask, start, advance, timers }
}

const frames = (count: number, from = 1): Uint8Array =>
  pcapBytes(
    linkTypes.sll2,
    Array.from({ length: count }, (_, index) => ({
      bytes: linkBytes(
        linkTypes.sll2,
        ipv4Bytes(tcpBytes({ sequence: from + index, payload: 'SECRET' }), { identification: from + index }),
      ),
    })),
  )
const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('a trace', () => {
  it('starts the tool with a filter for the pair, and hands packets on from where one asks', async () => {
    const { start, captures, ask } = setUp()
    const status = await start({ packets: 10, seconds: 20 })
    expect(status).toMatchObject({ state: 'running', interface: 'any', stateAtStart: 'ESTABLISHED', limit: 10, packets: 0 })
    expect(status.endsAt - status.startedAt).toBe(20_000)
    const { options } = captures[0]!
    expect(options).toMatchObject({ tool: '/usr/bin/tcpdump', interface: 'any', seconds: 20 })
    expect(options.filter).toContain('src host 192.0.2.1 and src port 40000')
    options.onBytes(frames(3))
    expect((await ask('getTrace', { trace: status.trace, from: 1 })).packets.map(({ sequence }) => sequence)).toEqual([2, 3])
    captures[0]!.end('3 packets captured\n2 packets dropped by kernel\n')
    expect((await ask('getTrace', { trace: status.trace, from: 3 })).status).toMatchObject({ state: 'finished', packets: 3, dropped: 2 })
    const file = await ask('getTraceFile', { trace: status.trace })
    expect(Buffer.from(file.bytes).includes('SECRET')).toBe(false)
    expect(file.name).toMatch(/^sockscope-\d{8}T\d{6}Z-192\.0\.2\.1_40000-198\.51\.100\.7_443\.pcap$/)
  })

  it('keeps no more packets than asked for, and stops the tool then', async () => {
    const { start, captures, ask } = setUp()
    const { trace } = await start({ packets: 2 })
    captures[0]!.options.onBytes(frames(9))
    expect(captures[0]!.stopped).toBe(true)
    await later()
    expect((await ask('getTrace', { trace, from: 0 })).status).toMatchObject({ state: 'finished', packets: 2 })
  })

  it('ends when nobody asks for it any more, not while somebody does', async () => {
    const { start, captures, ask, advance } = setUp()
    const { trace } = await start()
    for (let times = 0; times < 8; times += 1) {
      advance(ownerGoneAfterMs / 2)
      await ask('getTrace', { trace, from: 0 })
    }
    expect(captures[0]!.stopped).toBe(false)
    for (let times = 0; times < 6; times += 1) advance(ownerGoneAfterMs / 4)
    expect(captures[0]!.stopped).toBe(true)
  })

  it('is one of few at once, and finished ones are kept for a while, the oldest forgotten first', async () => {
    const { start, captures, ask, advance, calls, timers } = setUp()
    const first = await start()
    for (let count = 1; count < tracesAtOnce; count += 1) await start()
    expect(await start()).toMatchObject({ state: 'failed', problem: 'too-many-traces' })
    expect(captures).toHaveLength(tracesAtOnce)
    for (let count = 0; count < tracesKept; count += 1) {
      for (const capture of captures) if (!capture.stopped) capture.options.onEnd({})
      await start()
    }
    await expect(ask('getTrace', { trace: first.trace, from: 0 })).rejects.toThrow('no such trace')
    const last = await start()
    captures.at(-1)!.options.onEnd({})
    advance(16 * 60_000)
    advance(16 * 60_000)
    await expect(ask('getTrace', { trace: last.trace, from: 0 })).rejects.toThrow('no such trace')
    calls.close()
    expect(timers.size).toBe(0)
  })

  it('ends with its engine', async () => {
    const { start, captures, calls } = setUp()
    await start()
    await start()
    calls.close()
    expect(captures.map(({ stopped }) => stopped)).toEqual([true, true])
  })
})

describe('a trace that cannot be', () => {
  it('says why: platform, row, tool', async () => {
    expect(await setUp({ platform: 'win32' }).start()).toMatchObject({ state: 'failed', problem: 'platform-cannot' })
    expect(await setUp({ found: fail('not-found', 'gone') }).start()).toMatchObject({ problem: 'connection-gone' })
    const { remote: _remote, ...listener } = connection
    expect(await setUp({ found: succeed({ ...listener, state: 'LISTEN' }) }).start()).toMatchObject({ problem: 'nothing-to-trace' })
    expect(await setUp({ found: succeed({ ...connection, protocol: 'udp' }) }).start()).toMatchObject({ problem: 'nothing-to-trace' })
    expect(await setUp({ system: { findTool: () => undefined } }).start()).toMatchObject({
      problem: 'tcpdump-missing',
      local: connection.local,
    })
  })

  it.each([
    [
      "tcpdump: any: You don't have permission to perform this capture on that device\n(socket: Operation not permitted)\n",
      undefined,
      'not-permitted',
    ],
    ['tcpdump: syntax error in filter expression\n', undefined, 'tool-failed'],
    ['', 'EACCES', 'tool-failed'],
    ['', 'ENOENT', 'tcpdump-missing'],
  ])('tells the tool’s own words: %s %s', async (words, systemError, problem) => {
    const { start, captures } = setUp({ says: '' })
    const starting = start()
    captures[0]!.end(words, systemError)
    const status = await starting
    expect(status).toMatchObject({ state: 'failed', problem })
    expect(status.reason).toBeTruthy()
  })

  it('is tried once more with root’s user where the tool’s own user does not exist', async () => {
    const { start, captures } = setUp({ says: '' })
    const starting = start()
    captures[0]!.end("tcpdump: Couldn't find user 'tcpdump'\n")
    expect(captures[1]!.options.keepUser).toBe('root')
    captures[1]!.options.onWords(listening)
    expect(await starting).toMatchObject({ state: 'running' })
    const never = setUp({ says: '' })
    const failing = never.start()
    never.captures[0]!.end("tcpdump: Couldn't find user 'tcpdump'\n")
    never.captures[1]!.end("tcpdump: Couldn't find user 'root'\n")
    expect(await failing).toMatchObject({ state: 'failed', problem: 'tool-failed' })
    expect(never.captures).toHaveLength(2)
  })

  it('is one whose tool writes something else than packets it can read', async () => {
    const { start, captures, ask } = setUp()
    const { trace } = await start()
    captures[0]!.options.onBytes(new TextEncoder().encode('this is no capture at all, is it?'))
    await later()
    expect((await ask('getTrace', { trace, from: 0 })).status).toMatchObject({ state: 'failed', problem: 'tool-failed' })
    const other = await start()
    captures[1]!.options.onBytes(pcapBytes(147, []))
    await later()
    expect((await ask('getTrace', { trace: other.trace, from: 0 })).status.reason).toContain('147')
  })
})

describe('doctor', () => {
  it('tells whether traces work, and what is missing', async () => {
    expect(await setUp().calls.doctorChecks()).toEqual([{ id: 'trace-works', status: 'ok', parameters: { tool: '/usr/bin/tcpdump' } }])
    expect(await setUp({ system: { findTool: () => undefined } }).calls.doctorChecks()).toEqual([
      { id: 'trace-tool-linux', status: 'limited' },
    ])
    const refused = setUp({ platform: 'darwin', system: { probe: async () => 'tcpdump: lo0: Permission denied' } })
    expect(await refused.calls.doctorChecks()).toMatchObject([{ id: 'trace-rights-darwin', status: 'limited' }])
    expect(await setUp({ platform: 'win32' }).calls.doctorChecks()).toEqual([])
  })

  it('starts the tool once, however many ask at the same time', async () => {
    let started = 0
    const { calls } = setUp({
      system: {
        probe: async () => {
          started += 1
          return ''
        },
      },
    })
    await Promise.all(Array.from({ length: 20 }, () => calls.doctorChecks()))
    expect(started).toBe(1)
  })
})
