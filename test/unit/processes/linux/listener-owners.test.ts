/** Connections that nobody accepted yet, and whose they are: on made-up rows, in numbers that a hostile user can make. */
import { expect, it, vi } from 'vitest'
import { ListenerOwners } from '../../../../src-main/processes/linux/listener-owners.ts'
import { recordWord } from '../../../../src-main/table/row-record.ts'
import { maximumOwners, RowTable } from '../../../../src-main/table/row-table.ts'
import { record, type RecordInput } from '../../../builders/record-builder.ts'

const any4 = [0, 0, 0xffff, 0]
const any6 = [0, 0, 0, 0]
const mapped = (last: number): number[] => [0, 0, 0xffff, 0x7f000000 + last]
const loopback6 = [0, 0, 0, 1]

function setUp() {
  const table = new RowTable({ sessionBase: 'test' })
  let id = 0
  table.begin(1000)
  const row = (local: readonly number[], input: Omit<RecordInput, 'id'>): number => {
    id += 1
    const scratch = record({ id, ...input })
    scratch.set(local, recordWord.local)
    return table.upsert(scratch)
  }
  return {
    table,
    listener: (local: readonly number[], family: 4 | 6, owners: readonly number[], localPort = 80): void =>
      table.setOwners(row(local, { family, localPort, remotePort: 0, state: 'LISTEN' }), owners, 'full'),
    waiting: (local: readonly number[], family: 4 | 6, localPort = 80): number => row(local, { family, localPort, inode: 0 }),
  }
}

it('the listener on the very address comes before those on any, and those of the own family before the other', () => {
  const { table, listener, waiting } = setUp()
  listener(any6, 6, [6])
  listener(any4, 4, [4])
  listener(mapped(1), 4, [1])
  const slots = [waiting(mapped(1), 4), waiting(mapped(2), 4), waiting(loopback6, 6), waiting(mapped(1), 4, 81)]
  const owners = new ListenerOwners(table)
  expect(slots.map((slot) => owners.of(slot))).toEqual([[1], [4], [6], []])
})

it('a listener of IPv6 takes what comes over IPv4, one of IPv4 nothing of IPv6', () => {
  const { table, listener, waiting } = setUp()
  listener(any6, 6, [6])
  listener(mapped(1), 6, [61], 82)
  listener(any4, 4, [4], 81)
  const slots = [waiting(mapped(1), 4), waiting(mapped(1), 4, 82), waiting(loopback6, 6, 81)]
  const owners = new ListenerOwners(table)
  expect(slots.map((slot) => owners.of(slot))).toEqual([[6], [61], []])
})

it('the owners of all listeners on one address are told once each', () => {
  const { table, listener, waiting } = setUp()
  listener(any4, 4, [1, 2])
  listener(any4, 4, [2, 3])
  const slot = waiting(mapped(1), 4)
  expect(new ListenerOwners(table).of(slot)).toEqual([1, 2, 3])
})

it('five thousand connections on a port with five thousand listeners read each listener once', () => {
  const { table, listener, waiting } = setUp()
  const many = 5000
  for (let owner = 1; owner <= many; owner += 1) listener(any4, 4, [owner])
  const slots = Array.from({ length: many }, () => waiting(mapped(1), 4))
  const ownersOf = vi.spyOn(table, 'ownersOf')
  const owners = new ListenerOwners(table)
  const told = new Set(slots.map((slot) => owners.of(slot)))
  expect(ownersOf).toHaveBeenCalledTimes(many)
  expect([...told].map((list) => list.length)).toEqual([maximumOwners]) // one list, shared by all of them
})

it('a row keeps as many owners as are told and no more', () => {
  const { table, waiting } = setUp()
  const slot = waiting(mapped(1), 4)
  table.setOwners(
    slot,
    Array.from({ length: 1000 }, (_, index) => index + 1),
    'full',
  )
  expect([table.ownersOf(slot).length, table.ownersOf(slot)[0]]).toEqual([maximumOwners, 1])
})
