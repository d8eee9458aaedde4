import { expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import type { TraceStatus } from '../../../src-shared/contract/trace.ts'
import { fail, succeed } from '../../../src-shared/contract/result.ts'
import { connectionAt } from '../../../src-shared/model/connection.ts'
import TraceDialog from '../../../src-renderer/features/trace/TraceDialog.vue'
import TraceButton from '../../../src-renderer/features/trace/TraceButton.vue'
import type { Locale } from '../../../src-renderer/i18n/messages.ts'
import { useConnections } from '../../../src-renderer/stores/connections.ts'
import { useStatus } from '../../../src-renderer/stores/status.ts'
import { useTrace } from '../../../src-renderer/stores/trace.ts'
import { Conversation } from '../../builders/conversation-builder.ts'
import { buildMirror, type RowInput } from '../../builders/mirror-builder.ts'
import { createFakeHost, usualHost } from '../support/fake-host.ts'
import { byText, mountWithHost, settle } from '../support/mount-with-host.ts'

const row: RowInput = { local: '127.0.0.1:40000', remote: '127.0.0.1:443' }
const connection = connectionAt(buildMirror([row]), 0)
const { packets } = new Conversation().opened().out('P', 1, 1, { data: 18 }).out('P', 1, 1, { data: 18, afterMs: 300 }).in('R', 1, 19)
const running: TraceStatus = {
  trace: 't1',
  state: 'running',
  local: connection.local,
  remote: connection.remote!,
  interface: 'lo',
  startedAt: 1000,
  endsAt: 61_000,
  packets: 0,
  limit: 500,
}

async function opened(locale: Locale = 'en', { withTable = false } = {}) {
  const host = createFakeHost([row])
  let status = running
  let shown = 0
  host.answers.startTrace = async () => succeed(status)
  host.answers.getTrace = async ({ from }) => succeed({ status: { ...status, packets: shown }, packets: packets.slice(from, shown) })
  host.answers.stopTrace = async () => {
    status = { ...status, state: 'finished' }
    return succeed(status)
  }
  let trace: ReturnType<typeof useTrace> | undefined
  const holder = defineComponent(() => {
    trace = useTrace()
    if (withTable) useConnections().start()
    useStatus().start()
    return () => h(TraceDialog)
  })
  mountWithHost(host, holder, { locale })
  await settle()
  trace!.open(connection)
  await settle()
  return {
    host,
    trace: trace!,
    become: (next: Partial<TraceStatus>) => (status = { ...status, ...next }),
    show: async (count: number): Promise<void> => {
      shown = count
      host.clock.advance(400)
      await settle()
    },
  }
}
const dialogText = (): string => document.querySelector('[role=dialog]')?.textContent ?? ''
const steps = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.step')]
const key = async (name: string): Promise<void> => {
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }))
  await settle()
}
const press = async (text: string): Promise<void> => {
  const button = byText('button', text)
  if (button === undefined) throw new Error(`no button says ${text}: ${dialogText()}`)
  button.click()
  await settle()
}

test('says what is kept, takes limits, and starts with them', async () => {
  const { host, trace } = await opened()
  expect(dialogText()).toContain('127.0.0.1:40000 and 127.0.0.1:443')
  expect(dialogText()).toContain('neither kept nor shown')
  trace.setLimits({ seconds: 30, packets: 100 })
  await settle()
  expect([...document.querySelectorAll('select')].map(({ value }) => value)).toEqual(['30', '100'])
  await press('Start')
  expect(host.callsOf('startTrace')).toEqual([{ id: connection.id, seconds: 30, packets: 100 }])
  expect(dialogText()).toContain('No packet yet')
})

test('draws the steps as they come, marks what is remarkable in words, and explains the last one', async () => {
  const { show } = await opened()
  await press('Start')
  await show(3)
  expect(steps()).toHaveLength(3)
  expect(steps()[0]?.textContent).toContain('SYN-SENT')
  expect(dialogText()).toContain('Tracing on lo: 3 of at most 500 packets')
  await show(packets.length)
  expect(steps().map((step) => step.className.includes('local'))).toEqual([true, false, true, true, true, false])
  expect(steps()[4]?.querySelector('.label')?.textContent).toContain('sent again')
  expect(steps()[4]?.querySelector('.arrow')?.className).toContain('again')
  expect(steps()[5]?.querySelector('.arrow')?.className).toContain('reset')
  expect(document.querySelector('.explanation')?.textContent).toContain('RST: the other end aborts')
})

test('reads as a list: each step is one stop with all that it means, and the arrow keys go through them', async () => {
  const { show } = await opened()
  await press('Start')
  await show(packets.length)
  expect(steps().filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1)
  // What is seen comes first, so that it can be said to a voice control; what the arrow says follows.
  const name = steps()[0]?.textContent?.replaceAll(/\s+/gu, ' ')
  expect(name).toMatch(/^0\.0000 ?SYN-SENT ?\[S\] seq 0 ?(?:LISTEN)? ?\. this end sends\. SYN: this end calls .* SYN_SENT\.$/)
  steps()[0]?.focus()
  await key('ArrowDown')
  expect(document.activeElement).toBe(steps()[1])
  expect(document.querySelector('.explanation')?.textContent).toContain('SYN and ACK: the other end takes the call')
  await key('End')
  expect(document.activeElement).toBe(steps().at(-1))
  await key('Home')
  expect(document.activeElement).toBe(steps()[0])
  steps()[3]?.dispatchEvent(new MouseEvent('mouseenter'))
  await settle()
  expect(document.querySelector('.explanation')?.textContent).toContain('sends 18 bytes of data')
})

test('stops when told, sums up, and saves the headers as a file', async () => {
  const { host, show } = await opened()
  await press('Start')
  await show(packets.length)
  await press('Stop')
  expect(host.callsOf('stopTrace')).toEqual([{ trace: 't1' }])
  await show(packets.length)
  expect(dialogText()).toContain('It was aborted by the other end with a reset.')
  expect(dialogText()).toContain('opened by this end · round trip 10.000 ms')
  expect(dialogText()).toContain('1 of 3 segments sent again')
  const saved: { name: string; bytes: Blob }[] = []
  const make = vi.spyOn(URL, 'createObjectURL').mockImplementation((bytes) => {
    saved.push({ name: '', bytes: bytes as Blob })
    return 'blob:here'
  })
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved[0] = { name: this.download, bytes: saved[0]!.bytes }
  })
  host.answers.getTraceFile = async () => succeed({ bytes: Uint8Array.of(1, 2, 3), name: 'talk.pcap' })
  await press('Save as pcap')
  expect([saved[0]?.name, saved[0]?.bytes.size]).toEqual(['talk.pcap', 3])
  host.answers.getTraceFile = async () => fail('not-found', 'gone')
  await press('Save as pcap')
  expect(dialogText()).toContain('does not exist any more')
  make.mockRestore()
  click.mockRestore()
})

test('closing the dialog ends the trace, also one that is only just starting', async () => {
  const { host, trace, become } = await opened()
  await press('Start')
  trace.close()
  await settle()
  expect(host.callsOf('stopTrace')).toEqual([{ trace: 't1' }])
  become({ state: 'running' })
  trace.open(connection)
  const starting = trace.start()
  trace.close()
  await starting
  await settle()
  expect(host.callsOf('stopTrace')).toHaveLength(2)
  expect(host.clock.waiting()).toEqual([])
})

test.each([
  ['tcpdump-missing', 'sudo apt-get install tcpdump'],
  ['not-permitted', 'setcap cap_net_raw'],
] as const)('says what is missing (%s) and the command that helps', async (problem, command) => {
  const { become } = await opened()
  become({ state: 'failed', problem, reason: 'Operation not permitted' })
  await press('Start')
  const alert = document.querySelector('.problem')
  expect(alert?.getAttribute('role')).toBe('alert')
  expect(alert?.textContent).toContain('tcpdump said: Operation not permitted')
  expect(alert?.textContent).toContain(command)
  expect(byText('button', 'Trace again')).toBeDefined()
})

test('a connection that is gone can only be closed, as the engine says', async () => {
  const { host, trace } = await opened()
  host.answers.startTrace = async () => fail('not-found', 'gone')
  await press('Start')
  expect(dialogText()).toContain('This connection is gone')
  expect([byText('button', 'Trace again'), document.querySelector('select')]).toEqual([undefined, null])
  await press('Close')
  expect(trace.phase).toBe('closed')
})

test('a connection whose row closes during the trace is not offered again', async () => {
  const { host, show, become } = await opened('en', { withTable: true })
  expect(useConnections().view.slotOfIdentity(connection.id)).toBeDefined()
  await press('Start')
  await show(packets.length)
  become({ state: 'finished' })
  await show(packets.length)
  expect(byText('button', 'Trace again')).toBeDefined()
  host.rows = []
  host.emit('looked', { ...host.status(), sequence: host.builder.sequence + 1 })
  await settle()
  expect(dialogText()).toContain('This connection is gone')
  expect(byText('button', 'Trace again')).toBeUndefined()
  expect(steps()).toHaveLength(packets.length)
})

test('speaks Chinese', async () => {
  const { show } = await opened('zh-CN')
  await press('开始')
  await show(2)
  expect(dialogText()).toContain('SYN 和 ACK：对端接受连接')
})

test.each([
  [{ actionsAllowed: false }, row, 'only looks'],
  [{ platform: 'win32' }, row, 'tcpdump, which this system does not have'],
  [{}, { local: '127.0.0.1:80' }, 'Only a TCP connection with a remote end'],
] as const)('a row that cannot be traced (%o) has a button that says why', async (changes, input, words) => {
  const host = createFakeHost([input])
  host.answers.getHost = async () => succeed({ ...usualHost, ...changes })
  const holder = defineComponent(() => {
    const connections = useConnections()
    const status = useStatus()
    status.start()
    connections.start()
    return () => {
      void connections.version
      return h(TraceButton, { identity: connections.view.mirror.rowCount > 0 ? connections.view.mirror.identityOf(0) : 'c0' })
    }
  })
  mountWithHost(host, holder)
  await settle()
  const button = byText('button', 'Trace headers…')
  expect(button?.getAttribute('aria-disabled')).toBe('true')
  button?.focus()
  await settle()
  expect(document.querySelector('[role=tooltip]')?.textContent).toContain(words)
})
