import { describe, expect, it } from 'vitest'
import { ObservedTable } from '../../../src-main/diagnosis/observed-table.ts'
import { StateJournal } from '../../../src-main/diagnosis/state-journal.ts'
import { ChangeSetBuilder, builderTakenAt, type RowInput } from '../../builders/mirror-builder.ts'
import type { ChangeSet } from '../../../src-shared/model/change-set.ts'

const start = builderTakenAt
const second = (count: number): number => start + count * 1000

function watching() {
  const table = new ObservedTable()
  const journal = new StateJournal()
  return {
    look: (set: ChangeSet): void => {
      if (!table.observe(set)) throw new Error('the set did not fit')
      journal.follow(table)
    },
    path: (rowId: number) => journal.pathOf(table.mirror, table.mirror.slotOfRow(rowId) ?? -1),
    journal,
  }
}

const peer = '198.51.100.3:443'
const row = (state: RowInput['state'], more: RowInput = {}): RowInput => ({ id: 7, remote: peer, state: state!, ...more })

describe('the journal of states', () => {
  it('knows only the present state of a row that was there before the first look, and not since when', () => {
    const { look, path } = watching()
    look(new ChangeSetBuilder().full([row('ESTABLISHED')]))
    expect(path(7)).toEqual([{ state: 'ESTABLISHED' }])
  })

  it('keeps the way from the first SYN to TIME_WAIT with the time of each step', () => {
    const { look, path, journal } = watching()
    const builder = new ChangeSetBuilder()
    look(builder.full([], start))
    look(builder.delta({ added: [row('SYN_SENT', { firstSeenAt: second(1), stateSinceAt: second(1) })], takenAt: second(1) }))
    expect(journal.size).toBe(0)
    const steps = ['ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'TIME_WAIT'] as const
    steps.forEach((state, index) =>
      look(
        builder.delta({ changed: [row(state, { firstSeenAt: second(1), stateSinceAt: second(index + 2) })], takenAt: second(index + 2) }),
      ),
    )
    expect(path(7)).toEqual([
      { state: 'SYN_SENT', since: second(1) },
      { state: 'ESTABLISHED', since: second(2) },
      { state: 'FIN_WAIT_1', since: second(3) },
      { state: 'FIN_WAIT_2', since: second(4) },
      { state: 'TIME_WAIT', since: second(5) },
    ])
  })

  it('does not take a changed queue for a changed state', () => {
    const { look, path, journal } = watching()
    const builder = new ChangeSetBuilder()
    look(builder.full([row('ESTABLISHED')]))
    look(builder.delta({ changed: [row('ESTABLISHED', { receiveQueue: 9, firstSeenAt: start })], takenAt: second(1) }))
    expect([path(7), journal.size]).toEqual([[{ state: 'ESTABLISHED' }], 0])
  })

  it('says of a first state that began before the first look that its time is unknown, also later', () => {
    const { look, path } = watching()
    const builder = new ChangeSetBuilder()
    look(builder.full([row('ESTABLISHED')]))
    look(builder.delta({ changed: [row('CLOSE_WAIT', { firstSeenAt: start, stateSinceAt: second(1) })], takenAt: second(1) }))
    expect(path(7)).toEqual([{ state: 'ESTABLISHED' }, { state: 'CLOSE_WAIT', since: second(1) }])
  })

  it('keeps the time of a state that began before the watching did', () => {
    const { look, path } = watching()
    const builder = new ChangeSetBuilder()
    look(builder.full([row('ESTABLISHED', { firstSeenAt: second(-9), stateSinceAt: second(-5) })]))
    look(builder.delta({ changed: [row('CLOSE_WAIT', { firstSeenAt: second(-9), stateSinceAt: second(1) })], takenAt: second(1) }))
    expect(path(7)).toEqual([
      { state: 'ESTABLISHED', since: second(-5) },
      { state: 'CLOSE_WAIT', since: second(1) },
    ])
  })

  it('forgets a row that is gone, and begins anew for the next one in its slot', () => {
    const { look, path, journal } = watching()
    const builder = new ChangeSetBuilder()
    look(builder.full([row('ESTABLISHED')]))
    look(builder.delta({ changed: [row('TIME_WAIT', { stateSinceAt: second(1) })], takenAt: second(1) }))
    expect(journal.size).toBe(1)
    look(builder.delta({ removed: [7], takenAt: second(2) }))
    expect(journal.size).toBe(0)
    look(builder.delta({ added: [{ ...row('SYN_SENT'), id: 8, firstSeenAt: second(3), stateSinceAt: second(3) }], takenAt: second(3) }))
    expect(path(8)).toEqual([{ state: 'SYN_SENT', since: second(3) }])
  })

  it('survives a full set of the same session and notices what changed meanwhile', () => {
    const { look, path } = watching()
    const builder = new ChangeSetBuilder()
    look(builder.full([row('SYN_SENT', { firstSeenAt: start, stateSinceAt: start })]))
    look(builder.delta({ changed: [row('ESTABLISHED', { firstSeenAt: start, stateSinceAt: second(1) })], takenAt: second(1) }))
    look(builder.full([row('CLOSE_WAIT', { firstSeenAt: start, stateSinceAt: second(2) })], second(2)))
    expect(path(7).map(({ state }) => state)).toEqual(['SYN_SENT', 'ESTABLISHED', 'CLOSE_WAIT'])
  })

  it('trusts no row number of another session', () => {
    const { look, path, journal } = watching()
    const builder = new ChangeSetBuilder('first')
    look(builder.full([row('SYN_SENT')]))
    look(builder.delta({ changed: [row('ESTABLISHED', { stateSinceAt: second(1) })], takenAt: second(1) }))
    look(new ChangeSetBuilder('second').full([row('LISTEN', { remote: '0.0.0.0:0' })], second(2)))
    expect([path(7), journal.size]).toEqual([[{ state: 'LISTEN' }], 0])
  })

  it('has nothing to say about UDP', () => {
    const { look, path } = watching()
    look(new ChangeSetBuilder().full([{ id: 3, protocol: 'udp' }]))
    expect(path(3)).toEqual([])
  })

  it('stays bounded when everything changes all the time', () => {
    const { look, journal } = watching()
    const builder = new ChangeSetBuilder()
    const rows = Array.from({ length: 51_000 }, (_, index): RowInput => ({ id: index + 1, local: '127.0.0.1:80', remote: peer }))
    look(builder.full(rows))
    const closed = rows.map(({ id }): RowInput => ({
      id: id!,
      local: '127.0.0.1:80',
      remote: peer,
      state: 'CLOSE_WAIT',
      stateSinceAt: second(1),
    }))
    look(builder.delta({ changed: closed, takenAt: second(1) }))
    expect(journal.size).toBe(50_000)
  })

  it('keeps the latest steps of a row that will not rest', () => {
    const { look, path } = watching()
    const builder = new ChangeSetBuilder()
    look(builder.full([row('ESTABLISHED')]))
    for (let turn = 1; turn <= 40; turn += 1)
      look(builder.delta({ changed: [row(turn % 2 ? 'CLOSED' : 'ESTABLISHED', { stateSinceAt: second(turn) })], takenAt: second(turn) }))
    expect([path(7).length, path(7).at(-1)]).toEqual([16, { state: 'ESTABLISHED', since: second(40) }])
  })
})
