import { expect, it } from 'vitest'
import { TwoTables, type TableProtocol } from '../../../../src-main/sources/macos/two-tables.ts'

const without = (protocol: TableProtocol) => (asked: TableProtocol) =>
  asked === protocol ? { reason: 'EPERM', malformed: 0 } : { malformed: 1 }

it('without TCP is a failed look', () => {
  expect(new TwoTables().look(without('tcp'))).toEqual({ ok: false, reason: 'EPERM' })
})

it('without UDP is a look with a hole, until that happened three times in a row', () => {
  const tables = new TwoTables()
  const hole = {
    ok: true,
    unread: [{ protocol: 1 }],
    problems: [
      { code: 'table-unreadable', severity: 'warning', parameters: { table: 'udp', reason: 'EPERM' } },
      { code: 'malformed-answer', severity: 'warning', parameters: { count: 1 } },
    ],
  }
  expect([tables.look(without('udp')), tables.look(without('udp'))]).toEqual([hole, hole])
  expect(tables.look(() => ({ malformed: 0 }))).toEqual({ ok: true, unread: [], problems: [] })
  expect([tables.look(without('udp')).ok, tables.look(without('udp')).ok, tables.look(without('udp'))]).toEqual([
    true,
    true,
    { ok: false, reason: 'EPERM' },
  ])
})
