import { readFileSync } from 'node:fs'
import { decodeKinfo } from '../../../src-main/processes/macos/decode-kinfo.ts'
import { parsePs } from '../../../src-main/processes/macos/parse-ps.ts'
import { decodePcblist, type CounterLayout } from '../../../src-main/sources/macos/decode-pcblist.ts'
import { parseLsof } from '../../../src-main/sources/macos/parse-lsof.ts'
import { parseNetstat } from '../../../src-main/sources/macos/parse-netstat.ts'
import { createScratchRecord } from '../../../src-main/table/row-table.ts'
import { kinfoArray } from '../../builders/kinfo-bytes.ts'
import { pcblistBytes, type PcblistSocket } from '../../builders/pcblist-bytes.ts'
import { utf8, type FuzzTarget } from '../fuzz-target.ts'
import { expectAtMost, expectPlainData, expectSoundRecord } from '../soundness.ts'

const fixture = (name: string): Uint8Array => readFileSync(new URL(`../../fixtures/macos/${name}`, import.meta.url))
const smallestPcbBytes = 80

export const macosTargets: readonly FuzzTarget[] = [
  pcblistTarget('tcp', 'traffic-classes', [pcblistBytes(sockets('tcp'), 'short'), pcblistBytes(sockets('tcp'))]),
  pcblistTarget('udp', 'data-first', [pcblistBytes(sockets('udp')), pcblistBytes([]), fixture('pcblist-udp.bin')]),
  netstatTarget(),
  lsofTarget(),
  {
    name: 'macos kinfo',
    samples: [
      kinfoArray([
        { pid: 1, command: 'launchd' },
        { pid: 77, parentPid: 1, command: 'sixteen bytes ab', zombie: true },
      ]),
    ],
    run(input) {
      const processes = decodeKinfo(input)
      expectPlainData(processes)
    },
  },
  {
    name: 'macos ps',
    samples: [fixture('ps.txt')],
    run(input) {
      expectPlainData(parsePs(utf8(input)))
    },
  },
]

function sockets(protocol: 'tcp' | 'udp'): PcblistSocket[] {
  const connection: PcblistSocket = {
    protocol,
    vflag: 1,
    local: { address: '127.0.0.1', port: 8001 },
    remote: { address: '127.0.0.1', port: 60_348 },
    counters: [
      [1n, 2n],
      [3n, 2n ** 40n],
      [5n, 6n],
      [7n, 8n],
    ],
    lastPid: 12,
    effectivePid: 13,
    srtt: 900,
  }
  const listener: PcblistSocket = { protocol, vflag: 3, local: { address: '::', port: 80 }, state: 1, waiting: 2, backlog: 128, lastPid: 1 }
  const linkLocal: PcblistSocket = {
    ...connection,
    vflag: 2,
    local: { address: 'fe80::1', port: 49_206 },
    remote: { address: 'fe80::2', port: 5 },
    scope: 4,
  }
  return [listener, connection, linkLocal, { ...connection, hasSocket: false }]
}

function pcblistTarget(protocol: 'tcp' | 'udp', counters: CounterLayout, samples: readonly Uint8Array[]): FuzzTarget {
  const record = createScratchRecord()
  const labels = { user: (uid: number) => uid, interface: (index: number) => index }
  return {
    name: `macos pcblist ${protocol}`,
    samples,
    run(input) {
      let taken = 0
      const take = (row: Uint32Array): void => {
        expectSoundRecord(row)
        taken += 1
      }
      const outcome = decodePcblist(input, { protocol, counters, record, labels, take })
      expectAtMost(input.length / smallestPcbBytes, outcome.sockets, 'sockets')
      expectAtMost(outcome.sockets, taken, 'rows')
    },
  }
}

function netstatTarget(): FuzzTarget {
  const record = createScratchRecord()
  const labels = { interface: (index: number) => index, text: (text: string) => text.length }
  return {
    name: 'macos netstat',
    samples: ['10', '11-12', '13-14', '15', '26'].map((release) => fixture(`netstat-macos${release}.txt`)),
    run(input) {
      let taken = 0
      const take = (row: Uint32Array): void => {
        expectSoundRecord(row)
        taken += 1
      }
      expectAtMost(parseNetstat(utf8(input), { record, labels, take }).rows, taken, 'rows')
    },
  }
}

function lsofTarget(): FuzzTarget {
  const record = createScratchRecord()
  const labels = { interface: (index: number) => index, text: (text: string) => text.length }
  return {
    name: 'macos lsof',
    samples: [fixture('lsof-macos.F0.txt')],
    run(input) {
      let taken = 0
      const take = (row: Uint32Array, further: readonly number[]): void => {
        expectSoundRecord(row)
        if (!further.every((pid) => pid > 0 && pid < 1e9)) throw new Error(`impossible pids ${further.join(' ')}`)
        taken += 1
      }
      expectAtMost(parseLsof(utf8(input), { record, labels, take }).rows, taken, 'rows')
    },
  }
}
