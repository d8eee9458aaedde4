/** The details of the selected row: their pages, the process behind it, its figures over time, both ends, and the panel itself. */
import { expect, test, vi } from 'vitest'
import { defineComponent, h, onMounted } from 'vue'
import DetailsDock from '../../../src-renderer/features/details/DetailsDock.vue'
import { useConnections } from '../../../src-renderer/stores/connections.ts'
import { useFilters } from '../../../src-renderer/stores/filters.ts'
import { useSelection } from '../../../src-renderer/stores/selection.ts'
import { useSettings } from '../../../src-renderer/stores/settings.ts'
import type { Locale } from '../../../src-renderer/i18n/messages.ts'
import type { ProcessDetails } from '../../../src-shared/contract/process-details.ts'
import { fail, succeed } from '../../../src-shared/contract/result.ts'
import { buildStory, storyNow } from '../../builders/story-builder.ts'
import type { RowInput } from '../../builders/mirror-builder.ts'
import { createFakeHost, type FakeHost } from '../support/fake-host.ts'
import { byText, mountWithHost, settle } from '../support/mount-with-host.ts'

const text = (selector: string): string => document.querySelector(selector)?.textContent?.replaceAll(/\s+/gu, ' ').trim() ?? ''
const texts = (selector: string): string[] =>
  [...document.querySelectorAll(selector)].map((each) => each.textContent?.replaceAll(/\s+/gu, ' ').trim() ?? '')
const click = async (target: Element | null | undefined): Promise<void> => {
  target?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
  await settle()
}
const press = async (target: Element | null, key: string): Promise<void> => {
  target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  await settle()
}
const page = (name: string): Promise<void> => click(byText('[role=tab]', name))

const curl = { name: 'curl', pid: 42, startToken: '7' }
const rows: RowInput[] = [
  {
    id: 1,
    local: '192.0.2.1:40000',
    remote: '198.51.100.3:443',
    state: 'ESTABLISHED',
    owner: curl,
    receiveRate: 10,
    sendRate: 5,
    roundTripMs: 12,
  },
  { id: 2, local: '192.0.2.1:40001', remote: '198.51.100.3:80', state: 'CLOSE_WAIT', owner: curl },
  { id: 3, local: '0.0.0.0:22', state: 'LISTEN', owner: { name: 'sshd', pid: 9, startToken: '1' } },
]
const process: ProcessDetails = {
  pid: 42,
  startToken: '7',
  takenAt: storyNow,
  name: 'curl',
  executable: '/usr/bin/curl',
  executableDeleted: true,
  user: 'ana',
  workingDirectory: '/home/ana',
  state: 'sleeping',
  processorShare: 0.25,
  threads: 3,
  memoryBytes: 2_000_000,
  descriptors: { used: 12, limit: 1024 },
  parents: [
    { pid: 30, startToken: '3', name: 'bash' },
    { pid: 1, startToken: '1', name: 'systemd' },
  ],
  children: [{ pid: 50, name: 'helper' }],
  childCount: 3,
  container: { runtime: 'docker', id: 'abc' },
  unit: 'shop.service',
  otherNamespaces: ['network', 'mount'],
  untold: {},
}

interface Opened {
  readonly host: FakeHost
  readonly selection: ReturnType<typeof useSelection>
  readonly filters: ReturnType<typeof useFilters>
  /** One look later, with these rows. */
  readonly look: (changed?: RowInput[]) => Promise<void>
}

/** The dock around nothing, with the rows loaded and the first of them selected. */
async function opened({
  identity = 'c0000000000000001',
  locale = 'en',
  open = true,
}: { identity?: string; locale?: Locale; open?: boolean } = {}): Promise<Opened> {
  const host = createFakeHost(rows)
  host.answers.getConnectionStory = async () => succeed(buildStory({ state: 'ESTABLISHED', ageMs: 5000 }))
  host.answers.getProcess = async () => succeed(process)
  host.answers.getKernelSettings = async () => succeed({ takenAt: 1, means: [], unread: [], settings: [] })
  let stores: Pick<Opened, 'selection' | 'filters'> | undefined
  const root = defineComponent(() => {
    const connections = useConnections()
    const settings = useSettings()
    stores = { selection: useSelection(), filters: useFilters() }
    onMounted(() => {
      settings.start()
      connections.start()
    })
    return () => h(DetailsDock, null, { default: () => h('main') })
  })
  mountWithHost(host, root, { locale })
  await settle()
  if (stores === undefined) throw new Error('not mounted')
  const { selection } = stores
  selection.select([identity])
  if (open) selection.toggleDetails(identity)
  await settle()
  return {
    host,
    ...stores,
    look: async (changed = []) => {
      host.clock.advance(2500)
      host.answers.getChanges = async () => succeed(host.builder.delta({ changed, takenAt: host.clock.now() }))
      host.emit('looked', { ...host.status(), sequence: host.builder.sequence + 1 })
      await settle()
    },
  }
}

test('a closed panel asks for nothing and reads no row', async () => {
  const { host, look } = await opened({ open: false })
  await look()
  expect([host.callsOf('getProcess'), host.callsOf('getConnectionStory')]).toEqual([[], []])
  expect(document.querySelector('.details')).toBe(null)
})

test('only the page that is open asks; the page is kept among the settings', async () => {
  const { host } = await opened()
  expect([host.callsOf('getProcess').length, host.callsOf('getConnectionStory').length]).toEqual([0, 1])
  await page('Process')
  expect(host.callsOf('getProcess')).toEqual([{ pid: 42, startToken: '7' }])
  expect(host.settings.details.page).toBe('process')
  expect(texts('[role=tab][aria-selected=true]')).toEqual(['Process'])
})

test('the process is told in groups, with its relatives and other sockets', async () => {
  await opened()
  await page('Process')
  for (const part of [
    '/usr/bin/curl (removed or replaced since the start)',
    '/home/ana',
    'Waiting for something to do',
    '25% of one core',
    '12 of at most 1,024',
    'Docker: abc',
    'shop.service',
    'network and file systems',
    '3 children',
    'and 2 more',
  ])
    expect(text('.process')).toContain(part)
  expect(texts('.process .relative')).toEqual(['systemd (1)', 'bash (30)'])
  expect(text('.process')).toContain('One other socket')
  expect(texts('.process .row')).toEqual(['TCP 192.0.2.1:40001 → 198.51.100.3:80 CLOSE-WAIT'])
})

test('the command line is asked for only at a press, is quoted, and goes when another row is selected', async () => {
  const { host, selection } = await opened()
  host.answers.getProcess = async ({ commandLine }) =>
    succeed(commandLine === true ? { ...process, commandLine: { arguments: ['curl', '--user', "a b'c", '\u202Eevil'] } } : process)
  await page('Process')
  expect(host.callsOf('getProcess')).toEqual([{ pid: 42, startToken: '7' }])
  await click(byText('button', 'Show'))
  expect(host.callsOf('getProcess').at(-1)).toEqual({ pid: 42, startToken: '7', commandLine: true })
  expect(text('code.text')).toBe(String.raw`curl --user 'a b'\''c' '\u{202e}evil'`)
  selection.select(['c0000000000000003'])
  await settle()
  selection.select(['c0000000000000001'])
  await settle()
  expect(document.querySelector('code.text')).toBe(null)
})

test('what the system does not tell has its reason instead of a button', async () => {
  const { host } = await opened()
  const { workingDirectory: _gone, ...rest } = process
  host.answers.getProcess = async () =>
    succeed({ ...rest, untold: { commandLine: { reason: 'not-read' }, workingDirectory: { condition: 'root-or-ptrace-capability' } } })
  await page('Process')
  expect(byText('button', 'Show')).toBeUndefined()
  expect(text('.process')).toContain('For processes of other users: run as root')
})

test('a process that ended keeps what was known and says so', async () => {
  const { host, look } = await opened()
  await page('Process')
  host.answers.getProcess = async () => fail('not-found', 'gone')
  await look()
  expect(text('.process .note')).toContain('This process has ended.')
  expect(text('.process')).toContain('/home/ana')
  const asked = host.callsOf('getProcess').length
  await look()
  expect(host.callsOf('getProcess').length).toBe(asked)
})

test('a relative can be looked at, and the owner is one press away', async () => {
  const { host } = await opened()
  await page('Process')
  await click(byText('.relative', 'bash (30)'))
  expect(host.callsOf('getProcess').at(-1)).toEqual({ pid: 30, startToken: '3' })
  await click(byText('button', 'Back to the owner'))
  expect(host.callsOf('getProcess').at(-1)).toEqual({ pid: 42, startToken: '7' })
})

test('another socket of the process is jumped to, and all of them are shown', async () => {
  const { selection, filters } = await opened()
  await page('Process')
  await click(document.querySelector('.process .row'))
  expect(selection.revealed).toEqual({ identity: 'c0000000000000002' })
  await click(byText('button', 'Show all of this process'))
  expect(filters.text).toBe('pid:42')
})

test('the history tells each state with its time and how long it lasted, the present one first', async () => {
  const { host } = await opened()
  host.answers.getConnectionStory = async () =>
    succeed(
      buildStory({
        state: 'ESTABLISHED',
        role: { side: 'client', from: 'guessed' },
        path: [
          { state: 'SYN_SENT', since: storyNow - 65_000 },
          { state: 'ESTABLISHED', since: storyNow - 60_000 },
        ],
      }),
    )
  await page('History')
  expect(texts('.history tbody tr').map((line) => line.replaceAll(/\d\d:\d\d:\d\d/gu, 'T'))).toEqual([
    'ESTABLISHEDnowT1 min',
    'SYN-SENTT5 sec',
  ])
  expect(text('.history')).toContain('This side (most likely)')
})

test('the figures of a selected row are drawn over the looks made while the panel is open', async () => {
  const { look } = await opened()
  await look([{ id: 1, ...rows[0], receiveRate: 2000 }])
  await look([{ id: 1, ...rows[0], receiveRate: 3000 }])
  await page('Traffic')
  expect(texts('.chart .legend')[0]).toBe('Received 3 kB/s Sent 5 B/s')
  expect(texts('.chart .title')).toEqual(['Throughput', 'Round trip', 'Queues'])
})

test('both ends stand side by side when the other one is here, and one leads to the other', async () => {
  const { host, selection } = await opened()
  const peer = buildStory({
    state: 'CLOSE_WAIT',
    row: { id: 'c0000000000000002', owners: [{ pid: 9, name: 'web' }], receivedBytes: 9 },
  }).connection
  host.answers.getConnectionStory = async () => succeed(buildStory({ state: 'FIN_WAIT_2', peer, row: { sentBytes: 9 } }))
  await page('Both ends')
  const lines = texts('.ends tbody tr')
  expect(lines).toContain('Processcurl (42)web (9)')
  expect(lines).toContain('StateFIN-WAIT-2CLOSE-WAIT')
  await click(byText('button', 'Go to the other end'))
  expect(selection.revealed).toEqual({ identity: 'c0000000000000002' })
})

test('without another end here it says why', async () => {
  const { selection } = await opened()
  await page('Both ends')
  expect(text('.body')).toBe('The other end is not a socket that Sockscope sees on this machine.')
  selection.select(['c0000000000000003'])
  await settle()
  expect(text('.body')).toBe('This socket has no other end.')
})

test('a field and everything can be copied, the command line not among it', async () => {
  const { host } = await opened()
  host.answers.getProcess = async () => succeed({ ...process, commandLine: { arguments: ['curl', 'secret'] } })
  const written: string[] = []
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (value) => void written.push(value))
  await click(document.querySelector('[aria-label="Copy Remote"]'))
  await page('Process')
  await click(byText('button', 'Show'))
  await click(byText('button', 'Copy all'))
  expect(written[0]).toBe('198.51.100.3:443')
  expect(written[1]).toContain('curl (42)  TCP  192.0.2.1:40000 → 198.51.100.3:443')
  expect(written[1]).toContain('Remote: 198.51.100.3:443')
  expect(written[1]).not.toContain('secret')
})

test('arrow keys move between the copy buttons and between the pages', async () => {
  await opened()
  const [first, second] = document.querySelectorAll<HTMLElement>('.facts .copy')
  first?.focus()
  await press(document.activeElement, 'ArrowDown')
  expect(document.activeElement).toBe(second)
  expect(document.querySelectorAll('.facts:first-of-type .copy[tabindex="0"]').length).toBeGreaterThan(0)
  document.querySelector<HTMLElement>('[role=tab]')?.focus()
  await press(document.activeElement, 'ArrowRight')
  expect(document.activeElement?.textContent?.trim()).toBe('Process')
})

test('the panel is sized by keyboard and pointer and moved to the side, and the settings keep it', async () => {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(300)
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(800)
  const { host } = await opened()
  const edge = document.querySelector<HTMLElement>('[role=separator]')
  edge?.focus()
  await press(edge, 'ArrowUp')
  expect(host.settings.details.height).toBe(324)
  await press(edge, 'End')
  expect(host.settings.details.height).toBe(670)
  edge?.dispatchEvent(new PointerEvent('pointerdown', { clientY: 500, button: 0, bubbles: true }))
  edge?.dispatchEvent(new PointerEvent('pointermove', { clientY: 450, bubbles: true }))
  await settle()
  expect(document.querySelector<HTMLElement>('.details')?.style.height).toBe('350px')
  expect(host.settings.details.height).toBe(670)
  edge?.dispatchEvent(new PointerEvent('pointerup', { clientY: 450, bubbles: true }))
  await settle()
  expect(host.settings.details.height).toBe(350)
  edge?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
  await settle()
  expect(host.settings.details).toEqual({ dock: 'bottom', page: 'connection' })
  await click(document.querySelector('[aria-label="Show the details at the right"]'))
  expect(host.settings.details.dock).toBe('right')
  expect(document.querySelector('.dock')?.className).toContain('beside')
})

test('it speaks Chinese', async () => {
  await opened({ locale: 'zh-CN' })
  await page('进程')
  expect(text('.process')).toContain('工作目录')
  expect(texts('[role=tab]')).toEqual(['连接', '进程', '历史', '流量', '两端'])
})
