import { decodeAnswer, type Answer } from '../../../src-main/sources/linux/inet-diag-message.ts'
import { IPPROTO_TCP } from '../../../src-main/sources/linux/inet-diag-request.ts'
import { decodePcblist } from '../../../src-main/sources/macos/decode-pcblist.ts'
import { decodeOwnerTable } from '../../../src-main/sources/windows/decode-owner-tables.ts'
import { ownerTables } from '../../../src-main/sources/windows/owner-table-layouts.ts'
import { createScratchRecord } from '../../../src-main/table/row-table.ts'
import { diagRow, done, joined, tcpInfo } from '../../builders/inet-diag-bytes.ts'
import { ownerTable, zeros, type EndpointRow, type TableName } from '../../builders/owner-table-bytes.ts'
import { pcblistBytes, type PcblistSocket } from '../../builders/pcblist-bytes.ts'
import type { DecoderCase } from './measure.ts'

const labels = { user: (uid: number) => uid + 1, interface: (index: number) => index + 1 }
const portOf = (index: number): number => 1024 + (index % 60_000)
const octets = (index: number): number[] => [10, (index >>> 16) & 255, (index >>> 8) & 255, index & 255]
const owners: readonly TableName[] = ['tcp4', 'tcp6', 'udp4', 'udp6']

export const binaryCases: readonly DecoderCase[] = [
  diagCase(2),
  diagCase(10),
  ...owners.flatMap((name) => [true, false].map((withModules) => ownerTableCase(name, withModules))),
  pcblistCase('tcp'),
  pcblistCase('udp'),
]

/** Rows per answer of the kernel into a buffer of 64 KB. */
const rowsPerAnswer = 120

function diagCase(family: 2 | 10): DecoderCase {
  return {
    name: `Linux inet-diag, TCP over IPv${family === 2 ? 4 : 6} with tcp_info`,
    binary: true,
    prepare(rows) {
      const info = tcpInfo({ bytesSent: 2n ** 33n, bytesReceived: 77n, roundTripMicros: 40_000 })
      const answers: Answer[] = []
      for (let start = 0; start < rows; start += rowsPerAnswer) {
        const parts = Array.from({ length: Math.min(rowsPerAnswer, rows - start) }, (_, at) => {
          const index = start + at
          const local = family === 2 ? octets(index) : [0xfd, ...zeros(11), ...octets(index)]
          return diagRow({ family, local, localPort: portOf(index), cookie: [index, 1], inode: index, uid: 1000, attributes: [info] })
        })
        const bytes = joined(start + rowsPerAnswer >= rows ? [...parts, done()] : parts)
        const words = new Uint32Array(bytes.buffer)
        answers.push({ bytes, words, halves: new Uint16Array(bytes.buffer), length: bytes.length })
      }
      const order = { sequence: 1, protocol: IPPROTO_TCP, labels, record: createScratchRecord() }
      let found = 0
      const take = (): void => void (found += 1)
      return () => {
        found = 0
        for (const answer of answers) decodeAnswer(answer, order, take)
        return found
      }
    },
  }
}

function ownerTableCase(name: TableName, withModules: boolean): DecoderCase {
  return {
    name: `Windows ${name}, ${withModules ? 'OWNER_MODULE' : 'OWNER_PID'}`,
    binary: true,
    prepare(rows) {
      const six = name.endsWith('6')
      const remote = [six ? [0xfd, ...zeros(14), 9] : [10, 0, 0, 9], 443] as const
      const list = Array.from({ length: rows }, (_, index): EndpointRow => {
        const local = six ? [0xfd, ...zeros(11), ...octets(index)] : octets(index)
        return {
          local: [local, portOf(index)],
          remote,
          pid: 4 + (index % 400),
          created: 134_000_000_000_000_000n + BigInt(index),
          serviceTag: 7,
        }
      })
      const bytes = ownerTable(name, withModules, list)
      const table = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), length: bytes.length }
      let found = 0
      const context = {
        record: createScratchRecord(),
        serviceReference: (_pid: number, tag: number) => tag,
        scopeReference: (scope: number) => scope,
        take: () => void (found += 1),
      }
      return () => {
        found = 0
        decodeOwnerTable(table, ownerTables[name][withModules ? 0 : 1], context)
        return found
      }
    },
  }
}

function pcblistCase(protocol: 'tcp' | 'udp'): DecoderCase {
  return {
    name: `macOS pcblist_n, ${protocol.toUpperCase()}`,
    binary: true,
    prepare(rows) {
      const bytes = pcblistBytes(Array.from({ length: rows }, (_, index) => macSocket(protocol, index)))
      let found = 0
      const context = {
        protocol,
        counters: 'data-first',
        record: createScratchRecord(),
        labels,
        take: () => void (found += 1),
      } as const
      return () => {
        found = 0
        decodePcblist(bytes, context)
        return found
      }
    },
  }
}

function macSocket(protocol: 'tcp' | 'udp', index: number): PcblistSocket {
  return {
    protocol,
    vflag: 1,
    local: { address: octets(index).join('.'), port: portOf(index) },
    remote: { address: '10.0.0.9', port: 443 },
    generation: BigInt(index + 1),
    pointer: BigInt(index) * 64n,
    uid: 501,
    lastPid: 1 + (index % 400),
    receiveBytes: 5,
    counters: [[BigInt(index), 2n ** 33n]],
    srtt: 900,
  }
}
