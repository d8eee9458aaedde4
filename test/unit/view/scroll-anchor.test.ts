import { describe, expect, it } from 'vitest'
import { ScrollAnchor } from '../../../src-renderer/features/connection-table/scroll-anchor.ts'
import { TableView } from '../../../src-renderer/view/table-view.ts'
import { ChangeSetBuilder, type DeltaInput } from '../../builders/mirror-builder.ts'

const row = (port: number, id = port) => ({ id, local: `127.0.0.1:${port}` })

/** Ten rows with the ports 10, 20 … 100, all on screen. */
function started() {
  const builder = new ChangeSetBuilder()
  const view = new TableView({ highlightMs: 0 })
  view.setSort({ column: 'localPort', descending: false })
  view.apply(builder.full(Array.from({ length: 10 }, (_, index) => row((index + 1) * 10))), 0)
  const anchor = new ScrollAnchor(view)
  anchor.remember({ top: 0, height: 240, rowHeight: 24 }, -1)
  return { anchor, apply: (delta: DeltaInput) => view.apply(builder.delta(delta), 100) }
}

describe('the row under the pointer', () => {
  it('takes the screen along by the rows that came before it, even at the top', () => {
    const { anchor, apply } = started()
    apply({ added: [row(5), row(15), row(85)] })
    expect([anchor.shiftOfPointed(5), anchor.shiftOfPointed(9)]).toEqual([2, 3])
    expect(anchor.shift()).toBe(0)
  })

  it('stays when new rows stand right before and right after it', () => {
    const { anchor, apply } = started()
    apply({ added: [row(15), row(25), row(35), row(45), row(55), row(65), row(75)] })
    expect(anchor.shiftOfPointed(4)).toBe(4)
  })

  it('takes the screen back by the rows that went', () => {
    const { anchor, apply } = started()
    apply({ removed: [10, 20, 90] })
    expect(anchor.shiftOfPointed(4)).toBe(-2)
  })

  it('does not drag the screen along when its own figures carry it off', () => {
    const { anchor, apply } = started()
    apply({ changed: [row(1000, 50)] })
    expect(anchor.shiftOfPointed(4)).toBe(undefined)
    expect(anchor.shiftOfPointed(5)).toBe(-1)
  })

  it('is none when it went itself, or where no row is', () => {
    const { anchor, apply } = started()
    apply({ removed: [50] })
    expect([anchor.shiftOfPointed(4), anchor.shiftOfPointed(40), anchor.shiftOfPointed(-1)]).toEqual([undefined, undefined, undefined])
  })

  it('stays though it is alone', () => {
    const { anchor, apply } = started()
    apply({ removed: [10, 20, 30, 40, 60, 70, 80, 90, 100] })
    expect(anchor.shiftOfPointed(4)).toBe(-4)
  })
})

describe('closed rows below a pointer', () => {
  it('stay at their place for longer, and go at once when it leaves', () => {
    const builder = new ChangeSetBuilder()
    const view = new TableView({ highlightMs: 1000 })
    view.apply(builder.full([row(10), row(20)]), 0)
    view.apply(builder.delta({ removed: [10] }), 0)
    view.setLingerMs(3000)
    expect([view.nextExpiryAt(), view.expire(2000), view.totals.closed]).toEqual([4000, false, 1])
    view.setLingerMs(0)
    expect([view.expire(2001), view.totals.closed, view.visibleCount]).toEqual([true, 0, 1])
  })

  it('keep the name of their process as long as they stay', () => {
    const builder = new ChangeSetBuilder()
    const view = new TableView({ highlightMs: 1000 })
    view.apply(builder.full([{ id: 1, owner: 'nginx' }, row(20)]), 0)
    const owner = view.mirror.processes.keys().next().value as number
    view.setLingerMs(3000)
    const gone = builder.delta({ removed: [1] })
    view.apply({ ...gone, header: { ...gone.header, forgottenProcesses: [owner] } }, 0)
    view.apply(builder.delta({ changed: [row(20)] }), 2500)
    expect(view.mirror.ownerOf(view.slotOfRow(1) ?? -1)?.name).toBe('nginx')
    view.apply(builder.delta({ changed: [row(20)] }), 4000)
    expect([view.slotOfRow(1), view.mirror.processes.size]).toEqual([undefined, 0])
  })

  it('do not stay at all where nothing is coloured', () => {
    const builder = new ChangeSetBuilder()
    const view = new TableView({ highlightMs: 0 })
    view.apply(builder.full([row(10), row(20)]), 0)
    view.setLingerMs(3000)
    view.apply(builder.delta({ removed: [10] }), 0)
    expect([view.totals.closed, view.visibleCount]).toEqual([0, 1])
  })
})
