import { expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { maximumTree, type ActionOutcome } from '../../../src-shared/contract/actions.ts'
import { maximumTargets } from '../../../src-shared/contract/contract.ts'
import { fail, succeed } from '../../../src-shared/contract/result.ts'
import { connectionAt } from '../../../src-shared/model/connection.ts'
import type { ProcessRecord } from '../../../src-shared/model/process.ts'
import CloseConnectionDialog from '../../../src-renderer/features/close-connection/CloseConnectionDialog.vue'
import EndProcessDialog from '../../../src-renderer/features/end-process/EndProcessDialog.vue'
import { useCloseConnection } from '../../../src-renderer/stores/close-connection.ts'
import { useConnections } from '../../../src-renderer/stores/connections.ts'
import { useStatus } from '../../../src-renderer/stores/status.ts'
import { useEndProcess } from '../../../src-renderer/stores/end-process.ts'
import { buildMirror, type RowInput } from '../../builders/mirror-builder.ts'
import { createFakeHost, usualHost } from '../support/fake-host.ts'
import { byText, mountWithHost, settle } from '../support/mount-with-host.ts'

const firefox: ProcessRecord = { ref: 1, pid: 4242, startToken: '77', name: 'firefox', user: 'ana', executable: '/usr/lib/firefox' }
const preview = {
  pid: 4242,
  startToken: '77',
  name: 'firefox',
  connections: 3,
  listeners: [{ protocol: 'tcp', address: '::1', port: 6000 }],
}

let openFlow: ReturnType<typeof useEndProcess> | undefined
async function openEnd(processes: ProcessRecord[], protection?: 'self' | 'init') {
  const host = createFakeHost()
  host.answers.previewEndProcess = async ({ pid, startToken }) =>
    succeed({ ...preview, pid, startToken, children: [{ pid: 5, name: 'child' }], ...(protection && { protection }) })
  host.answers.endProcess = async ({ targets }) =>
    succeed(targets.map(({ pid }): ActionOutcome => ({ target: String(pid), status: 'done', means: 'TERM' })))
  let flow: ReturnType<typeof useEndProcess> | undefined
  const holder = defineComponent(() => {
    useStatus().start()
    flow = useEndProcess()
    return () => h(EndProcessDialog)
  })
  mountWithHost(host, holder)
  await settle()
  openFlow = flow
  if (processes.length > 0) void flow?.open(processes)
  await settle()
  return host
}
const dialogText = (): string => document.querySelector('[role=dialog]')?.textContent ?? ''
const press = async (text: string): Promise<void> => {
  const button = byText('button', text)
  if (button === undefined) throw new Error(`no button says ${text}`)
  button.click()
  await settle()
}

test('ending a process first shows what it is and what else goes with it', async () => {
  const host = await openEnd([firefox])
  for (const part of ['firefox', '4242', 'ana', '/usr/lib/firefox', '3 connections', 'TCP [::1]:6000', 'child (5)'])
    expect(dialogText()).toContain(part)
  expect(host.callsOf('endProcess')).toEqual([])
})

test('the answer sends pid and start together, TERM first by leaving the signal out', async () => {
  const host = await openEnd([firefox])
  await press('End process')
  expect(host.callsOf('endProcess')).toEqual([{ targets: [{ pid: 4242, startToken: '77' }] }])
  expect(dialogText()).toContain('firefox (4242)')
  expect(dialogText()).toContain('Done')
})

test('KILL is sent only when it was chosen', async () => {
  const host = await openEnd([firefox])
  document.querySelectorAll<HTMLInputElement>('input[type=radio]')[1]?.click()
  await settle()
  await press('End process')
  expect(host.callsOf('endProcess')).toEqual([{ targets: [{ pid: 4242, startToken: '77' }], signal: 'KILL' }])
})

test('a protected process needs its own tick before anything is sent', async () => {
  const host = await openEnd([firefox], 'init')
  await press('End process')
  expect(host.callsOf('endProcess')).toEqual([])
  document.querySelector<HTMLInputElement>('.protected input')?.click()
  await settle()
  await press('End process')
  expect(host.callsOf('endProcess')).toEqual([{ targets: [{ pid: 4242, startToken: '77' }], confirmProtected: true }])
})

test('of several owners only the ticked ones are ended', async () => {
  const host = await openEnd([firefox, { ref: 2, pid: 9, startToken: '8', name: 'worker' }])
  document.querySelectorAll<HTMLInputElement>('.target input')[0]?.click()
  await settle()
  await press('End process')
  expect(host.callsOf('endProcess')).toEqual([{ targets: [{ pid: 9, startToken: '8' }] }])
})

test('the safe choice has the keyboard first', async () => {
  await openEnd([firefox])
  expect(document.activeElement?.textContent?.trim()).toBe('Cancel')
})

async function openClose(rows: RowInput[], platform = 'linux') {
  const host = createFakeHost(rows)
  host.answers.getHost = async () => succeed({ ...usualHost, platform })
  host.answers.closeConnections = async ({ ids }) =>
    succeed(ids.map((target): ActionOutcome => ({ target, status: 'not-permitted', systemError: 'EPERM', remedy: 'run-as-root' })))
  host.answers.previewEndProcess = async ({ pid, startToken }) => succeed({ ...preview, pid, startToken, children: [] })
  const mirror = buildMirror(rows)
  let flow: ReturnType<typeof useCloseConnection> | undefined
  const holder = defineComponent(() => {
    useConnections().start()
    useStatus().start()
    flow = useCloseConnection()
    return () => [h(CloseConnectionDialog), h(EndProcessDialog)]
  })
  mountWithHost(host, holder)
  await settle()
  flow?.open(
    [...mirror.liveSlots()].map((slot) => connectionAt(mirror, slot)),
    usualHost.ownPids,
  )
  await settle()
  return host
}
const established: RowInput = { local: '192.0.2.7:5000', remote: '198.51.100.3:443', owner: 'firefox' }
const listener: RowInput = { local: '127.0.0.1:8080', owner: { name: 'node', pid: 31, startToken: '5' } }

test('closing names each connection, sends identities only and tells each result with its remedy', async () => {
  const host = await openClose([established])
  expect(dialogText()).toContain('TCP 192.0.2.7:5000 → 198.51.100.3:443')
  await press('Close connection')
  expect(host.callsOf('closeConnections')).toEqual([{ ids: ['c0000000000000001'] }])
  for (const part of ['Not permitted', 'EPERM', 'Start Sockscope as root']) expect(dialogText()).toContain(part)
})

const many = (count: number): RowInput[] => Array.from({ length: count }, (_, index) => ({ ...established, id: index + 1 }))
const idsOf = (calls: unknown[]): number[] => (calls as { ids: string[] }[]).map(({ ids }) => ids.length)

test('more rows than one call takes are closed in several, and the question and the answer count them all', async () => {
  const host = await openClose(many(maximumTargets + 3))
  expect(dialogText()).toContain(`Close ${maximumTargets + 3} connections?`)
  expect(document.querySelectorAll('[role=dialog] .list li').length).toBeLessThan(300)
  expect(dialogText()).toContain('and 803 more')
  await press(`Close ${maximumTargets + 3} connections`)
  expect(idsOf(host.callsOf('closeConnections'))).toEqual([maximumTargets, 3])
  expect(dialogText()).toContain(`Not permitted: ${maximumTargets + 3}`)
})

test('what was done before a call failed is told beside the failure, and nothing more is asked for', async () => {
  const host = await openClose(many(maximumTargets * 2 + 1))
  const answer = host.answers.closeConnections
  host.answers.closeConnections = async (input) =>
    host.callsOf('closeConnections').length > 1 || answer === undefined ? fail('engine-unavailable', 'down') : answer(input)
  await press(`Close ${maximumTargets * 2 + 1} connections`)
  expect(idsOf(host.callsOf('closeConnections'))).toEqual([maximumTargets, maximumTargets])
  expect(dialogText()).toContain('The engine is not running just now')
  expect(dialogText()).toContain(`Not permitted: ${maximumTargets}`)
})

const ownEnd: RowInput = { local: '127.0.0.1:7000', remote: '127.0.0.1:52000', owner: { name: 'sockscope', pid: 1, startToken: '1' } }
const browserEnd: RowInput = { local: '127.0.0.1:52000', remote: '127.0.0.1:7000', owner: { name: 'browser', pid: 40, startToken: '2' } }

test('among several rows those of Sockscope itself, and their other ends, are left out and the reason is told', async () => {
  const host = await openClose([established, ownEnd, browserEnd])
  expect(dialogText()).toContain('belong to Sockscope itself')
  await press('Close connection')
  expect(host.callsOf('closeConnections')).toEqual([{ ids: ['c0000000000000001'] }])
})

test('a row of Sockscope that is selected alone can be closed', async () => {
  const host = await openClose([ownEnd])
  await press('Close connection')
  expect(host.callsOf('closeConnections').length).toBe(1)
})

test('listening, bound and UDP rows are left out with the reason', async () => {
  const rows: RowInput[] = [established, listener, { state: 'BOUND' }, { protocol: 'udp', local: '0.0.0.0:53' }]
  const host = await openClose(rows)
  for (const part of ['may spin', 'only bound', 'UDP has no connection']) expect(dialogText()).toContain(part)
  await press('Close connection')
  expect(host.callsOf('closeConnections')).toEqual([{ ids: ['c0000000000000001'] }])
})

test('for a listener alone closing is not offered but ending its process is', async () => {
  const host = await openClose([listener])
  expect(byText('button', 'Close connection')).toBe(undefined)
  await press('End process instead')
  expect(host.callsOf('previewEndProcess')).toEqual([{ pid: 31, startToken: '5' }])
  expect(dialogText()).toContain('End this process?')
})

test('on a host that only looks the refusal says how to allow it', async () => {
  const rows = [established]
  const host = createFakeHost(rows, { actionsAllowed: false })
  const mirror = buildMirror(rows)
  let flow: ReturnType<typeof useCloseConnection> | undefined
  mountWithHost(
    host,
    defineComponent(() => {
      flow = useCloseConnection()
      return () => h(CloseConnectionDialog)
    }),
  )
  await settle()
  flow?.open([connectionAt(mirror, 0)], usualHost.ownPids)
  await settle()
  await press('Close connection')
  expect(dialogText()).toContain('--allow-actions')
})

test('nothing is sent before it is known what the process is', async () => {
  const host = createFakeHost()
  host.answers.previewEndProcess = () => new Promise(() => {})
  let flow: ReturnType<typeof useEndProcess> | undefined
  mountWithHost(
    host,
    defineComponent(() => {
      flow = useEndProcess()
      return () => h(EndProcessDialog)
    }),
  )
  await settle()
  void flow?.open([firefox])
  await settle()
  await press('End process')
  expect(host.callsOf('endProcess')).toEqual([])
})

const linuxRefusal = { status: 'not-permitted', remedy: 'run-as-root', systemError: 'EPERM' } as const

test('children are ended along when that is ticked: shown first, parents before their children, each by its own start', async () => {
  const host = await openEnd([])
  host.answers.previewEndProcess = async ({ pid, startToken }) =>
    succeed({
      ...preview,
      pid,
      startToken,
      name: `p${pid}`,
      children: pid < 4244 ? [{ pid: pid + 1, startToken: `s${pid + 1}` }, { pid: 9 }] : [],
    })
  await openFlow?.open([firefox])
  await settle()
  document.querySelector<HTMLInputElement>('.tree input')?.click()
  await settle()
  expect(dialogText()).toContain('3 processes end · 9 sockets close · 3 of them listening · 1 child process stays')
  await press('End 3 processes')
  expect(host.callsOf('endProcess')).toEqual([
    { targets: [{ pid: 4242, startToken: '77' }] },
    { targets: [{ pid: 4243, startToken: 's4243' }] },
    { targets: [{ pid: 4244, startToken: 's4244' }] },
  ])
})

/** Opens the question about a process with these children, which come with it. Their preview fails where that is said. */
async function openTree(children: { pid: number; startToken: string }[], failing?: number) {
  const host = await openEnd([])
  host.answers.previewEndProcess = async ({ pid, startToken }) =>
    pid === failing
      ? fail('timeout', 'too slow')
      : succeed({ ...preview, pid, startToken, name: `p${pid}`, children: pid === 4242 ? children.slice(0, maximumTree) : [] })
  await openFlow?.open([firefox])
  await settle()
  document.querySelector<HTMLInputElement>('.tree input')?.click()
  await vi.waitFor(() => expect(openFlow?.informed).toBe(true), { timeout: 20_000 })
  await settle()
  return host
}
const manyChildren = (count: number) => Array.from({ length: count }, (_, index) => ({ pid: 5000 + index, startToken: 's' }))
const mainButton = (): HTMLElement | null => document.querySelector('[role=dialog] .danger')

test('a tree that is too large says so and cannot be confirmed', async () => {
  const host = await openTree(manyChildren(maximumTree))
  expect(dialogText()).toContain('more than 500 processes: too large to end together')
  expect(mainButton()?.getAttribute('aria-disabled')).toBe('true')
  await press(`End ${maximumTree} processes`)
  expect(host.callsOf('endProcess')).toEqual([])
}, 30_000)

test('every process of the largest tree that can be ended is listed, with a box to leave it out', async () => {
  await openTree(manyChildren(maximumTree - 1))
  expect(document.querySelectorAll('.target input').length).toBe(maximumTree)
  expect(dialogText()).toContain(`p${5000 + maximumTree - 2} (${5000 + maximumTree - 2})`)
  expect(mainButton()?.getAttribute('aria-disabled')).toBe(null)
}, 30_000)

test('a child that cannot be listed is told with the reason, and nothing is ended', async () => {
  const host = await openTree(manyChildren(2), 5001)
  expect(dialogText()).toContain('Not all child processes could be listed')
  expect(dialogText()).toContain('There was no answer in time.')
  await press('End 2 processes')
  expect(host.callsOf('endProcess')).toEqual([])
})

test('children that began since are listed at the first press, and the chosen means stays for the second', async () => {
  const children = manyChildren(1)
  const host = await openTree(children)
  document.querySelectorAll<HTMLInputElement>('input[type=radio]')[1]?.click()
  children.push({ pid: 6000, startToken: 's' })
  await press('End 2 processes')
  expect([dialogText(), host.callsOf('endProcess')]).toEqual([expect.stringContaining('More child processes have begun'), []])
  await press('End 3 processes')
  expect(host.callsOf('endProcess')).toEqual([
    { targets: [{ pid: 4242, startToken: '77' }], signal: 'KILL' },
    { targets: [children[0], children[1]], signal: 'KILL' },
  ])
})

test.each([
  ['Stop', () => press('Stop')],
  ['the cross of the dialog', async () => document.querySelector<HTMLElement>('[role=dialog] .close')?.click()],
])('%s leaves the rest alone and tells what has happened, also what was under way', async (_name, leave) => {
  const host = await openTree(manyChildren(2))
  let answer: (() => void) | undefined
  const usual = host.answers.endProcess
  host.answers.endProcess = async (input) => {
    if (input.targets[0]?.pid !== 4242) await new Promise<void>((resolve) => (answer = resolve))
    return usual?.(input) ?? fail('internal', 'no answer')
  }
  await press('End 3 processes')
  expect([document.querySelector('form'), dialogText()]).toEqual([null, expect.stringContaining('firefox (4242)')])
  await leave()
  await settle()
  expect(dialogText()).toContain('Stopped. The rest was left alone.')
  expect(byText('button', 'Stop')).toBe(undefined)
  answer?.()
  await settle()
  expect(dialogText()).toContain('Done: 3')
  await press('Close')
  expect(document.querySelector('[role=dialog]')).toBe(null)
})

test('a second press of the button that ends does nothing while it works', async () => {
  const host = await openTree(manyChildren(2))
  host.answers.endProcess = () => new Promise(() => {})
  const button = mainButton()
  button?.click()
  await settle()
  expect(mainButton()).toBe(button)
  button?.click()
  await settle()
  expect([openFlow?.phase, host.callsOf('endProcess').length]).toEqual(['working', 1])
})

test('unticking the children takes them out of the question again', async () => {
  const host = await openEnd([])
  host.answers.previewEndProcess = async ({ pid, startToken }) =>
    succeed({ ...preview, pid, startToken, children: pid === 4242 ? [{ pid: 5, startToken: 's' }] : [] })
  await openFlow?.open([firefox])
  await settle()
  for (const title of ['End 2 processes', 'End process']) {
    document.querySelector<HTMLInputElement>('.tree input')?.click()
    await settle()
    expect(byText('button', title)).not.toBe(undefined)
  }
})

test('what is still there can be ended with KILL, and its new result replaces the old one', async () => {
  const host = await openEnd([firefox, { ref: 2, pid: 9, startToken: '8', name: 'worker' }])
  host.answers.endProcess = async ({ targets, signal }) =>
    succeed(
      targets.map(({ pid }): ActionOutcome =>
        pid === 9 && signal === undefined
          ? { target: '9', status: 'still-there', remedy: 'use-kill' }
          : { target: String(pid), status: 'done', means: signal ?? 'TERM' },
      ),
    )
  await press('End 2 processes')
  expect(dialogText()).toContain('Still there: 1')
  await press('End at once (KILL)')
  expect(host.callsOf('endProcess').at(-1)).toEqual({ targets: [{ pid: 9, startToken: '8' }], signal: 'KILL' })
  expect(dialogText()).toContain('Done: 2')
  expect(byText('button', 'End at once (KILL)')).toBe(undefined)
})

test('without rights on Linux the way to more of them is told, and no useless retry is offered', async () => {
  const host = await openEnd([firefox])
  host.answers.endProcess = async ({ targets }) =>
    succeed(targets.map(({ pid }): ActionOutcome => ({ target: String(pid), ...linuxRefusal })))
  await press('End process')
  expect(dialogText()).toContain('sudo sockscope serve --allow-actions')
  expect(byText('button', 'Ask for administrator rights again')).toBe(undefined)
})

test('where the system asks for rights, the refused ones alone are tried again', async () => {
  const host = await openClose([established, { ...established, id: 2 }], 'win32')
  host.answers.closeConnections = async ({ ids }) =>
    succeed(
      ids.map((target, index): ActionOutcome =>
        index === 0 && ids.length > 1 ? { target, status: 'done' } : { target, status: 'not-permitted', reason: 'elevation-refused' },
      ),
    )
  await press('Close 2 connections')
  await press('Ask for administrator rights again')
  expect(idsOf(host.callsOf('closeConnections'))).toEqual([2, 1])
  expect(dialogText()).toContain('Done: 1')
})
