import { expect, test } from 'vitest'
import { usualTableLayout } from '../../../src-shared/model/table-layout.ts'
import { saveAfterMs, useTableLayout } from '../../../src-renderer/stores/table-layout.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { useWithHost } from '../support/mount-with-host.ts'

function started() {
  const host = createFakeHost()
  return { host, layout: useWithHost(host, useTableLayout) }
}

test('a change shows at once and is to be saved when no other one follows', () => {
  const { host, layout } = started()
  layout.resize('pid', 90)
  host.clock.advance(saveAfterMs - 1)
  layout.hide('user', true)
  host.clock.advance(saveAfterMs - 1)
  expect(layout.toSave).toBeUndefined()
  expect(layout.shown.some(({ id }) => id === 'user')).toBe(false)
  host.clock.advance(1)
  expect(layout.toSave?.columns.find(({ id }) => id === 'pid')?.width).toBe(90)
  expect(layout.toSave?.columns.find(({ id }) => id === 'user')?.hidden).toBe(true)
})

test('what comes from the host does not undo a change that is not saved yet', () => {
  const { host, layout } = started()
  layout.setDensity('roomy')
  layout.take({ ...usualTableLayout, density: 'compact' })
  expect(layout.density).toBe('roomy')
  host.clock.advance(saveAfterMs)
  layout.take({ ...usualTableLayout, density: 'compact' })
  expect(layout.density).toBe('compact')
})

test('order and columns are other objects only when they changed, whatever comes from the host or is changed beside them', () => {
  const { host, layout } = started()
  layout.sortBy('sent', false)
  host.clock.advance(saveAfterMs)
  const { sort, shown } = layout
  layout.take(structuredClone(layout.arrangement))
  layout.setDensity('roomy')
  layout.zoomIn()
  expect([layout.sort === sort, layout.shown === shown]).toEqual([true, true])
  layout.resize('pid', 90)
  expect([layout.sort === sort, layout.shown === shown]).toEqual([true, false])
  layout.take(usualTableLayout)
  host.clock.advance(saveAfterMs)
  layout.take(usualTableLayout)
  expect(layout.sort).toEqual({ column: 'process', descending: false })
})

test('choosing the present order is told, too: rows may have left their places', () => {
  const { layout } = started()
  const { sort } = layout
  layout.setSort({ ...sort })
  expect(layout.sort).toEqual(sort)
  expect(layout.sort).not.toBe(sort)
})

test('an arrangement that is opened takes the place of what waits to be saved', () => {
  const { host, layout } = started()
  layout.sortBy('sent', false)
  layout.zoomIn()
  layout.restore({ sort: [{ column: 'pid', descending: true }], density: 'compact' })
  const opened = { ...usualTableLayout, sort: [{ column: 'pid', descending: true }], density: 'compact', zoomPercent: 110 }
  expect([layout.arrangement, layout.toSave]).toEqual([opened, opened])
  host.clock.advance(saveAfterMs)
  expect(layout.toSave).toEqual(opened)
})

test('leaving the page saves what waits', () => {
  const { layout } = started()
  layout.zoomIn()
  layout.flush()
  expect(layout.toSave?.zoomPercent).toBe(110)
})

test('zoom stays within its bounds and goes back to normal', () => {
  const { layout } = started()
  for (let press = 0; press < 30; press += 1) layout.zoomIn()
  expect(layout.zoomPercent).toBe(200)
  for (let press = 0; press < 30; press += 1) layout.zoomOut()
  expect(layout.zoomPercent).toBe(70)
  layout.zoomReset()
  expect(layout.zoomPercent).toBe(100)
})

test('a saved order counts as far as its columns are known', () => {
  const { layout } = started()
  layout.take({
    ...usualTableLayout,
    sort: [
      { column: 'telepathy', descending: true },
      { column: 'state', descending: true },
      { column: 'pid', descending: false },
    ],
  })
  expect(layout.sort).toEqual({ column: 'state', descending: true, further: [{ column: 'pid', descending: false }] })
  layout.take(usualTableLayout)
  expect(layout.sort).toEqual({ column: 'process', descending: false })
})

test('the usual columns come back without touching order and zoom', () => {
  const { layout } = started()
  layout.sortBy('sent', false)
  layout.zoomIn()
  layout.move('sent', 'process')
  layout.resetColumns()
  expect([layout.shown[0]?.id, layout.sort.column, layout.zoomPercent]).toEqual(['process', 'sent', 110])
})
