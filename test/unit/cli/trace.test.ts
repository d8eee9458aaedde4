import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { stripVTControlCharacters } from 'node:util'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TraceStatus } from '../../../src-shared/contract/trace.ts'
import { fileExists, writePrivateFile } from '../../../src-main/cli/private-output.ts'
import { cellWidth } from '../../../src-shared/text/cell-width.ts'
import { Conversation } from '../../builders/conversation-builder.ts'
import type { RowInput } from '../../builders/mirror-builder.ts'
import { run } from './run-cli.ts'

const rows: readonly RowInput[] = [
  { local: '127.0.0.1:8080', owner: { pid: 812, name: 'app' } },
  { local: '127.0.0.1:8080', remote: '127.0.0.1:50000', owner: { pid: 812, name: 'app' } },
  { local: '127.0.0.1:50000', remote: '127.0.0.1:8080', owner: { pid: 900, name: 'client' } },
  { local: '127.0.0.1:53', remote: '127.0.0.1:54', protocol: 'udp', owner: { pid: 812, name: 'app' } },
]
const { packets } = new Conversation().opened().out('P', 1, 1, { data: 18 }).out('P', 1, 1, { data: 18, afterMs: 300 }).in('R', 1, 19)
const status: TraceStatus = {
  trace: 't1',
  state: 'finished',
  local: { address: '127.0.0.1', port: 8080 },
  remote: { address: '127.0.0.1', port: 50_000 },
  interface: 'lo',
  startedAt: 5,
  endsAt: 6,
  packets: packets.length,
  limit: 500,
}
const network = { startTrace: { ...status, state: 'running', packets: 0 }, getTrace: { status, packets }, stopTrace: status }
const trace = (args: readonly string[], more: Partial<Parameters<typeof run>[1]> = {}) =>
  run(['trace', ...args], { rows, network, variables: { LANG: 'en_US.UTF-8' }, ...more })

describe('trace', () => {
  it('draws each step with flags, numbers, states and meaning, and sums up', async () => {
    const { exit, out, err, engine } = await trace(['lport:8080', '--for', '7', '--packets', '9'])
    expect(engine.inputsOf('startTrace')).toEqual([{ id: 'c0000000000000002', seconds: 7, packets: 9 }])
    const lines = out.split('\n')
    expect(lines[0]?.trim()).toMatch(/^127\.0\.0\.1:8080 +127\.0\.0\.1:50000$/)
    expect(lines[1]).toMatch(/^ {3}0\.000000 {5}SYN_SENT │─+ \[S\] seq 0 win 1000 ─+▶│$/)
    expect(lines[2]?.trim()).toBe('SYN: this end calls and names its first sequence number. This end is now SYN_SENT.')
    expect(lines[3]).toMatch(/ESTABLISHED │◀─+ \[S\.\] seq 0 ack 1 win 1000 ─+│ SYN_RECEIVED$/)
    expect(out).toMatch(/│╌+ ↻ \[P\.\] seq 1:19 ack 1 win 1000 len 18 ╌+▶│/)
    expect(out).toContain('Sent again: the first one was not acknowledged in')
    expect(out).toContain('opened by this end')
    expect(out).toContain('this end: 4 packets, 36 bytes of data, 1 of 3 segments sent again (33.3 %)')
    expect(out.trimEnd().split('\n').at(-1)).toBe('It was aborted by the other end with a reset.')
    expect(err).toContain('only headers are kept')
    expect(exit).toBe(0)
  })

  it('draws with ASCII where the terminal has nothing else, never wider than it is, and colours on a terminal only', async () => {
    const plain = await trace(['lport:8080'], { variables: {}, terminal: { columns: 80 } })
    const shown = stripVTControlCharacters(plain.out)
    expect(shown).not.toMatch(/[^ -~\n]/)
    expect(shown).toMatch(/\|=+ R \[P\.\].*=+>\|/)
    expect(Math.max(...shown.split('\n').map(cellWidth))).toBeLessThanOrEqual(80)
    expect(plain.out).toContain('\u001b[')
    expect((await trace(['lport:8080'])).out).not.toContain('\u001b[')
  })

  it('says it in Chinese', async () => {
    const { out } = await trace(['lport:8080', '--lang', 'zh-CN'])
    expect(out).toContain('SYN：本端发起连接')
    expect(out).toContain('连接被对端以重置中止。')
  })

  it('gives one JSON object with steps and summary', async () => {
    const { out, exit } = await trace(['c0000000000000003', '--json'])
    const told = JSON.parse(out) as { trace: TraceStatus; steps: unknown[]; summary: object }
    expect(told.trace).toEqual(status)
    expect(told.steps[0]).toMatchObject({ flags: '[S]', kind: 'syn', states: { local: 'SYN_SENT' } })
    expect(told.summary).toMatchObject({ opener: 'local', ending: 'reset', resetBy: 'remote' })
    expect(exit).toBe(0)
  })

  it('needs exactly one TCP connection: says how many there are, and which', async () => {
    const several = await trace([':8080'])
    expect(several.exit).toBe(2)
    expect(several.err).toContain('2 TCP connections match')
    expect(several.err).toContain('c0000000000000003')
    const none = await trace([':53'])
    expect([none.exit, none.err]).toEqual([1, 'No TCP connection with a remote end matches: :53\n'])
    expect(several.engine.inputsOf('startTrace')).toEqual([])
    expect((await trace([])).exit).toBe(2)
  })

  it.each([
    ['not-permitted', 3, 'may not capture'],
    ['tcpdump-missing', 1, 'was not found'],
    ['connection-gone', 4, 'does not exist any more'],
    ['tool-failed', 5, 'It said: boom'],
  ] as const)('ends with the exit code of %s and says what helps', async (problem, code, words) => {
    const failed = { ...status, state: 'failed', problem, reason: 'boom' }
    const { exit, err, out } = await trace(['lport:8080'], { network: { getHost: { platform: 'linux' }, startTrace: failed } })
    expect([exit, out]).toEqual([code, ''])
    expect(err).toContain(words)
  })

  it('has nothing to tell when nothing was captured', async () => {
    const silent = { ...network, getTrace: { status: { ...status, packets: 0, dropped: 3 }, packets: [] } }
    const { exit, err, out } = await trace(['lport:8080'], { network: silent })
    expect([exit, out]).toEqual([1, ''])
    expect(err).toContain('Nothing was captured')
    expect(err).toContain('3 packets were lost')
  })

  it('asks the engine to stop when the person does, and tells what there is', async () => {
    let asked = 0
    const running = { ...network, getTrace: { status: { ...status, state: 'running', packets: 0 }, packets: [] } }
    const options = {
      rows,
      network: { ...running },
      variables: {},
      onWait: (stop: () => void) => {
        asked += 1
        stop()
        options.network.getTrace = { status: { ...status, packets: 0 }, packets: [] }
      },
    }
    const { engine, exit } = await run(['trace', 'lport:8080'], options)
    expect(engine.inputsOf('stopTrace')).toEqual([{ trace: 't1' }])
    expect([exit, asked > 0]).toEqual([1, true])
  })

  it('writes the headers as a file, never over another one by accident', async () => {
    const bytes = Uint8Array.of(1, 2, 3)
    const files = new Map<string, Uint8Array>()
    const withFile = { network: { ...network, getTraceFile: { bytes, name: 'n.pcap' } }, files }
    const first = await trace(['lport:8080', '--write', 'a.pcap'], withFile)
    expect([first.exit, files.get('a.pcap')]).toEqual([0, bytes])
    expect(first.err).toContain('5 packets were written to a.pcap (headers only)'.replace('5', String(packets.length)))
    const again = await trace(['lport:8080', '--write', 'a.pcap'], withFile)
    expect([again.exit, again.engine.calls]).toEqual([2, []])
    expect((await trace(['lport:8080', '--write', 'a.pcap', '--force'], withFile)).exit).toBe(0)
    const readOnly = await trace(['lport:8080', '--write', 'b.pcap'], { network: withFile.network })
    expect([readOnly.exit, readOnly.err.includes('EROFS')]).toEqual([5, true])
  })
})

describe('a file that a command writes', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sockscope-output-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is for this user alone, and is not written over another', async () => {
    const file = join(folder, 'a.pcap')
    expect(await writePrivateFile(file, Uint8Array.of(7), { replace: false })).toBeUndefined()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(await writePrivateFile(file, Uint8Array.of(8), { replace: false })).toBe('EEXIST')
    expect(readFileSync(file)).toEqual(Buffer.of(7))
    expect(await writePrivateFile(file, Uint8Array.of(8), { replace: true })).toBeUndefined()
    expect(readFileSync(file)).toEqual(Buffer.of(8))
    expect(await writePrivateFile(join(folder, 'none', 'a'), Uint8Array.of(1), { replace: true })).toBe('ENOENT')
  })

  it('takes the place of a link instead of following it', async () => {
    const precious = join(folder, 'precious')
    const link = join(folder, 'link')
    writeFileSync(precious, 'keep')
    symlinkSync(precious, link)
    expect(await fileExists(link)).toBe(true)
    expect(await writePrivateFile(link, Uint8Array.of(9), { replace: false })).toBe('EEXIST')
    expect(await writePrivateFile(link, Uint8Array.of(9), { replace: true })).toBeUndefined()
    expect([readFileSync(precious, 'utf8'), readFileSync(link)]).toEqual(['keep', Buffer.of(9)])
    expect(await fileExists(join(folder, 'nothing'))).toBe(false)
  })
})
