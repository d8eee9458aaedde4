import { describe, expect, it } from 'vitest'
import { RowSelection } from '../../../src-renderer/features/connection-table/row-selection.ts'
import { ScrollAnchor } from '../../../src-renderer/features/connection-table/scroll-anchor.ts'
import { TableView } from '../../../src-renderer/view/table-view.ts'
import { ChangeSetBuilder, type RowInput } from '../../builders/mirror-builder.ts'

const rowHeight = 24
const port = (local: number, rest: RowInput = {}): RowInput => ({ local: `127.0.0.1:${local}`, ...rest })

/** A table sorted by local port, so that rows can be put above others at will. */
function started(ports: readonly number[]) {
  const builder = new ChangeSetBuilder()
  const view = new TableView({ highlightMs: 0 })
  view.setSort({ column: 'localPort', descending: false })
  view.apply(builder.full(ports.map((local) => port(local))), 0)
  return { builder, view, selection: new RowSelection(view) }
}

const portsOf = ({ view, selection }: { view: TableView; selection: RowSelection }): number[] =>
  selection.slots().map((slot) => view.mirror.columns.localPort[slot]!)

describe('the selection', () => {
  it('follows connections when rows are inserted above them', () => {
    const table = started([100, 200, 300])
    table.selection.selectOnly(1)
    table.view.apply(table.builder.delta({ added: [port(50), port(60)] }), 1)
    expect(table.selection.follow()).toBe(false)
    expect([portsOf(table), table.selection.activeIndex]).toEqual([[200], 3])
  })

  it('extends from where the range began, wherever that row is now', () => {
    const table = started([100, 200, 300, 400])
    table.selection.selectOnly(1)
    table.view.apply(table.builder.delta({ added: [port(50)] }), 1)
    table.selection.follow()
    table.selection.extendTo(4)
    expect(portsOf(table)).toEqual([200, 300, 400])
    table.selection.extendTo(1)
    expect(portsOf(table)).toEqual([100, 200])
  })

  it('toggles single rows and adds ranges to them', () => {
    const table = started([1, 2, 3, 4, 5, 6])
    table.selection.selectOnly(0)
    table.selection.toggle(3)
    table.selection.extendTo(5, true)
    expect(portsOf(table)).toEqual([1, 4, 5, 6])
    table.selection.toggle(4)
    expect(portsOf(table)).toEqual([1, 4, 6])
    table.selection.selectAll()
    expect(table.selection.size).toBe(6)
  })

  it('lets go of rows that close or that a filter hides, and says so', () => {
    const table = started([100, 200, 300])
    table.selection.selectAll()
    table.view.apply(table.builder.delta({ removed: [2] }), 1)
    expect(table.selection.follow()).toBe(true)
    expect(portsOf(table)).toEqual([100, 300])
    table.view.setFilter(({ columns }, slot) => columns.localPort[slot]! > 200)
    expect(table.selection.follow()).toBe(true)
    expect([portsOf(table), table.selection.identities()]).toEqual([[300], ['c0000000000000003']])
    expect(table.selection.follow()).toBe(false)
  })

  it('finds connections again by identity when the engine was restarted and row ids mean other rows', () => {
    const table = started([100, 200, 300])
    table.selection.selectOnly(1)
    const again = new ChangeSetBuilder('another-session')
    table.view.apply(
      again.full([port(150, { identityLow: 77 }), port(200, { identityLow: 2 }), port(99, { identityLow: 2, identityHigh: 1 })]),
      1,
    )
    table.selection.follow()
    expect([portsOf(table), table.selection.activeIndex]).toEqual([[200], 2])
  })

  it('finds a connection that closed and came back as another row', () => {
    const table = started([100, 200])
    table.selection.selectOnly(0)
    table.view.apply(table.builder.delta({ removed: [1], added: [port(300, { id: 9, identityLow: 1 })] }), 1)
    expect(table.selection.follow()).toBe(true)
    expect(portsOf(table)).toEqual([300])
  })

  it('keeps the order in which rows were selected when others among them go or come back as other rows', () => {
    const table = started([100, 200, 300, 400, 500])
    for (const index of [4, 3, 0, 2]) table.selection.toggle(index)
    table.view.apply(table.builder.delta({ removed: [4] }), 1)
    expect(table.selection.follow()).toBe(true)
    expect(table.selection.identities()).toEqual(['c0000000000000005', 'c0000000000000001', 'c0000000000000003'])
    table.view.apply(table.builder.delta({ removed: [1], added: [port(600, { id: 9, identityLow: 1 })] }), 2)
    expect(table.selection.follow()).toBe(true)
    expect(table.selection.identities()).toEqual(['c0000000000000005', 'c0000000000000001', 'c0000000000000003'])
    expect(portsOf(table)).toEqual([300, 500, 600])
  })

  it('puts the row with the focus last, upwards and when everything is selected, too', () => {
    const table = started([100, 200, 300, 400])
    table.selection.selectOnly(2)
    table.selection.extendTo(0)
    expect(table.selection.identities().at(-1)).toBe('c0000000000000001')
    table.selection.selectAll()
    expect([table.selection.size, table.selection.identities().at(-1)]).toEqual([4, 'c0000000000000001'])
  })

  it('finds its rows again after a full set that gave them other places', () => {
    const table = started([100, 200, 300])
    table.selection.toggle(2)
    table.selection.toggle(0)
    table.view.apply(
      table.builder.full([port(300, { id: 3, identityLow: 3 }), port(50, { id: 7, identityLow: 7 }), port(100, { id: 1, identityLow: 1 })]),
      1,
    )
    table.selection.follow()
    expect([portsOf(table), table.selection.identities()]).toEqual([
      [100, 300],
      ['c0000000000000003', 'c0000000000000001'],
    ])
    expect(table.selection.follow()).toBe(false)
  })

  it('leaves the focus in place when its row goes', () => {
    const table = started([100, 200, 300])
    table.selection.selectOnly(2)
    table.view.apply(table.builder.delta({ removed: [3] }), 1)
    table.selection.follow()
    expect([table.selection.activeIndex, table.selection.size]).toEqual([1, 0])
  })
})

describe('the scroll anchor', () => {
  const many = Array.from({ length: 100 }, (_, index) => 1000 + index * 10)

  it('moves along with the rows on screen when others are inserted above', () => {
    const { builder, view } = started(many)
    const anchor = new ScrollAnchor(view)
    anchor.remember({ top: 40 * rowHeight, height: 10 * rowHeight, rowHeight }, -1)
    view.apply(builder.delta({ added: [port(1001), port(1002), port(1999)], removed: [1] }), 1)
    expect(anchor.shift()).toBe(1)
  })

  it('holds the topmost row when rows are inserted within the screen', () => {
    const { builder, view } = started(many)
    const anchor = new ScrollAnchor(view)
    anchor.remember({ top: 40 * rowHeight, height: 10 * rowHeight, rowHeight }, -1)
    view.apply(builder.delta({ added: [port(1001), port(1411), port(1412), port(1413)] }), 1)
    expect(anchor.shift()).toBe(1)
  })

  it('holds the next row when the topmost one closes', () => {
    const { builder, view } = started(many)
    const anchor = new ScrollAnchor(view)
    anchor.remember({ top: 40 * rowHeight, height: 10 * rowHeight, rowHeight }, -1)
    view.apply(builder.delta({ added: [port(1001), port(1002)], removed: [41] }), 1)
    expect(anchor.shift()).toBe(1) // the second row takes the first one's line
  })

  it('stays when the reader has not left the top', () => {
    const { builder, view } = started(many)
    const anchor = new ScrollAnchor(view)
    anchor.remember({ top: 0, height: 10 * rowHeight, rowHeight }, -1)
    view.apply(builder.delta({ added: [port(1), port(2)] }), 1)
    expect(anchor.shift()).toBe(0)
  })

  it('keeps the row with the focus in place even at the top', () => {
    const { builder, view } = started(many)
    const anchor = new ScrollAnchor(view)
    anchor.remember({ top: 0, height: 10 * rowHeight, rowHeight }, 4)
    view.apply(builder.delta({ added: [port(1), port(2)] }), 1)
    expect(anchor.shift()).toBe(2)
  })

  it('is not dragged away by single rows that leap', () => {
    const { builder, view } = started(many)
    const anchor = new ScrollAnchor(view)
    anchor.remember({ top: 40 * rowHeight, height: 10 * rowHeight, rowHeight }, -1)
    view.apply(builder.delta({ changed: [port(9000, { id: 41 }), port(9001, { id: 42 })] }), 1)
    expect(Math.abs(anchor.shift())).toBeLessThanOrEqual(2)
  })
})

describe('the row of an identity', () => {
  it('is found for many at once, filtered away or closed, in the order of the table', () => {
    const { builder, view } = started([300, 100, 200])
    view.setHighlightMs(1000)
    view.setFilter(({ columns }, slot) => columns.localPort[slot] === 100)
    view.apply(builder.delta({ removed: [3] }), 1)
    const all = ['c0000000000000001', 'c0000000000000002', 'c0000000000000003']
    expect(view.slotsOfIdentities(all).map((slot) => view.mirror.columns.localPort[slot])).toEqual([100, 200, 300])
    expect(view.slotsOfIdentities([])).toEqual([])
  })

  it('is found among live rows first, then among closed ones, and not for text that is none', () => {
    const builder = new ChangeSetBuilder()
    const view = new TableView({ highlightMs: 1000 })
    view.apply(builder.full([{ identityLow: 5 }, { identityLow: 5, identityHigh: 1 }]), 0)
    expect(view.slotOfIdentity('c0000000100000005')).toBe(view.slotOfRow(2))
    view.apply(builder.delta({ removed: [1] }), 10)
    expect(view.slotOfIdentity('c0000000000000005')).toBe(view.slotOfRow(1))
    view.apply(builder.delta({ added: [{ id: 3, identityLow: 5 }] }), 20)
    expect(view.slotOfIdentity('c0000000000000005')).toBe(view.slotOfRow(3))
    expect([view.slotOfIdentity('t0000000000000005'), view.slotOfIdentity('nonsense')]).toEqual([undefined, undefined])
    const found = view.slotsOfIdentities(['c0000000100000005', 'c0000000000000005', 'nonsense', 'c00000000000000ff'])
    expect(new Set(found)).toEqual(new Set([2, 3].map((id) => view.slotOfRow(id))))
    view.expire(2000)
    view.apply(builder.delta({ removed: [3] }), 3000)
    view.expire(9000)
    expect(view.slotOfIdentity('c0000000000000005')).toBeUndefined()
  })
})
