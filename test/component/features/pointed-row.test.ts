import { mount } from '@vue/test-utils'
import { nextTick } from 'vue'
import { beforeEach, expect, it, vi } from 'vitest'
import ConnectionTable from '../../../src-renderer/features/connection-table/ConnectionTable.vue'
import { columnIds, type ColumnId } from '../../../src-renderer/view/column-id.ts'
import { columnOf } from '../../../src-renderer/view/columns.ts'
import { createCellFormat } from '../../../src-renderer/view/format.ts'
import { TableView } from '../../../src-renderer/view/table-view.ts'
import { ChangeSetBuilder, type DeltaInput } from '../../builders/mirror-builder.ts'

const format = createCellFormat({ locale: 'en', translate: (key) => key, stateText: (state) => state })
const labels = { table: 'Connections', columns: Object.fromEntries(columnIds.map((id) => [id, id])) as Record<ColumnId, string> }
const rowHeight = 24
const headerHeight = 28
const row = (port: number) => ({ id: port, local: `127.0.0.1:${port}` })

let frames: FrameRequestCallback[] = []
async function frame(): Promise<void> {
  await nextTick()
  const due = frames
  frames = []
  for (const run of due) run(0)
}
beforeEach(() => {
  frames = []
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => frames.push(run))
  vi.stubGlobal('cancelAnimationFrame', () => undefined)
})

async function started(count: number) {
  const builder = new ChangeSetBuilder()
  const view = new TableView({ highlightMs: 2000 })
  const sort = { column: 'localPort', descending: false } as const
  view.setSort(sort)
  view.apply(builder.full(Array.from({ length: count }, (_, index) => row((index + 1) * 10))), 0)
  const table = mount(ConnectionTable, { props: { view, version: 1, columns: [columnOf('localPort')], sort, format, labels } })
  let version = 1
  const apply = async (delta: DeltaInput): Promise<void> => {
    view.apply(builder.delta(delta), 1000)
    version += 1
    await table.setProps({ version })
    await frame()
  }
  const point = (type: string, index = 0): void => {
    const clientY = headerHeight + index * rowHeight + 5
    table.element.dispatchEvent(new PointerEvent(type, { clientY }))
  }
  await frame()
  const scroller = table.element as HTMLElement
  const portAt = (index: number): number =>
    view.mirror.columns.localPort[view.visible[Math.floor(scroller.scrollTop / rowHeight) + index]!]!
  return { table, apply, point, scroller, portAt }
}

it('stays at its place when rows come in above it, though the table is at its top', async () => {
  const { apply, point, scroller, portAt } = await started(200)
  point('pointermove', 4)
  await apply({ added: [row(1), row(2), row(35)] })
  expect([scroller.scrollTop, portAt(4)]).toEqual([3 * rowHeight, 50])
  await apply({ added: [row(3)] })
  expect(portAt(4)).toBe(50)
})

it('stays at its place in a table that does not fill the screen', async () => {
  const { apply, point, scroller, portAt } = await started(5)
  point('pointermove', 3)
  await apply({ added: [row(1)] })
  expect([scroller.scrollTop, portAt(3)]).toEqual([rowHeight, 40])
})

it('lets the table go back to its top when the pointer leaves, if that is where it was', async () => {
  const { table, apply, point, scroller } = await started(200)
  point('pointermove', 4)
  await apply({ added: [row(1), row(2)] })
  point('pointerleave')
  await frame()
  expect(scroller.scrollTop).toBe(0)
  expect(table.emitted('pointed')).toEqual([[true], [false]])
})

it('leaves a table where a person scrolled it', async () => {
  const { apply, point, scroller, portAt } = await started(200)
  point('pointermove', 4)
  await apply({ added: [row(1), row(2)] })
  scroller.scrollTop = 50 * rowHeight
  scroller.dispatchEvent(new Event('scroll'))
  const pointed = portAt(4)
  await apply({ added: [row(3)] })
  expect(portAt(4)).toBe(pointed)
  const { scrollTop } = scroller
  point('pointerleave')
  await frame()
  expect(scroller.scrollTop).toBe(scrollTop)
})

it('no longer counts when the pointer was left behind', async () => {
  const { apply, point, scroller } = await started(200)
  point('pointermove', 4)
  const later = performance.now() + 61_000
  vi.spyOn(performance, 'now').mockReturnValue(later)
  await apply({ added: [row(1)] })
  expect(scroller.scrollTop).toBe(0)
})

it('gives way to an order that the person chooses', async () => {
  const { table, apply, point, scroller } = await started(200)
  point('pointermove', 4)
  await apply({ added: [row(1)] })
  const { view } = table.props()
  const sort = { column: 'localPort', descending: true } as const
  view.setSort(sort)
  await table.setProps({ sort, version: 99 })
  await frame()
  expect(scroller.scrollTop).toBe(0)
})
