import { expect, test } from 'vitest'
import { createPinia, setActivePinia } from 'pinia'
import ColumnChooser from '../../../src-renderer/features/columns/ColumnChooser.vue'
import { useTableLayout } from '../../../src-renderer/stores/table-layout.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { mountWithHost, settle } from '../support/mount-with-host.ts'

const item = (id: string): HTMLElement => document.querySelector(`li[data-column="${id}"]`) as HTMLElement
const box = (id: string): HTMLInputElement => item(id).querySelector('input') as HTMLInputElement

async function opened() {
  const host = createFakeHost()
  setActivePinia(createPinia())
  const mounted = mountWithHost(host, ColumnChooser)
  const layout = useTableLayout(mounted.vm.$pinia)
  layout.setChooserOpen(true)
  await settle()
  const shown = (): string[] => layout.shown.map(({ id }) => id)
  return { layout, shown }
}

test('columns come and go by their boxes, and the last one stays', async () => {
  const { layout, shown } = await opened()
  box('executable').click()
  box('user').click()
  await settle()
  expect([shown().includes('executable'), shown().includes('user')]).toEqual([true, false])
  for (const id of shown().slice(1)) box(id).click()
  await settle()
  expect([layout.shown.length, box(shown()[0] ?? '').disabled]).toEqual([1, true])
})

test('a column moves by keyboard and keeps the keyboard', async () => {
  const { layout } = await opened()
  box('pid').focus()
  box('pid').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', ctrlKey: true, shiftKey: true, bubbles: true }))
  await settle()
  expect(layout.placed.slice(0, 2).map(({ id }) => id)).toEqual(['pid', 'process'])
  expect(document.activeElement).toBe(box('pid'))
  box('pid').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))
  await settle()
  expect(document.activeElement).toBe(box('process'))
})

test('a column moves by being dragged onto another one', async () => {
  const { layout } = await opened()
  item('state').dispatchEvent(new Event('dragstart', { bubbles: true }))
  item('process').dispatchEvent(new Event('dragover', { bubbles: true, cancelable: true }))
  item('process').dispatchEvent(new Event('drop', { bubbles: true, cancelable: true }))
  await settle()
  expect(layout.placed[0]?.id).toBe('state')
})

test('pinning and the way back to the usual columns', async () => {
  const { layout } = await opened()
  item('remoteAddress').querySelector<HTMLElement>('.pin')?.click()
  await settle()
  expect(layout.shown[0]).toMatchObject({ id: 'remoteAddress', pinned: true })
  expect(item('remoteAddress').querySelector('.pin')?.getAttribute('aria-pressed')).toBe('true')
  const usual = [...document.querySelectorAll('button')].find((button) => button.textContent?.trim() === 'Usual columns')
  usual?.click()
  await settle()
  expect(layout.shown[0]).toMatchObject({ id: 'process', pinned: false })
})
