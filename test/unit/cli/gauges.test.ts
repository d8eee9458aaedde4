import { describe, expect, it } from 'vitest'
import type { GaugesReport } from '../../../src-shared/contract/gauges.ts'
import { fail, succeed } from '../../../src-shared/contract/result.ts'
import { bar } from '../../../src-main/cli/text/bar.ts'
import { bytesText } from '../../../src-main/cli/text/bytes-text.ts'
import { builderTakenAt } from '../../builders/mirror-builder.ts'
import { run } from './run-cli.ts'

const report: GaugesReport = {
  takenAt: builderTakenAt,
  portRange: [32_768, 60_999],
  ports: [
    {
      localAddress: '192.0.2.2',
      remote: { address: '2001:db8::7', port: 443 },
      used: 24_310,
      byState: { ESTABLISHED: 406, TIME_WAIT: 23_904 },
      process: { pid: 812, startToken: '1', name: 'cli\u001B[2Jent' },
    },
  ],
  descriptors: [
    { pid: 812, startToken: '1', name: 'client', used: 980, limit: 1024, sockets: 406 },
    { pid: 9, startToken: '1', used: 12, sockets: 1 },
  ],
  acceptQueues: [{ id: 'c0000000000000001', local: { address: '0.0.0.0', port: 22 }, waiting: 0, backlog: 4096 }],
  orphans: { used: 3, limit: 131_072 },
  timeWait: { used: 23_904 },
  tcpMemory: { used: 881_000, limit: 1_572_319_232 },
  unavailable: [],
}
const gauges = async (args: readonly string[], answer: GaugesReport = report, environment: object = {}) =>
  run(['gauges', ...args], { answers: { getGauges: () => succeed(answer) }, ...environment })

describe('gauges', () => {
  it('draws a bar for whatever has a limit, and shows names as they can be shown', async () => {
    const { exit, out, err } = await gauges([])
    expect([exit, err]).toEqual([0, ''])
    expect(out.split('\n')).toEqual([
      'Dynamic ports per destination (32768 to 60999, 28232 for each)',
      '                  Share   Used  Limit  Local      Remote             Process              States',
      '##############..   86 %  24310  28232  192.0.2.2  [2001:db8::7]:443  cli\\x1b[2Jent (812)  TIME_WAIT 23904, ESTABLISHED 406',
      '',
      'Descriptors per process',
      '                  Share  Used  Limit  Sockets  Process',
      '################   95 %   980   1024      406  client (812)',
      '                           12               1  9',
      '',
      'Connections waiting for accept()',
      '                  Share  Used  Limit  Local       Process',
      '................    0 %     0   4096  0.0.0.0:22',
      '',
      'The whole machine',
      '                  Share    Used   Limit  What',
      '                          23904          TIME_WAIT',
      '#...............   <1 %       3  131072  Connections without a process',
      '#...............   <1 %  881 kB  1.6 GB  Memory of TCP',
      '',
    ])
  })

  it('leaves out what is empty and says why something is missing, in either language', async () => {
    const { orphans: _orphans, tcpMemory: _memory, portRange: _range, ...rest } = report
    const bare: GaugesReport = {
      ...rest,
      ports: [],
      descriptors: [],
      acceptQueues: [],
      unavailable: [{ gauge: 'descriptors', reason: 'no-such-thing' }],
    }
    const english = await gauges([], bare)
    expect([english.exit, english.out.split('\n')[0]]).toEqual([0, 'The whole machine'])
    expect(english.err).toMatch(/^sockscope gauges: Descriptors per process: \S|^Descriptors per process: \S/u)
    const chinese = await gauges(['--lang', 'zh-CN'], bare)
    expect([chinese.out.split('\n')[0], chinese.err.includes('每个进程的描述符：')]).toEqual(['整台机器', true])
  })

  it('prints the whole answer as JSON', async () => {
    const { out } = await gauges(['--json'])
    expect(JSON.parse(out)).toEqual(report)
  })

  it('fails where nothing can be read, instead of showing nothing', async () => {
    const { exit, out } = await run(['gauges'], {
      problems: [{ code: 'source-failed', severity: 'error', parameters: { reason: 'x' } }],
      answers: { getGauges: () => succeed(report) },
    })
    expect([exit, out]).toEqual([5, ''])
    expect((await run(['gauges'], { answers: { getGauges: () => fail('internal', 'broken') } })).exit).toBe(5)
    expect((await run(['gauges', '--all'], {})).exit).toBe(2)
  })
})

describe('a bar', () => {
  it('is full at the end, empty at nothing, and shows a little as a little', () => {
    expect([0, 0.001, 0.5, 0.999, 1, 7, -1].map((share) => bar(share, 4, true))).toEqual([
      '░░░░',
      '▏░░░',
      '██░░',
      '████',
      '████',
      '████',
      '░░░░',
    ])
    expect([0, 0.001, 0.5, 1].map((share) => bar(share, 4, false))).toEqual(['....', '#...', '##..', '####'])
    for (let share = 0; share <= 1; share += 0.003) expect(bar(share, 5, true)).toHaveLength(5)
  })
})

it('bytes have three digits or so', () => {
  expect([0, 999, 1000, 99_940, 123_456, 1_572_319_232].map(bytesText)).toEqual(['0 B', '999 B', '1.0 kB', '99.9 kB', '123 kB', '1.6 GB'])
})
