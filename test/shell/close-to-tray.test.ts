import { BrowserWindow } from 'electron'
import { afterAll, expect, it } from 'vitest'
import { hideWindow } from '../../src-main/electron/close-to-tray.ts'
import { standin } from '../standin/electron.ts'

afterAll(() => standin.close())

it.each([
  ['darwin', false],
  ['win32', true],
])('a hidden window on %s is in full screen still: %s', async (platform, staysLarge) => {
  const window = new BrowserWindow()
  await standin.page()
  window.setFullScreen(true)
  const order: string[] = []
  window.on('leave-full-screen', () => order.push('left full screen'))
  window.on('hide', () => order.push('hidden'))
  hideWindow(window, platform)
  expect([window.isVisible(), window.isFullScreen()]).toEqual([false, staysLarge])
  expect(order).toEqual(staysLarge ? ['hidden'] : ['left full screen', 'hidden'])
  window.destroy()
})
