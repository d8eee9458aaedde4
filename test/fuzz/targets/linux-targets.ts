import { readFileSync } from 'node:fs'
import { decodeAnswer } from '../../../src-main/sources/linux/inet-diag-message.ts'
import { IPPROTO_TCP, IPPROTO_UDP } from '../../../src-main/sources/linux/inet-diag-request.ts'
import { parseProcNet, type ProcNetTable } from '../../../src-main/sources/linux/parse-proc-net.ts'
import { maximumArguments, parseCommandLine } from '../../../src-main/processes/linux/parse-command-line.ts'
import { parseControlGroup } from '../../../src-main/processes/linux/parse-control-group.ts'
import { parseBootTime, parseEffectiveUid, parseProcessStat } from '../../../src-main/processes/linux/parse-process-files.ts'
import { parseProcessStatus } from '../../../src-main/processes/linux/parse-process-status.ts'
import { createScratchRecord } from '../../../src-main/table/row-table.ts'
import { attribute, diagRow, done, failure, joined, mapped, tcpInfo } from '../../builders/inet-diag-bytes.ts'
import { textSamples, utf8, type FuzzTarget } from '../fuzz-target.ts'
import { expectAtMost, expectPlainData, expectSoundRecord, fuzzedAtSeconds } from '../soundness.ts'

const counted = { bytesSent: 2n ** 40n, bytesRetransmitted: 7n, bytesReceived: 9n, roundTripMicros: 25_000 }
const answers = [
  joined([diagRow({ inode: 7, attributes: [tcpInfo(counted)] }), diagRow({ family: 10, state: 10, remotePort: 0 }), done()]),
  joined([diagRow({ family: 10, local: mapped(127, 0, 0, 1), timer: 2, state: 8, attributes: [tcpInfo(counted, 192)] }), done()]),
  joined([diagRow({ attributes: [attribute(1, new Uint8Array(5)), tcpInfo({}, 136)] }, { flags: 0x12 }), failure(-2)]),
]
const smallestRowBytes = 88
const labels = { user: (uid: number) => uid, interface: (index: number) => index }

export const linuxTargets: readonly FuzzTarget[] = [
  diagTarget('inet-diag tcp', IPPROTO_TCP),
  diagTarget('inet-diag udp', IPPROTO_UDP),
  ...(['tcp', 'udp'] as const).flatMap((protocol) => ([4, 6] as const).map((family) => procTarget({ protocol, family }))),
  processTextTarget(),
  {
    name: 'proc pid stat',
    samples: textSamples(
      '4242 (a ) b) S 1 4242 4242 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 9 0 123456789 1000 10 18446744073709551615 1\n',
      'Name:\tx\nUid:\t1000\t1000\t1000\t1000\nGid:\t1\n',
      'cpu 1 2 3\nbtime 1795161600\nprocesses 4\n',
    ),
    run(input) {
      const text = utf8(input)
      expectPlainData([parseProcessStat(text), parseEffectiveUid(text), parseBootTime(text)])
    },
  },
]

/** What a process may write into its own corner of /proc. */
function processTextTarget(): FuzzTarget {
  const id = '0123456789abcdef'.repeat(4)
  return {
    name: 'proc pid cgroup, status, cmdline',
    samples: textSamples(
      `0::/kubepods.slice/kubepods-pod11111111_2222_3333_4444_555555555555.slice/cri-containerd-${id}.scope\n`,
      `12:pids:/docker/${id}\n1:name=systemd:/user.slice/user@1000.service/app.slice/a.scope\n0::/lxc.payload.web/x.service\n`,
      'Name:\tx\nNSpid:\t4242\t1\nVmRSS:\t 2048 kB\nThreads:\t3\n',
      'curl\0-H\0\0Authorization: x\0',
    ),
    run(input) {
      const text = utf8(input)
      const commandLine = parseCommandLine(input)
      expectPlainData([parseControlGroup(text), parseProcessStatus(text), commandLine])
      expectAtMost(maximumArguments, commandLine.arguments.length, 'arguments')
      const { container, unit } = parseControlGroup(text)
      expectAtMost(200, container?.id.length ?? 0, 'characters of a container')
      expectAtMost(255, unit?.length ?? 0, 'characters of a unit')
    },
  }
}

function diagTarget(name: string, protocol: number): FuzzTarget {
  const record = createScratchRecord()
  // The socket's buffer is larger than any answer and holds the end of earlier ones.
  const bytes = new Uint8Array(new ArrayBuffer(64 * 1024)).fill(0xa5)
  const answer = { bytes, words: new Uint32Array(bytes.buffer), halves: new Uint16Array(bytes.buffer) }
  return {
    name,
    samples: answers,
    run(input) {
      bytes.set(input)
      let rows = 0
      const outcome = decodeAnswer(
        { ...answer, length: input.length },
        { sequence: 1, protocol, labels, record, takenAt: fuzzedAtSeconds * 1000 },
        (row) => {
          expectSoundRecord(row)
          rows += 1
        },
      )
      expectAtMost(input.length / smallestRowBytes, rows, 'rows')
      expectPlainData(outcome)
    },
  }
}

function procTarget(table: ProcNetTable): FuzzTarget {
  const record = createScratchRecord()
  const name = `${table.protocol}${table.family === 6 ? '6' : ''}`
  const recorded = readFileSync(new URL(`../../fixtures/linux/proc-net-${name}.txt`, import.meta.url), 'latin1')
  return {
    name: `/proc/net/${name}`,
    samples: textSamples(recorded.split('\n').slice(2).join('\n')),
    run(input) {
      let rows = 0
      const take = (row: Uint32Array): void => {
        expectSoundRecord(row)
        rows += 1
      }
      const malformed = parseProcNet(input, table, { record, userReference: (uid) => uid, take })
      expectAtMost(input.length, rows + malformed, 'lines')
    },
  }
}
