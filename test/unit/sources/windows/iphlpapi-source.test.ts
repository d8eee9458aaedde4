import { describe, expect, it } from 'vitest'
import type { WindowsApi } from '../../../../src-main/native/windows/windows-api.ts'
import { createIphlpapiSource } from '../../../../src-main/sources/windows/iphlpapi-source.ts'
import { OwnerTableReader } from '../../../../src-main/sources/windows/owner-table-reader.ts'
import { ownerTables } from '../../../../src-main/sources/windows/owner-table-layouts.ts'
import { recordWord, recordWords } from '../../../../src-main/table/row-record.ts'
import { RowTable } from '../../../../src-main/table/row-table.ts'
import { fakeWindows } from '../../../builders/fake-windows-api.ts'
import { zeros, type EndpointRow } from '../../../builders/owner-table-bytes.ts'
import { recordText } from '../../../builders/record-text.ts'

const loopback = [127, 0, 0, 1]
const loopback6 = [...zeros(15), 1]
const listener: EndpointRow = { state: 2, local: [loopback, 80], pid: 4 }
const everywhere = {
  tcp4: [listener],
  tcp6: [{ state: 2, local: [loopback6, 80] as const, pid: 4 }],
  udp4: [{ local: [loopback, 53] as const, pid: 8 }],
  udp6: [{ local: [loopback6, 53] as const, pid: 8 }],
}

function lookWith(overrides: Partial<WindowsApi>, endpoints: ReturnType<typeof fakeWindows>['state']['endpoints'] = everywhere) {
  const { api, state } = fakeWindows(overrides)
  state.endpoints = endpoints
  const opened = createIphlpapiSource({ api: () => api, ownPid: 8 }).open()
  const table = new RowTable({ sessionBase: 's' })
  const look = () => {
    table.begin(table.takenAt + 1000)
    const outcome = 'unusable' in opened ? { ok: false, reason: opened.unusable } : opened.look(table)
    if (outcome.ok && 'unread' in outcome) table.finish(outcome.unread)
    return outcome
  }
  return { opened, table, look, state }
}

const rowsOf = (table: RowTable): string[] =>
  Array.from({ length: table.top }, (_, slot) => slot)
    .filter((slot) => table.live[slot] === 1)
    .map((slot) => recordText(table.records.slice(slot * recordWords, (slot + 1) * recordWords)))

describe('the iphlpapi source', () => {
  it('reads all four kinds with modules', () => {
    const { look, table, state } = lookWith({})
    expect(look()).toEqual({ ok: true, unread: [], problems: [] })
    expect(rowsOf(table).map((row) => row.split(',')[0])).toEqual(['tcp4 LISTEN', 'tcp6 LISTEN', 'udp4 -', 'udp6 -'])
    expect(state.calls).toEqual(['tcp4 8', 'tcp4 8', 'tcp6 8', 'udp4 2', 'udp6 2'])
  })

  it.each([5, 50, 87, 127])('takes the plain tables where those with modules answer %i', (error) => {
    const plain = fakeWith(everywhere)
    const { look, table } = lookWith({
      GetExtendedTcpTable: (...args) => (args[4] === 8 ? error : plain.GetExtendedTcpTable(...args)),
      GetExtendedUdpTable: (...args) => (args[4] === 2 ? error : plain.GetExtendedUdpTable(...args)),
    })
    const outcome = look()
    // 50 for IPv6 is how a machine without IPv6 answers.
    expect([outcome, table.count]).toEqual([{ ok: true, unread: [], problems: [] }, error === 50 ? 2 : 4])
  })

  it('is unusable without the export, and names call and error', () => {
    const { opened } = lookWith({ GetExtendedTcpTable: () => 127 })
    expect(opened).toEqual({ unusable: 'GetExtendedTcpTable tcp4: ERROR_PROC_NOT_FOUND' })
  })

  it('is unusable where the tables have another layout', () => {
    const { opened } = lookWith({
      GetExtendedTcpTable: (bytes) => {
        Buffer.from(bytes.buffer, bytes.byteOffset).fill(0x77)
        return 0
      },
    })
    expect(opened).toEqual({ unusable: 'GetExtendedTcpTable tcp4: unexpected layout' })
  })

  it.each([
    ['is there, ours and listening', { pid: 8 }, ''],
    ['is not there', { local: [loopback, 5001] }, 'an own listening socket is not in it'],
    ['belongs to another', { pid: 12 }, 'an own listening socket is not in it'],
    ['does not listen', { state: 5, remote: [loopback, 1] }, 'an own listening socket is not in it'],
  ] as const)('trusts the table when an own listener %s', (_what, change, reason) => {
    const closed: number[] = []
    const { opened } = lookWith(
      {
        socket: () => 66,
        bind: (_socket, address) => (Buffer.from(address).toString('hex', 0, 8) === '020000007f000001' ? 0 : -1),
        listen: () => 0,
        getsockname: (_socket, address) => {
          Buffer.from(address.buffer, address.byteOffset, 16).writeUInt16BE(5000, 2)
          return 0
        },
        closesocket: (socket) => closed.push(socket),
      },
      { tcp4: [listener, { state: 2, local: [loopback, 5000], pid: 8, ...change }] },
    )
    expect(closed).toEqual([66])
    expect('unusable' in opened ? opened.unusable : '').toContain(reason)
  })

  it('keeps the rows of a table that could not be read, and says so', () => {
    const healthy = fakeWith(everywhere)
    let error = 0
    const { look, table } = lookWith({
      GetExtendedUdpTable: (...args) => (error !== 0 && args[3] === 2 ? error : healthy.GetExtendedUdpTable(...args)),
    })
    look()
    error = 8
    const parameters = { table: 'udp4', reason: 'GetExtendedUdpTable udp4: ERROR_NOT_ENOUGH_MEMORY' }
    expect(look()).toEqual({
      ok: true,
      unread: [{ protocol: 1, family: 4 }],
      problems: [{ code: 'table-unreadable', severity: 'warning', parameters }],
    })
    expect(table.count).toBe(4)
  })

  it('fails the look, for the next source to take over, when TCP over IPv4 fails', () => {
    const healthy = fakeWith(everywhere)
    let error = 0
    const { look } = lookWith({ GetExtendedTcpTable: (...args) => (error === 0 ? healthy.GetExtendedTcpTable(...args) : error) })
    look()
    error = 8
    expect(look()).toEqual({ ok: false, reason: 'GetExtendedTcpTable tcp4: ERROR_NOT_ENOUGH_MEMORY' })
  })

  it('sees a successor on the same tuple by its creation', () => {
    const connection: EndpointRow = { local: [loopback, 1], remote: [loopback, 2], pid: 8, created: 133_000_000_000_000_001n }
    const { look, table, state } = lookWith({}, { tcp4: [connection] })
    look()
    state.endpoints = { tcp4: [{ ...connection, created: 133_000_000_000_900_001n }] }
    look()
    expect([table.added.length, table.removed.length, table.count]).toEqual([1, 1, 1])
  })

  it('names the service of a row once per service', () => {
    let asked = 0
    const { look, table } = lookWith(
      {
        I_QueryTagInformation(_machine, level, query) {
          asked += 1
          const bytes = Buffer.from(query.buffer, query.byteOffset, 24)
          expect([level, bytes.readUInt32LE(0), bytes.readUInt32LE(4)]).toEqual([1, 1052, 42])
          bytes.writeBigUInt64LE(0x1234n, 16)
          return 0
        },
        lstrcpynW(target, source) {
          expect(source).toBe(0x1234n)
          Buffer.from('RpcSs\0', 'utf16le').copy(target)
          return target
        },
      },
      {
        tcp4: [
          { state: 2, local: [loopback, 135], pid: 1052, serviceTag: 42 },
          { state: 2, local: [loopback, 593], pid: 1052, serviceTag: 42 },
          { state: 2, local: [loopback, 445], pid: 4 },
        ],
      },
    )
    look()
    look()
    const services = [0, 1, 2].map((slot) => table.strings.text(table.records[slot * recordWords + recordWord.service]!))
    expect([services, asked]).toEqual([['RpcSs', 'RpcSs', table.strings.text(0)], 1])
  })

  it('shows rows without a service where the service manager does not answer', () => {
    const { look, table } = lookWith({ I_QueryTagInformation: () => 1060 }, { tcp4: [{ ...listener, pid: 1052, serviceTag: 42 }] })
    expect(look()).toMatchObject({ ok: true })
    expect(table.records[recordWord.service]).toBe(0)
  })
})

function fakeWith(endpoints: ReturnType<typeof fakeWindows>['state']['endpoints']): WindowsApi {
  const fake = fakeWindows()
  fake.state.endpoints = endpoints
  return fake.api
}

describe('the buffer of a table', () => {
  const many = Array.from({ length: 500 }, (_, index): EndpointRow => ({ local: [loopback, index + 1], remote: [loopback, 1] }))

  it('grows until the table fits, and is kept', () => {
    const { api, state } = fakeWindows()
    state.endpoints = { tcp4: many }
    const reader = new OwnerTableReader(api, 32)
    expect(reader.read(ownerTables.tcp4[0])).toMatchObject({ length: 8 + 500 * 160 + 16 * 1024 })
    reader.read(ownerTables.tcp4[0])
    expect(state.calls).toHaveLength(3)
  })

  it('wins a race against a table that grows', () => {
    const { api, state } = fakeWindows()
    state.endpoints = { tcp4: many }
    let size = 100
    const racing: WindowsApi = {
      ...api,
      GetExtendedTcpTable: (...args) => {
        size += 150
        state.endpoints = { tcp4: many.slice(0, Math.min(size, 500)) }
        return api.GetExtendedTcpTable(...args)
      },
    }
    expect('error' in new OwnerTableReader(racing, 32).read(ownerTables.tcp4[0])).toBe(false)
  })

  it.each([
    ['grows for ever', (needed: number) => needed * 4],
    ['says a size that is none', () => 0xffff_ffff],
  ])('is given up when the table %s', (_what, next) => {
    let calls = 0
    const { api } = fakeWindows({
      GetExtendedTcpTable: (bytes, size) => {
        calls += 1
        Buffer.from(size.buffer, size.byteOffset, 4).writeUInt32LE(Math.min(next(bytes.length), 0xffff_ffff))
        return 122
      },
    })
    expect(new OwnerTableReader(api, 32).read(ownerTables.tcp4[0])).toEqual({ error: 122 })
    expect(calls).toBeLessThanOrEqual(8)
  })
})
