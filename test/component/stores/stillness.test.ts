import { expect, test } from 'vitest'
import type { ChangeSet } from '../../../src-shared/model/change-set.ts'
import { succeed, type Result } from '../../../src-shared/contract/result.ts'
import { useConnections } from '../../../src-renderer/stores/connections.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { settle, useWithHost } from '../support/mount-with-host.ts'

async function started() {
  const host = createFakeHost([{ local: '127.0.0.1:80' }, { remote: '198.51.100.3:443' }])
  const connections = useWithHost(host, useConnections)
  connections.start()
  await settle()
  const look = async (delta: ChangeSet): Promise<void> => {
    host.answers.getChanges = async () => succeed(delta)
    host.emit('looked', host.status())
    await settle()
  }
  return { host, connections, look }
}

test('a hold keeps the rows and what is painted still; release takes in what came', async () => {
  const { host, connections, look } = await started()
  connections.hold('menu')
  const { version } = connections
  await look(host.builder.delta({ removed: [1] }))
  expect([connections.held, connections.paused, connections.view.totals.rows, connections.version]).toEqual(['menu', false, 2, version])
  await connections.release('menu')
  expect([connections.held, connections.view.totals.rows, connections.waitingLooks]).toEqual([undefined, 1, 0])
})

test('holds add up: only the last release lets go', async () => {
  const { host, connections, look } = await started()
  connections.hold('menu')
  connections.hold('key')
  await look(host.builder.delta({ removed: [1] }))
  await connections.release('menu')
  expect([connections.held, connections.view.totals.rows]).toEqual(['key', 2])
  await connections.release('key')
  expect(connections.view.totals.rows).toBe(1)
})

test('a hold ends without thawing what a person froze, and freezing ends without ending a hold', async () => {
  const { host, connections, look } = await started()
  await connections.togglePause()
  connections.hold('key')
  await look(host.builder.delta({ removed: [1] }))
  await connections.release('key')
  expect([connections.paused, connections.view.totals.rows]).toEqual([true, 2])
  connections.hold('text')
  await connections.togglePause()
  expect([connections.held, connections.view.totals.rows]).toEqual(['text', 2])
  await connections.release('text')
  expect(connections.view.totals.rows).toBe(1)
})

test('an answer that was under way when the hold began is not shown, and not lost', async () => {
  const { host, connections } = await started()
  const asked: ((result: Result<ChangeSet>) => void)[] = []
  host.answers.getChanges = () => new Promise((resolve) => asked.push(resolve))
  const delta = host.builder.delta({ removed: [1] })
  host.emit('looked', host.status())
  await settle()
  connections.hold('key')
  asked[0]?.(succeed(delta))
  await settle()
  expect(connections.view.totals.rows).toBe(2)
  host.answers.getChanges = async () => succeed(delta)
  await connections.release('key')
  expect(connections.view.totals.rows).toBe(1)
})

test('a release with nothing waiting asks for nothing', async () => {
  const { host, connections } = await started()
  connections.hold('key')
  await connections.release('key')
  await connections.release('key')
  expect(host.callsOf('getChanges').length).toBe(1)
})

test('closed rows do not go while held', async () => {
  const { host, connections, look } = await started()
  await look(host.builder.delta({ removed: [1] }))
  connections.hold('menu')
  host.clock.advance(60_000)
  expect(connections.view.totals.closed).toBe(1)
  await connections.release('menu')
  host.clock.advance(10)
  expect(connections.view.totals.closed).toBe(0)
})

test('names that become known while held move no row until the release', async () => {
  const { connections } = await started()
  let moved = 0
  const reconsider = connections.view.reconsider.bind(connections.view)
  connections.view.reconsider = () => {
    moved += 1
    reconsider()
  }
  connections.hold('menu')
  connections.namesLearned(true)
  expect(moved).toBe(0)
  await connections.release('menu')
  expect(moved).toBe(1)
})

test('while frozen it is told how many rows came, changed and closed, and none of them is shown', async () => {
  const { host, connections, look } = await started()
  await connections.togglePause()
  await look(host.builder.delta({ added: [{ id: 8 }, { id: 9 }], removed: [1] }))
  expect(connections.waitingRows).toEqual({ added: 2, changed: 0, removed: 1 })
  expect(connections.view.totals.rows).toBe(2)
  await connections.togglePause()
  expect([connections.waitingRows, connections.view.totals.rows]).toEqual([undefined, 3])
})

test('a full set, or no change set at all, counts nothing', async () => {
  const { host, connections, look } = await started()
  await connections.togglePause()
  await look(host.builder.full([{ id: 5 }]))
  expect(connections.waitingRows).toBe(undefined)
  await look({ header: null } as unknown as ChangeSet)
  expect([connections.waitingRows, connections.waitingLooks]).toEqual([undefined, 2])
})
