import { describe, expect, it } from 'vitest'
import { stateCode } from '../../../src-shared/model/tcp-state.ts'
import { visibilityCode } from '../../../src-shared/model/visibility.ts'
import { recordWord, recordWords, stateOfHead } from '../../../src-main/table/row-record.ts'
import { RowTable, type UnreadTable } from '../../../src-main/table/row-table.ts'
import { record, type RecordInput } from '../../builders/record-builder.ts'

function setUp() {
  const table = new RowTable({ sessionBase: 'test' })
  const look = (takenAt: number, rows: readonly RecordInput[], unread: readonly UnreadTable[] = [], steadyAt = takenAt): void => {
    table.begin(takenAt, steadyAt)
    for (const row of rows) table.upsert(record(row))
    table.finish(unread)
  }
  const word = (id: number, name: keyof typeof recordWord): number =>
    table.records[table.findIdentity(id, 0) * recordWords + recordWord[name]]!
  const rate = (id: number): [number, number] => {
    const base = table.findIdentity(id, 0) * recordWords
    return [table.floats[base + recordWord.receiveRate]!, table.floats[base + recordWord.sendRate]!]
  }
  const changed = (id: number): boolean => table.changedAt[table.findIdentity(id, 0)] === table.sequence
  return { table, look, word, rate, changed }
}

describe('rates', () => {
  it('are bytes per second between two looks, and zero again when nothing flows', () => {
    const { look, rate, changed } = setUp()
    look(1000, [{ id: 1, receivedBytes: 100, sentBytes: 0 }])
    expect(rate(1)).toEqual([0, 0])
    look(3000, [{ id: 1, receivedBytes: 2100, sentBytes: 50 }])
    expect(rate(1)).toEqual([1000, 25])
    look(4000, [{ id: 1, receivedBytes: 2100, sentBytes: 50 }])
    expect([rate(1), changed(1)]).toEqual([[0, 0], true])
    look(5000, [{ id: 1, receivedBytes: 2100, sentBytes: 50 }])
    expect(changed(1)).toBe(false)
  })

  it('do not take the first count of a connection for an increase', () => {
    const { look, rate } = setUp()
    look(1000, [{ id: 1 }])
    look(2000, [{ id: 1, receivedBytes: 5000, sentBytes: 5000 }])
    expect(rate(1)).toEqual([0, 0])
  })

  it('cross the border of 32 bits', () => {
    const { look, rate } = setUp()
    look(1000, [{ id: 1, receivedBytes: 2 ** 32 - 1000 }])
    look(2000, [{ id: 1, receivedBytes: 2 ** 32 + 1000 }])
    expect(rate(1)[0]).toBe(2000)
    look(3000, [{ id: 1, receivedBytes: 2 ** 33 + 1000 }])
    expect(rate(1)[0]).toBe(2 ** 32)
  })

  it('are never negative, even when a counter goes back', () => {
    const { look, rate } = setUp()
    look(1000, [{ id: 1, receivedBytes: 1000 }])
    look(2000, [{ id: 1, receivedBytes: 10 }])
    expect(rate(1)[0]).toBe(0)
  })

  it('are spread over all the time since the last look that succeeded', () => {
    const { table, look, rate } = setUp()
    look(1000, [{ id: 1, receivedBytes: 0 }])
    table.begin(2000) // failed: neither rows nor an end
    table.begin(3000)
    look(5000, [{ id: 1, receivedBytes: 4000 }])
    expect(rate(1)[0]).toBe(1000)
  })

  it('are measured on a clock that nobody sets', () => {
    const { look, rate } = setUp()
    look(1000, [{ id: 1, receivedBytes: 0 }], [], 50)
    look(9_000_000, [{ id: 1, receivedBytes: 1000 }], [], 1050)
    expect(rate(1)[0]).toBe(1000)
    look(5, [{ id: 1, receivedBytes: 3000 }], [], 2050)
    expect(rate(1)[0]).toBe(2000)
  })

  it('stay as they are in a look right after another, whose bytes the next one counts in', () => {
    const { look, rate } = setUp()
    look(1000, [{ id: 1, receivedBytes: 0 }])
    look(2000, [{ id: 1, receivedBytes: 1000 }])
    look(2200, [{ id: 1, receivedBytes: 1600 }])
    expect(rate(1)[0]).toBe(1000)
    look(3000, [{ id: 1, receivedBytes: 3000 }])
    expect(rate(1)[0]).toBe(2000)
  })

  it('are measured all the same where every look comes right after another', () => {
    const { look, rate } = setUp()
    for (let at = 0; at <= 10; at += 1) look(1000 + at * 100, [{ id: 1, receivedBytes: at * 100 }])
    expect(rate(1)[0]).toBe(1000)
  })

  it('survive that a dump is repeated within one look', () => {
    const { look, rate } = setUp()
    look(1000, [{ id: 1, receivedBytes: 0 }])
    look(2000, [
      { id: 1, receivedBytes: 1000 },
      { id: 1, receivedBytes: 1000 },
    ])
    expect(rate(1)[0]).toBe(1000)
  })
})

describe('what is no longer told', () => {
  it('is kept: user and counters of a connection in TIME_WAIT', () => {
    const { look, word } = setUp()
    look(1000, [{ id: 1, user: 3, receivedBytes: 10, sentBytes: 20, retransmits: 4 }])
    look(2000, [{ id: 1, inode: 0, state: 'TIME_WAIT' }])
    expect([word(1, 'user'), word(1, 'receivedLow'), word(1, 'sentLow'), word(1, 'retransmits')]).toEqual([3, 10, 20, 4])
    expect(word(1, 'flags') & 1).toBe(1)
    expect(stateOfHead(word(1, 'head'))).toBe(stateCode('TIME_WAIT'))
  })

  it('does not leak into a connection that never told it', () => {
    const { look, word } = setUp()
    look(1000, [{ id: 1, receivedBytes: 10 }])
    look(2000, [{ id: 2 }])
    expect(word(2, 'flags') & 1).toBe(0)
    expect(word(2, 'receivedLow')).toBe(0)
  })
})

describe('times of data', () => {
  const idle = { id: 1, lastReceivedSeconds: 500, lastSentSeconds: 400, segmentsSent: 7 }

  it('come from ages: a second to and fro is the same moment, and none of them is a change', () => {
    const { look, word, changed } = setUp()
    look(1000, [idle])
    look(2000, [{ ...idle, lastReceivedSeconds: 501, lastSentSeconds: 399 }])
    expect([word(1, 'lastReceivedSeconds'), word(1, 'lastSentSeconds'), changed(1)]).toEqual([500, 400, false])
    look(3000, [{ ...idle, lastReceivedSeconds: 502, lastSentSeconds: 402 }])
    expect([word(1, 'lastReceivedSeconds'), word(1, 'lastSentSeconds'), changed(1)]).toEqual([502, 402, false])
  })

  it('are taken as they come where data moved, each direction for itself', () => {
    const { look, word } = setUp()
    look(1000, [{ ...idle, receivedBytes: 10, sentBytes: 10 }])
    look(2000, [{ ...idle, receivedBytes: 11, sentBytes: 10, lastReceivedSeconds: 501, lastSentSeconds: 401 }])
    expect([word(1, 'lastReceivedSeconds'), word(1, 'lastSentSeconds')]).toEqual([501, 400])
    look(3000, [{ ...idle, receivedBytes: 11, sentBytes: 12, lastReceivedSeconds: 502, lastSentSeconds: 401 }])
    expect([word(1, 'lastReceivedSeconds'), word(1, 'lastSentSeconds')]).toEqual([501, 401])
  })

  it('stay when the connection no longer tells them, and more segments are a change', () => {
    const { look, word, changed } = setUp()
    look(1000, [idle])
    look(2000, [{ ...idle, segmentsSent: 8 }])
    expect([changed(1), word(1, 'segmentsSent')]).toEqual([true, 8])
    look(3000, [{ id: 1, inode: 0, state: 'TIME_WAIT' }])
    expect([word(1, 'lastReceivedSeconds'), word(1, 'lastSentSeconds'), word(1, 'segmentsSent')]).toEqual([500, 400, 8])
  })

  it('that go unanswered are a change once per attempt', () => {
    const { look, changed } = setUp()
    look(1000, [{ ...idle, unanswered: 3 }])
    look(2000, [{ ...idle, unanswered: 3 }])
    expect(changed(1)).toBe(false)
    look(3000, [{ ...idle, unanswered: 4 }])
    expect(changed(1)).toBe(true)
  })
})

describe('timers', () => {
  it('that only count down are no change; one that starts again is', () => {
    const { table, look, changed } = setUp()
    look(1000, [{ id: 1, timer: 'keepalive', timerMs: 60_000 }])
    const expiresAt = table.timerExpiresAt[table.findIdentity(1, 0)]
    expect(expiresAt).toBe(61_000)
    look(2000, [{ id: 1, timer: 'keepalive', timerMs: 59_000 }])
    expect(changed(1)).toBe(false)
    look(3000, [{ id: 1, timer: 'keepalive', timerMs: 56_501 }]) // 1499 ms early
    expect(changed(1)).toBe(false)
    look(4000, [{ id: 1, timer: 'keepalive', timerMs: 60_000 }])
    expect([changed(1), table.timerExpiresAt[table.findIdentity(1, 0)]]).toEqual([true, 64_000])
  })

  it('that were due and are set again are a change, however soon they fire', () => {
    const { table, look, changed } = setUp()
    const expiresAt = (): number | undefined => table.timerExpiresAt[table.findIdentity(1, 0)]
    look(1000, [{ id: 1, timer: 'retransmit', timerMs: 200 }])
    look(1300, [{ id: 1, timer: 'retransmit', timerMs: 300 }])
    expect([changed(1), expiresAt()]).toEqual([true, 1600])
    look(1500, [{ id: 1, timer: 'retransmit', timerMs: 100 }])
    expect([changed(1), expiresAt()]).toEqual([false, 1600])
  })

  it('of a row that had none so far fire when they say', () => {
    const { table, look } = setUp()
    look(1000, [{ id: 1 }])
    look(2000, [{ id: 1, timer: 'retransmit', timerMs: 200 }])
    expect(table.timerExpiresAt[table.findIdentity(1, 0)]).toBe(2200)
  })

  it('of another kind are a change', () => {
    const { look, changed } = setUp()
    look(1000, [{ id: 1, timer: 'keepalive', timerMs: 5000 }])
    look(2000, [{ id: 1, timer: 'retransmit', timerMs: 4000 }])
    expect(changed(1)).toBe(true)
  })
})

describe('a look', () => {
  it('removes what was not seen, and gives a row that comes back a new id', () => {
    const { table, look } = setUp()
    look(1000, [{ id: 1 }, { id: 2 }])
    const rowId = table.rowId[table.findIdentity(2, 0)]
    look(2000, [{ id: 1 }])
    expect([table.count, table.findIdentity(2, 0), table.removed.length]).toEqual([1, -1, 1])
    look(3000, [{ id: 1 }, { id: 2 }])
    expect(table.rowId[table.findIdentity(2, 0)]).toBeGreaterThan(rowId!)
  })

  it('leaves the rows of a table that could not be read', () => {
    const { table, look } = setUp()
    const all: RecordInput[] = [
      { id: 1, protocol: 'tcp', family: 4 },
      { id: 2, protocol: 'tcp', family: 6 },
      { id: 3, protocol: 'udp', family: 4 },
      { id: 4, protocol: 'udp', family: 6 },
    ]
    const left = (): number[] => [1, 2, 3, 4].filter((id) => table.findIdentity(id, 0) !== -1)
    look(1000, all)
    look(2000, [], [{ protocol: 0, family: 6 }, { protocol: 1 }])
    expect(left()).toEqual([2, 3, 4])
    look(3000, [], [{ protocol: 1, family: 4 }])
    expect(left()).toEqual([3])
  })

  it('that is the first to succeed finds states of unknown age; later changes have a time', () => {
    const { table, look } = setUp()
    table.begin(500) // failed
    look(1000, [{ id: 1, state: 'ESTABLISHED' }])
    const since = (id: number): number => table.stateSinceAt[table.findIdentity(id, 0)]!
    expect(since(1)).toBeNaN()
    look(2000, [{ id: 1, state: 'CLOSE_WAIT' }, { id: 2 }])
    expect([since(1), since(2)]).toEqual([2000, 2000])
    look(3000, [{ id: 1, state: 'CLOSE_WAIT' }, { id: 2 }])
    expect([since(1), since(2)]).toEqual([2000, 2000])
  })

  it('notes which rows got another inode: accepted, or given up by their process', () => {
    const { table, look } = setUp()
    look(1000, [{ id: 1, inode: 0 }])
    look(2000, [{ id: 1, inode: 44 }])
    expect([table.relinked.length, table.relinked.at(0)]).toEqual([1, table.findIdentity(1, 0)])
    look(3000, [{ id: 1, inode: 44 }])
    expect(table.relinked.length).toBe(0)
  })

  it('takes another inode on the same tuple for another socket, where there is no cookie', () => {
    const { table, look } = setUp()
    look(1000, [{ id: 1, inode: 44, cookie: false }])
    const rowId = table.rowId[table.findIdentity(1, 0)]
    look(2000, [{ id: 1, inode: 0, cookie: false }])
    expect(table.rowId[table.findIdentity(1, 0)]).toBe(rowId)
    look(3000, [{ id: 1, inode: 44, cookie: false }])
    look(4000, [{ id: 1, inode: 55, cookie: false }])
    expect(table.rowId[table.findIdentity(1, 0)]).not.toBe(rowId)
    expect(table.count).toBe(1)
  })

  it('counts identities that come twice, and keeps the last record', () => {
    const { table, look, word } = setUp()
    look(1000, [
      { id: 1, localPort: 1 },
      { id: 1, localPort: 2 },
    ])
    expect([table.duplicates, table.count, word(1, 'ports') >>> 16]).toEqual([1, 1, 2])
  })
})

describe('owners', () => {
  it('are a change only when they differ', () => {
    const { table, look, changed } = setUp()
    look(1000, [{ id: 1 }])
    const slot = table.findIdentity(1, 0)
    const [a, b] = [1, 2].map((pid) => table.processes.put({ pid, startToken: '1' }, table.sequence)) as [number, number]
    table.setOwners(slot, [a, b], 'full')
    look(2000, [{ id: 1 }])
    table.setOwners(slot, [a, b], 'full')
    expect(changed(1)).toBe(false)
    table.setOwners(slot, [a], 'full')
    expect([changed(1), table.ownersOf(slot)]).toEqual([true, [a]])
    look(3000, [{ id: 1 }])
    table.setOwners(slot, [a], 'gone')
    expect([changed(1), table.visibility[slot]]).toEqual([true, visibilityCode('gone')])
  })

  it('of a removed row do not pass to the row that takes its slot', () => {
    const { table, look } = setUp()
    look(1000, [{ id: 1 }])
    const slot = table.findIdentity(1, 0)
    const refs = [1, 2].map((pid) => table.processes.put({ pid, startToken: '1' }, table.sequence))
    table.setOwners(slot, refs, 'full')
    look(2000, [])
    look(3000, [{ id: 2 }])
    expect(table.findIdentity(2, 0)).toBe(slot)
    expect([table.ownersOf(slot), table.visibility[slot]]).toEqual([[], visibilityCode('pending')])
  })
})
