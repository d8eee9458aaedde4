/** Two ways to read one machine must tell the same: /proc/net against sock_diag, and both against what is known to be open. */
import { once } from 'node:events'
import { createSocket } from 'node:dgram'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressText } from '../../../src-shared/model/address.ts'
import { absentCount } from '../../../src-shared/model/columns.ts'
import { boundCode, listenCode, timeWaitCode } from '../../../src-shared/model/tcp-state.ts'
import { netlinkSource } from '../../../src-main/sources/linux/netlink-source.ts'
import { procfsSource } from '../../../src-main/sources/linux/procfs-source.ts'
import type { ConnectionSource, SourceFactory } from '../../../src-main/sources/source.ts'
import { recordWord, recordWords } from '../../../src-main/table/row-record.ts'
import { RowTable } from '../../../src-main/table/row-table.ts'
import { isLinux } from './engine-under-test.ts'

const open: { destroy?: () => unknown; close?: () => unknown }[] = []

beforeAll(async () => {
  for (const [listenHost, host] of [
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '::1'],
    ['::', '127.0.0.1'],
  ] as const) {
    const server = createServer((socket) => open.push(socket.on('error', () => {})))
    server.listen({ host: listenHost, port: 0 })
    await once(server, 'listening')
    open.push(server)
    const sockets: Socket[] = Array.from({ length: 20 }, () => connect({ host, port: (server.address() as AddressInfo).port }))
    for (const socket of sockets) socket.on('error', () => {})
    await Promise.all(sockets.map((socket) => once(socket, 'connect')))
    open.push(...sockets)
    sockets[0]!.setKeepAlive(true, 60_000)
  }
  for (const [kind, host] of [
    ['udp4', '127.0.0.1'],
    ['udp6', '::1'],
  ] as const) {
    const socket = createSocket(kind)
    socket.bind(0, host)
    await once(socket, 'listening')
    open.push(socket)
  }
})
afterAll(() => {
  for (const one of open) (one.destroy ?? one.close)?.call(one)
})

function opened(factory: SourceFactory): ConnectionSource {
  const source = factory.open()
  if ('unusable' in source) throw new Error(source.unusable)
  return source
}

/** Every row as text, without what /proc cannot tell or what changes by the moment. */
function rowsOf(source: ConnectionSource): Map<string, string> {
  const table = new RowTable({ sessionBase: source.id })
  table.begin(Date.now())
  const outcome = source.look(table)
  expect(outcome).toEqual({ ok: true, unread: [], problems: [] })
  table.finish()
  const rows = new Map<string, string>()
  for (let slot = 0; slot < table.top; slot += 1) {
    const word = (name: keyof typeof recordWord, offset = 0): number => table.records[slot * recordWords + recordWord[name] + offset]!
    const [protocol, family, state, timer] = [0, 8, 16, 24].map((shift) => (word('head') >>> shift) & 255) as [
      number,
      number,
      number,
      number,
    ]
    if (state === boundCode) continue // /proc/net does not list them
    const address = (name: 'local' | 'remote'): string => addressText(family, word(name), word(name, 1), word(name, 2), word(name, 3))
    const key = `${protocol} ${family} ${address('local')}:${word('ports') >>> 16} ${address('remote')}:${word('ports') & 0xffff} ${word('inode')}`
    const sendQueue = state === listenCode || word('sendQueue') === absentCount ? '-' : word('sendQueue')
    rows.set(
      key,
      `${state} ${state === timeWaitCode ? '-' : timer} ${table.strings.text(word('user')) ?? '-'} ${word('receiveQueue')} ${sendQueue}`,
    )
  }
  return rows
}

describe.runIf(isLinux)('the sources', () => {
  it('tell the same rows: state, addresses, inode, user, queues, timer', () => {
    const [netlink, procfs] = [opened(netlinkSource), opened(procfsSource)]
    const before = rowsOf(netlink)
    const middle = rowsOf(procfs)
    const after = rowsOf(netlink)
    // The machine does not stand still: what both dumps around the reading agree on must be in it, and be the same.
    const steady = [...before].filter(([key, value]) => after.get(key) === value)
    expect(steady.length).toBeGreaterThan(120)
    const differing = steady
      .filter(([key, value]) => middle.get(key) !== value)
      .map(([key, value]) => `${key}: ${value} / ${middle.get(key)}`)
    expect(differing).toEqual([])
    const invented = [...middle.keys()].filter((key) => !before.has(key) && !after.has(key))
    expect(invented.length).toBeLessThan(5)
    netlink.close()
    procfs.close()
  })

  it('give a row the same identity on every look', () => {
    for (const factory of [netlinkSource, procfsSource]) {
      const source = opened(factory)
      const table = new RowTable({ sessionBase: 'test' })
      const look = (): Set<number> => {
        table.begin(Date.now())
        source.look(table)
        table.finish()
        return new Set(Array.from({ length: table.top }, (_, slot) => (table.live[slot] === 1 ? table.rowId[slot]! : 0)))
      }
      const [first, second] = [look(), look()]
      expect([...first].filter((rowId) => second.has(rowId)).length).toBeGreaterThan(120)
      expect(table.duplicates).toBe(0)
      source.close()
    }
  })
})
