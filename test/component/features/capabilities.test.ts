/** What a platform cannot do is greyed out with its reason, and what a source does not tell is explained. */
import { expect, test, vi } from 'vitest'
import App from '../../../src-renderer/App.vue'
import type { HostInfo } from '../../../src-shared/contract/status.ts'
import { succeed } from '../../../src-shared/contract/result.ts'
import type { RowInput } from '../../builders/mirror-builder.ts'
import { createFakeHost, usualHost } from '../support/fake-host.ts'
import { byText, mountWithHost, settle } from '../support/mount-with-host.ts'

const owner = { name: 'firefox', pid: 9, startToken: '2' }
const connection: RowInput = { local: '192.0.2.7:5000', remote: '198.51.100.3:443', owner }
const text = (selector: string): string => document.querySelector(selector)?.textContent?.trim() ?? ''

async function openedOn(row: RowInput, hostInfo: Partial<HostInfo>, source: string): Promise<ReturnType<typeof createFakeHost>> {
  const host = createFakeHost([row])
  const status = host.status()
  host.status = () => ({ ...status, source })
  host.answers.getHost = async () => succeed({ ...usualHost, ...hostInfo })
  // What the grid paints needs a size, which a document without layout does not have.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
  mountWithHost(host, App)
  await settle()
  await press('ArrowDown')
  return host
}

const press = async (key: string, options: KeyboardEventInit = {}): Promise<void> => {
  const grid = document.querySelector('[role=grid]')
  if (grid === null) throw new Error('no grid')
  grid.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options }))
  await settle()
}

const isOff = (label: string): boolean | undefined => byText('button', label)?.getAttribute('aria-disabled') === 'true'

const macos: Partial<HostInfo> = { platform: 'darwin', closeConnectionSupported: false, closeConnectionReason: 'no-call-to-close' }

test('on macOS closing is greyed out, and its key says why', async () => {
  const host = await openedOn(connection, macos, 'pcblist_n')
  expect(isOff('Close connection')).toBe(true)
  expect(isOff('End process')).toBe(false)
  await press('Delete', { shiftKey: true })
  expect(text('.toasts')).toContain("no supported way to close another program's connection. End the process instead.")
  expect(host.callsOf('closeConnections')).toEqual([])
})

test('the menu of a row carries the same reason', async () => {
  await openedOn(connection, macos, 'pcblist_n')
  document
    .querySelector('.connection-body [role=gridcell]')
    ?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: 5, clientY: 5 }))
  await settle()
  const item = [...document.querySelectorAll('[role=menuitem]')].find((each) => each.textContent?.includes('Close connection'))
  expect(item?.hasAttribute('data-disabled')).toBe(true)
  expect(item?.getAttribute('title')).toContain('no supported way to close')
})

test.each([
  ['2001:db8::', 6, true],
  ['192.0.2.', 4, false],
] as const)(
  'on Windows the question about a connection of %s says whether the call is an experiment',
  async (network, family, experiment) => {
    const ends = [`${network}1`, `${network}2`].map((address) => (family === 6 ? `[${address}]` : address))
    await openedOn({ family, local: `${ends[0]}:5000`, remote: `${ends[1]}:443`, owner }, { platform: 'win32' }, 'iphlpapi')
    await press('Delete', { shiftKey: true })
    expect(text('[role=dialog]')).toContain('443')
    expect(text('[role=dialog]').includes('undocumented call')).toBe(experiment)
  },
)

test('details explain what the source in use does not tell, and only that', async () => {
  await openedOn(connection, {}, 'procfs')
  await press('Enter')
  const untold =
    [...document.querySelectorAll('.details .section')].find((each) => each.textContent?.includes('Not told here'))?.textContent ?? ''
  expect(untold).toContain('Round tripThe source in use has no such column')
  expect(untold).toContain('CreatedThe system does not tell it.')
  expect(untold).not.toContain('Timer')
})
