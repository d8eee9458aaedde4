import { readFileSync } from 'node:fs'
import {
  parseAnswer,
  parseHello,
  parseRequest,
  readErrorAnswer,
  readOutcomeAnswer,
  readStatisticsAnswer,
} from '../../../src-main/elevation/windows/helper-protocol.ts'
import { LineSplitter } from '../../../src-main/elevation/windows/line-splitter.ts'
import { decodeProcessList } from '../../../src-main/processes/windows/decode-process-list.ts'
import { decodeOwnerTable } from '../../../src-main/sources/windows/decode-owner-tables.ts'
import { ownerTables } from '../../../src-main/sources/windows/owner-table-layouts.ts'
import { parseNetstat } from '../../../src-main/sources/windows/parse-netstat.ts'
import { createScratchRecord } from '../../../src-main/table/row-table.ts'
import { processList } from '../../builders/fake-windows-api.ts'
import { ownerTable, zeros, type EndpointRow, type TableName } from '../../builders/owner-table-bytes.ts'
import { latin1, textSamples, type FuzzTarget } from '../fuzz-target.ts'
import { expectAtMost, expectPlainData, expectSoundRecord } from '../soundness.ts'

const names: readonly TableName[] = ['tcp4', 'tcp6', 'udp4', 'udp6']
const someFileTime = 134_000_000_000_000_001n
const listBase = 0x1_2345_6000n
const tuple = { family: 4, local: [0, 0, 0xffff, 1], remote: [0, 0, 0xffff, 2], localPort: 80, remotePort: 443, scope: 0 }

export const windowsTargets: readonly FuzzTarget[] = [
  ...names.flatMap((name) => [true, false].map((withModules) => ownerTableTarget(name, withModules))),
  netstatTarget(),
  {
    name: 'windows process list',
    samples: [
      processList([{ pid: 0 }, { pid: 4, name: 'System' }, { pid: 9, parentPid: 4, name: '浏览器.exe', created: someFileTime }], listBase),
    ],
    run(input) {
      const processes = decodeProcessList(input, listBase)
      expectAtMost(1 << 20, processes.length, 'processes')
      expectPlainData(processes)
    },
  },
  {
    name: 'windows helper protocol',
    samples: textSamples(
      `{"token":"${'0a'.repeat(16)}"}\n`,
      `${JSON.stringify({ id: 1, call: 'closeTcp', tuple })}\n{"id":2,"call":"endProcess","pid":7,"startToken":"99"}\n`,
      `${JSON.stringify({ id: 3, call: 'statistics', tuples: [tuple, { ...tuple, family: 6 }] })}\n`,
      '{"id":1,"answer":5}\n{"id":2,"answer":{"target":"7","status":"done"}}\n{"id":3,"answer":[["1","2",-1,-1],null]}\n',
    ),
    run: runHelperLines,
  },
]

function ownerTableTarget(name: TableName, withModules: boolean): FuzzTarget {
  const record = createScratchRecord()
  const layout = ownerTables[name][withModules ? 0 : 1]
  return {
    name: `windows ${name}${withModules ? ' with modules' : ''}`,
    samples: [ownerTable(name, withModules, rowsOf(name)), ownerTable(name, withModules, [])],
    run(input) {
      let taken = 0
      const view = new DataView(input.buffer, input.byteOffset, input.byteLength)
      const outcome = decodeOwnerTable({ view, length: input.length }, layout, {
        record,
        serviceReference: (pid, tag) => pid ^ tag,
        scopeReference: (scope) => scope,
        take(row) {
          expectSoundRecord(row)
          taken += 1
        },
      })
      expectAtMost(input.length / layout.rowSize, outcome.rows + outcome.malformed, 'rows')
      if (taken !== outcome.rows) throw new Error(`${taken} rows taken, ${outcome.rows} told`)
    },
  }
}

function rowsOf(name: TableName): EndpointRow[] {
  const address = name.endsWith('4') ? [127, 0, 0, 1] : [0xfe, 0x80, ...zeros(13), 1]
  const facts = { pid: 1052, created: someFileTime, serviceTag: 3, localScope: 12, remoteScope: 12 }
  const row = (state: number, port: number): EndpointRow => ({ ...facts, state, local: [address, port], remote: [address, 443] })
  return [row(2, 8080), row(5, 50_210), row(11, 42_127), { local: [address, 0], state: 1, pid: 4 }]
}

function netstatTarget(): FuzzTarget {
  const record = createScratchRecord()
  const files = ['en.txt', 'de.cp850.txt', 'fr.cp850.txt', 'zh.gbk.txt']
  return {
    name: 'windows netstat',
    samples: files.map((file) => readFileSync(new URL(`../../fixtures/windows/netstat-ano-${file}`, import.meta.url))),
    run(input) {
      let taken = 0
      const take = (row: Uint32Array): void => {
        expectSoundRecord(row)
        taken += 1
      }
      const outcome = parseNetstat(latin1(input), { record, scopeReference: (scope) => scope, take })
      expectAtMost(outcome.rows, taken, 'rows')
      expectAtMost(outcome.rows, outcome.unknownStates, 'unknown states')
    },
  }
}

/** In two chunks, as a pipe may give them. */
function runHelperLines(input: Uint8Array): void {
  const splitter = new LineSplitter()
  const middle = input.length >> 1
  for (const line of [...splitter.push(input.subarray(0, middle)), ...splitter.push(input.subarray(middle))]) {
    parseHello(line)
    expectPlainData(parseRequest(line))
    const answer = parseAnswer(line)?.answer
    expectPlainData([readErrorAnswer(answer), readOutcomeAnswer(answer), readStatisticsAnswer(answer)])
  }
}
