import { describe, expect, it } from 'vitest'
import { TableView } from '../../../src-renderer/view/table-view.ts'
import { stateCode } from '../../../src-shared/model/tcp-state.ts'
import { ChangeSetBuilder } from '../../builders/mirror-builder.ts'

const highlightMs = 2000

function started(rows = [{ owner: 'nginx' }, { owner: 'sshd' }], options = {}) {
  const builder = new ChangeSetBuilder()
  const view = new TableView({ highlightMs, ...options })
  view.apply(builder.full(rows), 0)
  const of = (rowId: number) => {
    const slot = view.slotOfRow(rowId)
    return slot === undefined ? 'gone' : view.highlightOf(slot)
  }
  return { builder, view, of }
}

describe('the colours of rows', () => {
  it('are off after the first fill and after another full set', () => {
    const { builder, view, of } = started()
    expect([of(1), of(2), view.nextExpiryAt()]).toEqual(['none', 'none', undefined])
    view.apply(builder.delta({ added: [{ id: 3 }] }), 100)
    view.apply(builder.full([{ id: 1 }, { id: 3 }, { id: 4 }]), 200)
    expect([of(1), of(2), of(3), of(4), view.nextExpiryAt()]).toEqual(['none', 'gone', 'none', 'none', undefined])
  })

  it('grow faint where they tell of a closed row, at the second look in its time', () => {
    const { builder, view } = started()
    const slot = view.slotOfRow(2)!
    view.apply(builder.delta({ removed: [2] }), 1000)
    expect([view.isLeaving(slot), view.isLeaving(view.slotOfRow(1)!)]).toEqual([false, false])
    view.apply(builder.delta({ added: [{ id: 3 }] }), 2000)
    expect([view.highlightOf(slot), view.isLeaving(slot), view.isLeaving(view.slotOfRow(3)!)]).toEqual(['closed', true, false])
    view.setLingerMs(3000)
    expect(view.isLeaving(slot)).toBe(false)
    view.expire(3000)
    expect(view.isLeaving(slot)).toBe(true)
  })

  it('tell new, changed and closed rows until their time is over', () => {
    const { builder, view, of } = started()
    view.apply(builder.delta({ added: [{ id: 3 }], changed: [{ id: 1, owner: 'nginx', state: 'CLOSED' }], removed: [2] }), 1000)
    expect([of(1), of(2), of(3)]).toEqual(['changed', 'closed', 'new'])
    expect(view.nextExpiryAt()).toBe(3000)
    expect(view.expire(2999)).toBe(false)
    expect([of(1), of(2), of(3), view.visibleCount]).toEqual(['changed', 'closed', 'new', 3])
    expect(view.expire(3000)).toBe(true)
    expect([of(1), of(2), of(3), view.visibleCount]).toEqual(['none', 'gone', 'none', 2])
    expect(view.nextExpiryAt()).toBeUndefined()
    expect(view.expire(9000)).toBe(false)
  })

  it('start over when a row changes again, and end early for no one', () => {
    const { builder, view, of } = started()
    view.apply(builder.delta({ changed: [{ id: 1, owner: 'nginx', state: 'CLOSED' }] }), 1000)
    view.apply(builder.delta({ changed: [{ id: 1, owner: 'nginx', state: 'LISTEN' }] }), 2500)
    view.expire(3000)
    expect(of(1)).toBe('changed')
    view.expire(4500)
    expect(of(1)).toBe('none')
  })

  it('tell a change of state or owner, not one of counters or of an owner found late', () => {
    const { builder, view, of } = started([{ owner: 'nginx' }, {} as { owner: string }])
    view.apply(
      builder.delta({
        changed: [
          { id: 1, owner: 'nginx', sentBytes: 5, sendRate: 5 },
          { id: 2, owner: 'sshd' },
        ],
      }),
      0,
    )
    expect([of(1), of(2)]).toEqual(['none', 'none'])
    view.apply(builder.delta({ changed: [{ id: 1, owner: 'other' }] }), 0)
    expect(of(1)).toBe('changed')
  })

  it('keep a new row green while only its owner and counters become known', () => {
    const { builder, view, of } = started()
    view.apply(builder.delta({ added: [{ id: 3 }] }), 1000)
    view.apply(builder.delta({ changed: [{ id: 3, owner: 'curl', sentBytes: 1 }] }), 2000)
    expect(of(3)).toBe('new')
  })

  it('follow a highlight time that is changed while rows are coloured', () => {
    const { builder, view, of } = started()
    view.apply(builder.delta({ added: [{ id: 3 }] }), 1000)
    view.setHighlightMs(500)
    expect(view.nextExpiryAt()).toBe(1500)
    view.expire(1500)
    expect(of(3)).toBe('none')
  })

  it('are off at a highlight time of zero: closed rows leave at once', () => {
    const { builder, view, of } = started(undefined, { highlightMs: 0 })
    view.apply(builder.delta({ added: [{ id: 3 }], removed: [1] }), 1000)
    expect([of(1), of(3), view.visibleCount, view.nextExpiryAt()]).toEqual(['gone', 'none', 2, undefined])
  })

  it('keep closed rows for a time of their own where one is given', () => {
    const { builder, view, of } = started(undefined, { keepClosedMs: 60_000 })
    view.apply(builder.delta({ removed: [1] }), 1000)
    view.expire(60_999)
    expect(of(1)).toBe('closed')
    view.expire(61_000)
    expect(of(1)).toBe('gone')
  })

  it('leave with their row: the next row in the slot does not inherit them', () => {
    const { builder, view, of } = started()
    view.apply(builder.delta({ removed: [1] }), 1000)
    view.expire(3000)
    view.apply(builder.full([{ id: 7 }]), 3000)
    view.apply(builder.delta({ added: [{ id: 8 }] }), 9000)
    expect([of(7), of(8)]).toEqual(['none', 'new'])
  })
})

describe('a closed row', () => {
  it('still says whose it was after the engine forgot the process, and then lets go of it', () => {
    const { builder, view } = started()
    const { ref } = builder.processOf('nginx')
    const set = builder.delta({ removed: [1] })
    view.apply({ ...set, header: { ...set.header, forgottenProcesses: [ref] } }, 1000)
    expect(view.mirror.ownerOf(view.slotOfRow(1)!)?.name).toBe('nginx')
    view.expire(3000)
    expect(view.mirror.processes.has(ref)).toBe(false)
  })

  it('counts neither in the legend nor among the rows', () => {
    const { builder, view } = started()
    view.apply(builder.delta({ removed: [1] }), 1000)
    expect(view.stateCounts[stateCode('LISTEN')]).toBe(1)
    expect(view.totals).toEqual({ rows: 1, closed: 1, matching: 1, shown: 2 })
  })
})

describe('a filter by colour', () => {
  it('lets rows go when their colour ends', () => {
    const { builder, view } = started()
    view.setFilter((_mirror, slot) => view.highlightOf(slot) === 'new', { timeDependent: true })
    view.apply(builder.delta({ added: [{ id: 3 }] }), 1000)
    expect([...view.visible]).toEqual([view.slotOfRow(3)])
    view.expire(3000)
    expect(view.visibleCount).toBe(0)
  })
})

describe('a process that is told late', () => {
  it('moves its rows in a table sorted by process and wakes the filter', () => {
    const { builder, view } = started([{ owner: { pid: 10, startToken: '1' } as never }, { owner: 'm' }])
    expect([...view.visible].map((slot) => view.mirror.columns.rowId[slot])).toEqual([2, 1])
    view.setFilter((mirror, slot) => mirror.ownerOf(slot)?.name === 'a')
    expect(view.visibleCount).toBe(0)
    const set = builder.delta({})
    const record = { ...builder.processOf({ pid: 10, startToken: '1' }), name: 'a' }
    view.apply({ ...set, header: { ...set.header, processes: [record] } }, 1000)
    expect([...view.visible]).toEqual([view.slotOfRow(1)])
    view.setFilter(undefined)
    expect([...view.visible].map((slot) => view.mirror.columns.rowId[slot])).toEqual([1, 2])
  })

  it('wakes the filter for rows of which it is not the first owner', () => {
    const { builder, view } = started([{ owners: ['nginx', { pid: 10, startToken: '1' }] } as never])
    view.setFilter((mirror, slot) => mirror.ownersOf(slot).some((ref) => mirror.processes.get(ref)?.name === 'worker'))
    expect(view.visibleCount).toBe(0)
    const set = builder.delta({})
    const record = { ...builder.processOf({ pid: 10, startToken: '1' }), name: 'worker' }
    view.apply({ ...set, header: { ...set.header, processes: [record] } }, 1000)
    expect(view.visibleCount).toBe(1)
  })
})
