import { expect, test, vi } from 'vitest'
import { defineComponent, h, nextTick, shallowRef } from 'vue'
import LiveState from '../../../src-renderer/features/status-bar/LiveState.vue'
import { useTableHolds } from '../../../src-renderer/features/table-area/use-table-holds.ts'
import { succeed } from '../../../src-shared/contract/result.ts'
import { useConnections } from '../../../src-renderer/stores/connections.ts'
import { useStatus } from '../../../src-renderer/stores/status.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { mountWithHost, settle } from '../support/mount-with-host.ts'

async function started() {
  const host = createFakeHost([{ local: '127.0.0.1:80' }])
  const menuOpen = shallowRef(false)
  let connections: ReturnType<typeof useConnections> | undefined
  const mounted = mountWithHost(
    host,
    defineComponent(() => {
      connections = useConnections()
      connections.start()
      useStatus().start()
      useTableHolds(() => menuOpen.value)
      return () => h('div', [h('p', { id: 'words' }, 'some words'), h(LiveState)])
    }),
  )
  await settle()
  return { host, menuOpen, connections: connections as ReturnType<typeof useConnections>, mounted }
}
const sign = (): string => document.querySelector('.mode')?.textContent ?? ''

test('an open menu holds the table, says so, and lets go when it closes', async () => {
  const { menuOpen } = await started()
  expect(sign()).toBe('Live')
  menuOpen.value = true
  await settle()
  expect(sign()).toBe('Held while the menu is open')
  menuOpen.value = false
  await settle()
  expect(sign()).toBe('Live')
})

test('Ctrl holds the table as long as it is down', async () => {
  await started()
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Control', ctrlKey: true }))
  await nextTick()
  expect(sign()).toBe('Held while Ctrl is down')
  window.dispatchEvent(new KeyboardEvent('keyup', { key: 'Control' }))
  await settle()
  expect(sign()).toBe('Live')
})

test('on a Mac it is the command key that holds', async () => {
  vi.spyOn(navigator, 'platform', 'get').mockReturnValue('MacIntel')
  await started()
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Control', ctrlKey: true }))
  await nextTick()
  expect(sign()).toBe('Live')
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Meta', metaKey: true }))
  await nextTick()
  expect(sign()).toBe('Held while ⌘ is down')
  window.dispatchEvent(new KeyboardEvent('keyup', { key: 'Meta' }))
  await settle()
  expect(sign()).toBe('Live')
})

test('a release of Ctrl that nobody heard is noticed by the next move of the pointer, or by leaving the window', async () => {
  const { connections } = await started()
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Control', ctrlKey: true }))
  const move = Object.assign(new Event('pointermove'), { getModifierState: () => false })
  window.dispatchEvent(move)
  expect(connections.held).toBe(undefined)
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Control', ctrlKey: true }))
  window.dispatchEvent(new Event('blur'))
  expect(connections.held).toBe(undefined)
})

test('selected text holds the table until nothing is selected', async () => {
  await started()
  document.getSelection()?.selectAllChildren(document.querySelector('#words') as Element)
  document.dispatchEvent(new Event('selectionchange'))
  await nextTick()
  expect(sign()).toBe('Held while text is selected')
  document.getSelection()?.removeAllRanges()
  document.dispatchEvent(new Event('selectionchange'))
  await settle()
  expect(sign()).toBe('Live')
})

test('what holds the table lets go when the table goes', async () => {
  const { menuOpen, connections, mounted } = await started()
  menuOpen.value = true
  await settle()
  mounted.unmount()
  expect(connections.held).toBe(undefined)
})

test('a frozen table says how many looks and rows wait', async () => {
  const { host, connections } = await started()
  await connections.togglePause()
  const delta = host.builder.delta({ added: [{ id: 5 }, { id: 6 }], removed: [1] })
  host.answers.getChanges = async () => succeed(delta)
  host.emit('looked', host.status())
  await settle()
  expect(sign()).toBe('Paused')
  expect(document.querySelector('.waiting')?.textContent).toBe('1 look is waiting: 2 new, 0 changed, 1 closed')
})
