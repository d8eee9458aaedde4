import { expect, it } from 'vitest'
import { remoteAddressesAmong } from '../../../src-main/api/remote-addresses.ts'
import { recordWord } from '../../../src-main/table/row-record.ts'
import { RowTable } from '../../../src-main/table/row-table.ts'
import { record } from '../../builders/record-builder.ts'

it('knows the addresses at the other end of rows, of both families, and no others', () => {
  const table = new RowTable({ sessionBase: 's' })
  const add = (id: number, family: 4 | 6, local: readonly number[], remote: readonly number[]): void => {
    const row = record({ id, family })
    row.set(local, recordWord.local)
    row.set(remote, recordWord.remote)
    table.upsert(row)
  }
  table.begin(1000)
  add(1, 4, [0, 0, 0xffff, 0x0a000001], [0, 0, 0xffff, 0x08080808])
  add(2, 6, [0x20010db8, 0, 0, 1], [0x20010db8, 0, 0, 2])
  table.finish()
  const asked = ['8.8.8.8', '10.0.0.1', '2001:db8::2', '2001:DB8:0::2', '2001:db8::1', '::ffff:8.8.8.8', '9.9.9.9', 'no address', '0.0.0.0']
  expect([...remoteAddressesAmong(table, asked)].toSorted()).toEqual(['2001:DB8:0::2', '2001:db8::2', '8.8.8.8', '::ffff:8.8.8.8'])
})
