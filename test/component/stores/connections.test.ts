import { expect, test } from 'vitest'
import type { ChangeSet } from '../../../src-shared/model/change-set.ts'
import { fail, succeed, type Result } from '../../../src-shared/contract/result.ts'
import { defaultSettings } from '../../../src-shared/model/settings.ts'
import { useConnections } from '../../../src-renderer/stores/connections.ts'
import type { RowInput } from '../../builders/mirror-builder.ts'
import { createFakeHost, type FakeHost } from '../support/fake-host.ts'
import { settle, useWithHost } from '../support/mount-with-host.ts'

const rows: RowInput[] = [{ local: '127.0.0.1:80' }, { remote: '198.51.100.3:443' }]

async function started(given: RowInput[] = rows) {
  const host = createFakeHost(given)
  const connections = useWithHost(host, useConnections)
  connections.start()
  await settle()
  return { host, connections }
}

/** The next answers of getChanges are given by hand. */
function answerByHand(host: FakeHost): ((result: Result<ChangeSet>) => void)[] {
  const asked: ((result: Result<ChangeSet>) => void)[] = []
  host.answers.getChanges = () => new Promise((resolve) => asked.push(resolve))
  return asked
}

test('the first pull asks for everything and fills the table', async () => {
  const { host, connections } = await started()
  expect(host.callsOf('getChanges')).toEqual([{ sequence: 0 }])
  expect(connections.view.totals.rows).toBe(2)
  expect(connections.loaded).toBe(true)
})

test('a look is followed by asking for what came after the state at hand', async () => {
  const { host, connections } = await started()
  const delta = host.builder.delta({ added: [{ id: 3, local: '127.0.0.1:81' }] })
  host.answers.getChanges = async () => succeed(delta)
  host.emit('looked', host.status())
  await settle()
  expect(host.callsOf('getChanges')[1]).toEqual({ session: 'test-session', sequence: 1 })
  expect(connections.view.totals.rows).toBe(3)
})

test('a look that is at hand already is not asked for', async () => {
  const { host } = await started()
  host.emit('looked', host.status())
  await settle()
  expect(host.callsOf('getChanges').length).toBe(1)
})

test('never more than one pull is under way, and looks meanwhile cause one more', async () => {
  const { host, connections } = await started()
  const asked = answerByHand(host)
  const delta = host.builder.delta({ removed: [1] })
  for (let look = 0; look < 4; look += 1) host.emit('looked', host.status())
  await settle()
  expect(asked.length).toBe(1)
  asked[0]?.(succeed(delta))
  await settle()
  expect(asked.length).toBe(2)
  asked[1]?.(succeed(host.builder.delta({ changed: [{ id: 2, remote: '198.51.100.3:443', state: 'TIME_WAIT' }] })))
  await settle()
  expect(asked.length).toBe(2)
  expect(connections.view.totals.rows).toBe(1)
})

test('a set that leaves a gap is answered by asking for everything', async () => {
  const { host, connections } = await started()
  const gap = host.builder.delta({ added: [{ id: 9 }], since: 7 })
  const asked = answerByHand(host)
  host.emit('looked', host.status())
  await settle()
  asked[0]?.(succeed(gap))
  await settle()
  expect(host.callsOf('getChanges').at(-1)).toEqual({ sequence: 0 })
  asked[1]?.(succeed(host.builder.full([{ id: 5 }])))
  await settle()
  expect(connections.view.totals.rows).toBe(1)
  expect(connections.failure).toBe(undefined)
})

test('a full set that is malformed is reported once instead of being asked for again and again', async () => {
  const { host, connections } = await started()
  const full = host.builder.full(rows)
  host.answers.getChanges = async () => succeed({ ...full, bytes: full.bytes.slice(8) })
  host.builder.sequence += 1
  host.emit('looked', host.status())
  await settle()
  expect(host.callsOf('getChanges').length).toBe(3)
  expect(connections.failure?.code).toBe('internal')
  expect(connections.view.totals.rows).toBe(2)
})

test('while paused looks are counted and nothing moves; going on shows the latest state at once', async () => {
  const { host, connections } = await started()
  await connections.togglePause()
  const delta = host.builder.delta({ removed: [1] })
  host.answers.getChanges = async () => succeed(delta)
  const { version } = connections
  host.emit('looked', host.status())
  host.emit('looked', host.status())
  await settle()
  expect([connections.waitingLooks, connections.view.totals.rows, connections.version]).toEqual([2, 2, version])
  await connections.togglePause()
  expect([connections.waitingLooks, connections.view.totals.rows]).toEqual([0, 1])
})

test('refresh shows one look while paused and stays paused', async () => {
  const { host, connections } = await started()
  await connections.togglePause()
  const delta = host.builder.delta({ removed: [1] })
  host.answers.getChanges = async () => succeed(delta)
  await connections.refresh()
  expect([connections.paused, connections.waitingLooks, connections.view.totals.rows]).toEqual([true, 0, 1])
})

test('a failed read keeps the rows and says why until one succeeds', async () => {
  const { host, connections } = await started()
  host.builder.sequence += 1
  host.answers.getChanges = async () => fail('engine-unavailable', 'down')
  host.emit('looked', host.status())
  await settle()
  expect([connections.failure?.code, connections.view.totals.rows]).toEqual(['engine-unavailable', 2])
  delete host.answers.getChanges
  host.emit('engineLink', { state: 'running', restarts: 1 })
  await settle()
  expect(connections.failure).toBe(undefined)
})

test('after the host went away and came back the rows stay and everything is asked for anew', async () => {
  const { host, connections } = await started()
  host.goAway()
  await settle()
  expect(connections.view.totals.rows).toBe(2)
  host.comeBack()
  host.rows = [{ local: '127.0.0.1:90' }]
  host.clock.advance(500)
  await settle()
  expect(host.callsOf('getChanges').at(-1)).toEqual({ sequence: 0 })
  expect(connections.view.totals.rows).toBe(1)
})

test('a reconnect while paused moves nothing; going on asks for everything', async () => {
  const { host, connections } = await started()
  await connections.togglePause()
  host.goAway()
  await settle()
  host.comeBack()
  host.rows = [{ local: '127.0.0.1:90' }]
  const { version } = connections
  host.clock.advance(500)
  await settle()
  host.emit('looked', host.status())
  await settle()
  expect([host.callsOf('getChanges').length, connections.view.totals.rows, connections.version]).toEqual([1, 2, version])
  await connections.togglePause()
  expect(host.callsOf('getChanges').at(-1)).toEqual({ sequence: 0 })
  expect(connections.view.totals.rows).toBe(1)
})

test('a clock that is set back does not keep closed rows for longer', async () => {
  const { host, connections } = await started()
  const delta = host.builder.delta({ added: [{ id: 3 }], removed: [1] })
  host.answers.getChanges = async () => succeed(delta)
  host.emit('looked', host.status())
  await settle()
  host.clock.setBack(3_600_000)
  expect(connections.view.totals.closed).toBe(1)
  host.clock.advance(defaultSettings.highlightMs)
  expect([connections.view.totals.closed, connections.view.highlightOf(connections.view.slotOfRow(3) ?? -1)]).toEqual([0, 'none'])
})

test('highlights fade by one timer, and not while paused', async () => {
  const { host, connections } = await started()
  const delta = host.builder.delta({ added: [{ id: 3 }], removed: [1] })
  host.answers.getChanges = async () => succeed(delta)
  host.emit('looked', host.status())
  await settle()
  const slot = connections.view.slotOfRow(3) ?? -1
  expect([connections.view.highlightOf(slot), connections.view.totals.closed]).toEqual(['new', 1])
  await connections.togglePause()
  host.clock.advance(10_000)
  expect([connections.view.highlightOf(slot), connections.view.totals.closed]).toEqual(['new', 1])
  await connections.togglePause()
  host.clock.advance(10)
  expect([connections.view.highlightOf(slot), connections.view.totals.closed]).toEqual(['none', 0])
})

test('nothing is listened to any more once stopped', async () => {
  const host = createFakeHost(rows)
  const connections = useWithHost(host, useConnections)
  const stop = connections.start()
  await settle()
  stop()
  host.builder.sequence += 1
  host.emit('looked', host.status())
  await settle()
  expect(host.callsOf('getChanges').length).toBe(1)
})

test('an answer that is no change set is refused, reported, and made good by the next full one', async () => {
  const { host, connections } = await started()
  host.builder.sequence += 1
  host.answers.getChanges = async () => succeed({ header: null } as unknown as ChangeSet)
  host.emit('looked', host.status())
  await settle()
  expect(connections.failure?.code).toBe('internal')
  delete host.answers.getChanges
  host.emit('looked', host.status())
  await settle()
  expect([connections.failure, connections.view.totals.rows]).toEqual([undefined, 2])
})
