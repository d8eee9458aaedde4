import { enableAutoUnmount, mount, type VueWrapper } from '@vue/test-utils'
import { nextTick } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import ConnectionTable from '../../../src-renderer/features/connection-table/ConnectionTable.vue'
import { stateSymbolId } from '../../../src-renderer/features/connection-table/state-symbol.ts'
import type { ConnectionTableProps, MenuRequest } from '../../../src-renderer/features/connection-table/table-types.ts'
import { columnIds, type ColumnId } from '../../../src-renderer/view/column-id.ts'
import { columnOf } from '../../../src-renderer/view/columns.ts'
import { createCellFormat } from '../../../src-renderer/view/format.ts'
import { TableView, type SortOrder } from '../../../src-renderer/view/table-view.ts'
import { stateCode } from '../../../src-shared/model/tcp-state.ts'
import { ChangeSetBuilder, type DeltaInput, type RowInput } from '../../builders/mirror-builder.ts'

const format = createCellFormat({ locale: 'en', translate: (key) => key, stateText: (state) => state })
const labels = {
  table: 'Connections',
  columns: Object.fromEntries(columnIds.map((id) => [id, `title of ${id}`])) as Record<ColumnId, string>,
}
const port = (local: number, rest: RowInput = {}): RowInput => ({ local: `127.0.0.1:${local}`, ...rest })

let frames: FrameRequestCallback[] = []
/** Runs what waits for the next frame. */
async function frame(): Promise<void> {
  await nextTick()
  const due = frames
  frames = []
  for (const run of due) run(0)
}

// A table that is left over listens to the window, and paints in the frames of the tests that follow.
enableAutoUnmount(afterEach)

beforeEach(() => {
  frames = []
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => frames.push(run))
  vi.stubGlobal('cancelAnimationFrame', () => undefined)
})

async function started(rows: readonly RowInput[], more: Partial<ConnectionTableProps> = {}) {
  const builder = new ChangeSetBuilder()
  const view = new TableView({ highlightMs: 2000 })
  const sort: SortOrder = { column: 'localPort', descending: false }
  view.setSort(sort)
  view.apply(builder.full(rows), 0)
  const columns = [columnOf('process'), columnOf('state'), columnOf('localPort')]
  const table = mount(ConnectionTable, { props: { view, version: 1, columns, sort, format, labels, ...more } })
  let version = 1
  const apply = async (delta: DeltaInput): Promise<void> => {
    view.apply(builder.delta(delta), 1000)
    version += 1
    await table.setProps({ version })
    await frame()
  }
  await frame()
  return { table, view, apply }
}

const rowIndex = (row: HTMLElement): number => Number(row.getAttribute('aria-rowindex'))

/** The painted rows from top to bottom. */
function painted(table: VueWrapper): HTMLElement[] {
  const rows = table.findAll('.connection-row').map((row) => row.element as HTMLElement)
  return rows.filter((row) => !row.hidden).toSorted((a, b) => rowIndex(a) - rowIndex(b))
}
const portOf = (row: HTMLElement | undefined): string => row?.querySelector('.cell-localPort')?.textContent ?? ''
const symbolOf = (row: HTMLElement): string => row.querySelector('.pill-symbol use')?.getAttribute('href') ?? 'none'
const selectedPorts = (table: VueWrapper): string[] =>
  painted(table)
    .filter((row) => row.getAttribute('aria-selected') === 'true')
    .map(portOf)
const press = (row: HTMLElement | undefined, how: MouseEventInit = {}): void => {
  row?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, button: 0, ...how }))
}

const pointer = (type: string, clientX: number): PointerEvent => new PointerEvent(type, { bubbles: true, button: 0, pointerId: 1, clientX })

describe('the connection table', () => {
  it('is a grid that says how many rows there are and which one has the focus', async () => {
    const { table } = await started([port(10), port(20)])
    expect(table.attributes()).toMatchObject({
      role: 'grid',
      'aria-label': 'Connections',
      'aria-rowcount': '3',
      'aria-colcount': String(columnIds.length),
    })
    await table.trigger('keydown', { key: 'ArrowDown' })
    const active = painted(table)[0]
    expect([portOf(active), table.attributes('aria-activedescendant')]).toEqual(['10', active?.id])
    expect(painted(table).map((row) => row.getAttribute('aria-rowindex'))).toEqual(['2', '3'])
  })

  it('paints a screen of rows however many there are', async () => {
    const { table } = await started(Array.from({ length: 3000 }, (_, index) => port(1000 + index)))
    expect(painted(table).length).toBeLessThan(50)
    expect((table.find('.connection-body').element as HTMLElement).style.height).toBe('72000px')
  })

  it('colours what is new, changed and closed, and the state by its name', async () => {
    const { table, apply } = await started([port(10), port(20), port(30)])
    await apply({ added: [port(15)], changed: [port(10, { id: 1, state: 'TIME_WAIT' })], removed: [2] })
    const classes = painted(table).map((row) => [portOf(row), ...row.classList].join(' '))
    expect(classes).toEqual([
      '10 connection-row row-changed',
      '15 connection-row row-new',
      '20 connection-row row-closed',
      '30 connection-row',
    ])
    expect(table.find('.row-changed .state-pill').classes()).toContain('state-time-wait')
  })

  it('lets names of processes be nothing but text', async () => {
    const name = '<img src=x onerror=alert(1)>'
    const { table } = await started([port(10, { owner: { name, pid: 1 } })])
    expect(table.find('.cell-process').text()).toBe(name)
    expect(table.find('img').exists()).toBe(false)
  })

  it('keeps the element and the selection of a row that moves', async () => {
    const { table, apply } = await started([port(10), port(20)])
    press(painted(table)[1])
    await frame()
    const element = painted(table)[1]
    await apply({ added: [port(5), port(6)] })
    expect([selectedPorts(table), painted(table)[3] === element]).toEqual([['20'], true])
    expect(table.emitted('update:selection')).toEqual([[['c0000000000000002']]])
  })

  it('acts on the row that was on screen when the button went down, not on what came in since', async () => {
    const { table, view } = await started([port(10), port(20)])
    const row = painted(table)[0]
    view.apply(new ChangeSetBuilder('another-session').full([port(1), port(2)]), 0) // row 1 is another one now; not painted yet
    press(row)
    await frame()
    expect(table.emitted('update:selection')).toBeUndefined()
  })

  it('selects ranges with Shift, single rows with Ctrl and everything with Ctrl+A', async () => {
    const { table } = await started([port(10), port(20), port(30), port(40)])
    press(painted(table)[0])
    press(painted(table)[2], { shiftKey: true })
    await frame()
    expect(selectedPorts(table)).toEqual(['10', '20', '30'])
    press(painted(table)[1], { ctrlKey: true })
    await frame()
    expect(selectedPorts(table)).toEqual(['10', '30'])
    await table.trigger('keydown', { key: 'a', ctrlKey: true })
    await frame()
    expect(selectedPorts(table)).toEqual(['10', '20', '30', '40'])
  })

  it('opens the menu on the selection, or on the row under the pointer when that is not part of it', async () => {
    const { table, view } = await started([port(10), port(20), port(30)])
    press(painted(table)[0])
    press(painted(table)[1], { ctrlKey: true })
    const open = (index: number): void => {
      painted(table)[index]?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, button: 2, clientX: 7, clientY: 9 }))
    }
    open(1)
    open(2)
    const requests = table.emitted<[MenuRequest]>('open-menu')?.map(([{ slots, slot, x, y }]) => ({ slots, slot, x, y }))
    const [first, second, third] = [...view.visible]
    expect(requests).toEqual([
      { slots: [first, second], slot: second, x: 7, y: 9 },
      { slots: [third], slot: third, x: 7, y: 9 },
    ])
  })

  it('activates by Enter and double click', async () => {
    const { table, view } = await started([port(10), port(20)])
    await table.trigger('keydown', { key: 'End' })
    await table.trigger('keydown', { key: 'Enter' })
    painted(table)[0]?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
    expect(table.emitted('activate')).toEqual([[view.visible[1]], [view.visible[0]]])
  })

  it('asks for another order by its header buttons', async () => {
    const { table } = await started([port(10)], { columns: [columnOf('localPort'), columnOf('sent')] })
    const [byPort, bySent] = table.findAll('.connection-sort')
    await byPort?.trigger('click')
    await bySent?.trigger('click')
    expect(table.emitted('update:sort')).toEqual([[{ column: 'localPort', descending: true }], [{ column: 'sent', descending: true }]])
    expect(table.findAll('[role=columnheader]').map((header) => header.attributes('aria-sort'))).toEqual(['ascending', 'none'])
  })

  it('shows other columns and classes when they are given', async () => {
    const { table } = await started([port(10)], { rowClass: (slot) => `mine-${slot}` })
    expect(painted(table)[0]?.classList.contains('mine-0')).toBe(true)
    await table.setProps({ columns: [columnOf('localAddress')] })
    await frame()
    expect(painted(table)[0]?.textContent).toBe('127.0.0.1')
  })

  it('reads single cells out, and the titles above the first row', async () => {
    const { table } = await started([port(10), port(20)])
    const pointedAt = (): string => document.getElementById(table.attributes('aria-activedescendant') ?? '')?.textContent?.trim() ?? ''
    document.body.append(table.element)
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await table.trigger('keydown', { key })
    await frame()
    expect([pointedAt(), table.find('.cell-active').classes()]).toEqual(['10', expect.arrayContaining(['cell-localPort'])])
    await table.trigger('keydown', { key: 'ArrowUp' })
    await frame()
    expect(pointedAt()).toBe('title of localPort')
    await table.trigger('keydown', { key: 'Home' })
    await frame()
    expect([pointedAt(), table.findAll('.cell-active').length]).toEqual(['title of process', 0])
    await table.trigger('keydown', { key: 'ArrowDown' })
    await frame()
    expect(table.find('.cell-active').classes()).toContain('cell-process')
    table.element.remove()
  })

  it('sorts, moves and resizes columns by keyboard from their titles', async () => {
    const { table } = await started([port(10)])
    await table.trigger('keydown', { key: 'ArrowUp' })
    await table.trigger('keydown', { key: 'ArrowRight' })
    await table.trigger('keydown', { key: 'Enter' })
    await table.trigger('keydown', { key: 'Enter', shiftKey: true })
    await table.trigger('keydown', { key: 'ArrowLeft', ctrlKey: true, shiftKey: true })
    await table.trigger('keydown', { key: 'ArrowRight', altKey: true })
    expect(table.emitted('update:sort')).toEqual([
      [{ column: 'state', descending: false }],
      [{ column: 'localPort', descending: false, further: [{ column: 'state', descending: false }] }],
    ])
    expect(table.emitted('step-column')).toEqual([['state', -1]])
    expect(table.emitted('resize-column')).toEqual([['state', columnOf('state').width + 8]])
  })

  it('numbers the columns when several are sorted by, and keeps aria-sort to the first', async () => {
    const sort: SortOrder = { column: 'state', descending: true, further: [{ column: 'localPort', descending: false }] }
    const { table } = await started([port(10)], {
      sort,
      labels: { ...labels, sorted: (place, descending) => `${place} ${descending ? 'down' : 'up'}` },
    })
    const titles = table.findAll('[role=columnheader]').map((title) => title.attributes())
    expect(titles.map((title) => title['aria-sort'])).toEqual(['none', 'descending', 'none'])
    expect(titles.map((title) => title['aria-description'])).toEqual([undefined, undefined, '2 up'])
    expect(table.findAll('.sort-place').map((place) => place.text())).toEqual(['1', '2'])
  })

  it('sorts by another column as well when Shift is held', async () => {
    const { table } = await started([port(10)])
    await table.findAll('.connection-sort')[1]?.trigger('click', { shiftKey: true })
    expect(table.emitted('update:sort')).toEqual([
      [{ column: 'localPort', descending: false, further: [{ column: 'state', descending: false }] }],
    ])
  })

  it('tells places among all columns, also those that are hidden', async () => {
    const { table } = await started([port(10)])
    const places = [...(painted(table)[0]?.children ?? [])].map((cell) => Number(cell.getAttribute('aria-colindex')))
    expect(places).toEqual(['process', 'state', 'localPort'].map((id) => columnIds.indexOf(id as ColumnId) + 1))
    expect(table.findAll('[role=columnheader]').map((title) => Number(title.attributes('aria-colindex')))).toEqual(places)
  })

  it('keeps pinned columns at the start, one behind the other', async () => {
    const columns = [{ ...columnOf('process'), pinned: true }, { ...columnOf('pid'), pinned: true }, columnOf('localPort')]
    const { table } = await started([port(10)], { columns })
    const cells = [...(painted(table)[0]?.querySelectorAll<HTMLElement>('.cell-pinned') ?? [])]
    expect(cells.map((cell) => cell.style.left)).toEqual(['var(--pinned-0)', 'var(--pinned-1)'])
    expect((table.element as HTMLElement).style.getPropertyValue('--pinned-1')).toBe(`${columnOf('process').width}px`)
  })

  it('makes rows and columns larger together', async () => {
    const { table } = await started([port(10), port(20), port(30)], { density: 'roomy', zoomPercent: 150 })
    expect(painted(table)[2]?.style.transform).toBe('translateY(96px)')
    expect((table.element as HTMLElement).style.getPropertyValue('--tracks')).toContain(`${columnOf('process').width * 1.5}px`)
    await table.setProps({ density: 'compact', zoomPercent: 100 })
    await frame()
    expect(painted(table)[2]?.style.transform).toBe('translateY(40px)')
  })

  it('shows exact values while Alt is held', async () => {
    const { table } = await started([port(10, { sentBytes: 1_234_567 })], { columns: [columnOf('sent')] })
    expect(painted(table)[0]?.textContent).toBe('1.2 MB')
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Alt' }))
    await frame()
    expect(painted(table)[0]?.textContent).toBe('1,234,567 B')
    window.dispatchEvent(new Event('blur'))
    await frame()
    expect(painted(table)[0]?.textContent).toBe('1.2 MB')
  })

  it('gives the exact value of the cell under the pointer, and nothing to cells it has left', async () => {
    const { table } = await started([port(10, { sentBytes: 1_234_567 })], { columns: [columnOf('sent')] })
    const cell = painted(table)[0]?.firstElementChild as HTMLElement
    cell.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))
    expect(cell.title).toBe('1,234,567 B')
    cell.dispatchEvent(new MouseEvent('mouseout', { bubbles: true }))
    expect(cell.title).toBe('')
  })

  it('shows a symbol in the pill of a state, and none without one', async () => {
    const { table } = await started([port(10, { state: 'LISTEN' }), port(20, { protocol: 'udp' })])
    const symbols = Object.fromEntries(painted(table).map((row) => [portOf(row), symbolOf(row)]))
    const listening = `#${stateSymbolId(stateCode('LISTEN'))}`
    expect(symbols).toEqual({ 10: listening, 20: 'none' })
    expect(table.findAll(listening).length).toBe(1)
  })

  it('says where a title is dropped and how wide its edge was drawn', async () => {
    const { table } = await started([port(10)])
    table.findAll('.connection-title').forEach((title, index) => {
      title.element.getBoundingClientRect = () => new DOMRect(index * 100, 0, 100, 28)
    })
    const [process, state] = table.findAll('.connection-sort').map((button) => button.element)
    process?.dispatchEvent(pointer('pointerdown', 50))
    window.dispatchEvent(pointer('pointermove', 210))
    await nextTick()
    expect(table.find('.drop-before').attributes('data-column')).toBe('localPort')
    window.dispatchEvent(pointer('pointerup', 210))
    ;(process as HTMLElement).click() // the click that ends a drag is none
    state?.parentElement?.querySelector('.connection-edge')?.dispatchEvent(pointer('pointerdown', 200))
    window.dispatchEvent(pointer('pointermove', 230))
    window.dispatchEvent(pointer('pointerup', 230))
    expect(table.emitted('move-column')).toEqual([['process', 'localPort']])
    expect(table.emitted('resize-column')).toEqual([['state', columnOf('state').width + 30]])
    expect(table.emitted('update:sort')).toBeUndefined()
  })
})
