import { describe, expect, it } from 'vitest'
import type { ColumnId } from '../../../src-renderer/view/column-id.ts'
import { columnOf, tableColumns } from '../../../src-renderer/view/columns.ts'
import { createCellFormat } from '../../../src-renderer/view/format.ts'
import { TableView } from '../../../src-renderer/view/table-view.ts'
import { builderTakenAt, ChangeSetBuilder, type RowInput } from '../../builders/mirror-builder.ts'

const format = createCellFormat({
  locale: 'en',
  timeZone: 'UTC',
  translate: (key) => `<${key}>`,
  stateText: (state) => state.toLowerCase(),
})

/** The cells named in `expected` of one row. */
function check(row: RowInput, expected: Partial<Record<ColumnId, string>>): void {
  const view = new TableView({ highlightMs: 0 })
  view.apply(new ChangeSetBuilder().full([row]), 0)
  const texts = Object.keys(expected).map((id) => [id, columnOf(id as ColumnId).text(view, 0, format)])
  expect(Object.fromEntries(texts)).toEqual(expected)
}

describe('the text of a cell', () => {
  it('names endpoints, protocol and state of a connection', () => {
    const endpoints = { localAddress: '2001:db8::1', localPort: '22', remoteAddress: '2001:db8::2', remotePort: '50412' }
    check(
      { local: '[2001:db8::1]:22', remote: '[2001:db8::2]:50412', owner: { name: 'sshd', pid: 12_345 } },
      { ...endpoints, protocol: 'TCPv6', state: 'established', process: 'sshd', pid: '12345', ownerNote: '' },
    )
  })

  it('shows anyone as the remote end of what is not connected, and no state for UDP', () => {
    const remote = { remoteAddress: '*', remotePort: '*' }
    check({ local: '0.0.0.0:80' }, { ...remote, localAddress: '0.0.0.0', protocol: 'TCP', state: 'listen' })
    check({ local: '[::]:53', protocol: 'udp' }, { ...remote, localAddress: '::', protocol: 'UDPv6', state: '' })
  })

  it('is empty for what the operating system does not tell', () => {
    const nothing = Object.fromEntries(
      [
        'pid',
        'user',
        'executable',
        'received',
        'sent',
        'receiveRate',
        'roundTrip',
        'retransmits',
        'receiveQueue',
        'sendQueue',
        'timer',
      ].map((id) => [id, '']),
    )
    check({ local: '127.0.0.1:80' }, { ...nothing, interface: '' })
  })

  it('shows zero where zero is known', () => {
    check({ sentBytes: 0, retransmits: 0, sendRate: 0 }, { sent: '0 B', retransmits: '0', sendRate: '0 B/s' })
  })

  it('says why no owner is known', () => {
    check({ visibility: 'not-permitted' }, { process: '<missingOwner.not-permitted>', ownerNote: '<visibility.not-permitted>', pid: '' })
    check({ owner: 'cat', visibility: 'gone' }, { process: 'cat', ownerNote: '<visibility.gone>' })
  })

  it('counts further owners in the process column and names them in the note', () => {
    check({ owners: ['nginx', 'nginx-worker', 'helper'] }, { process: 'nginx +2', ownerNote: 'nginx-worker (1002), helper (1003)' })
  })

  it('writes figures with decimal units, times as ages and timers as the time left', () => {
    check(
      { sentBytes: 1_234_567, receivedBytes: 999, receiveRate: 999_960, roundTripMs: 12.34, retransmits: 1200 },
      { sent: '1.2 MB', received: '999 B', receiveRate: '1 MB/s', roundTrip: '12.3 ms', retransmits: '1,200' },
    )
    check({ firstSeenAt: builderTakenAt - 3_600_000 }, { firstSeen: '1 hr' })
    check({ timerKind: 'keepalive', timerExpiresAt: builderTakenAt + 125_000 }, { timer: '<timer.keepalive> 2 min' })
    check({ timerKind: 'probe' }, { timer: '<timer.probe>' })
  })

  it('falls back to the owner for the user of a socket', () => {
    check({ owner: { name: 'a', user: 'ana' } }, { user: 'ana' })
    check({ owner: { name: 'a', user: 'ana' }, user: 'root' }, { user: 'root' })
  })

  it('survives times beyond what a date can hold', () => {
    check({ firstSeenAt: 1e300 }, { firstSeen: '' })
  })
})

describe('the columns', () => {
  it('have titles by their id and sort counters largest first', () => {
    expect(tableColumns.every(({ id, titleKey }) => titleKey === `column.${id}`)).toBe(true)
    expect(tableColumns.filter((column) => column.firstDescending).map(({ id }) => id)).toContain('sendRate')
    expect(columnOf('process').firstDescending).toBe(false)
  })
})
