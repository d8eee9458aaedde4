import { expect, test } from 'vitest'
import type { ActionOutcome } from '../../../src-shared/contract/actions.ts'
import { maximumTargets } from '../../../src-shared/contract/contract.ts'
import { succeed } from '../../../src-shared/contract/result.ts'
import { useEndProcess } from '../../../src-renderer/stores/end-process.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { settle, useWithHost } from '../support/mount-with-host.ts'

async function openedWith(count: number) {
  const host = createFakeHost()
  host.answers.previewEndProcess = async ({ pid, startToken }) => succeed({ pid, startToken, connections: 0, listeners: [], children: [] })
  host.answers.endProcess = async ({ targets }) =>
    succeed(targets.map(({ pid }): ActionOutcome => ({ target: String(pid), status: 'done', means: 'TERM' })))
  const flow = useWithHost(host, useEndProcess)
  await settle()
  await flow.open(Array.from({ length: count }, (_, index) => ({ ref: index + 1, pid: index + 1, startToken: 'x' })))
  const batches = (): number[] => (host.callsOf('endProcess') as { targets: unknown[] }[]).map(({ targets }) => targets.length)
  return { host, flow, batches }
}

test('more processes than one call takes are ended in several, and all of them are told', async () => {
  const { flow, batches } = await openedWith(maximumTargets + 2)
  expect(flow.targets.length).toBe(maximumTargets + 2)
  await flow.confirm({ force: false, confirmProtected: false })
  expect(batches()).toEqual([maximumTargets, 2])
  expect([flow.phase, flow.outcomes.length, flow.failure]).toEqual(['done', maximumTargets + 2, undefined])
}, 20_000)

test('closing the question in between stops what was not asked for yet', async () => {
  const { host, flow, batches } = await openedWith(maximumTargets + 2)
  host.answers.endProcess = async () => {
    flow.close()
    return succeed([])
  }
  await flow.confirm({ force: false, confirmProtected: false })
  expect(batches()).toEqual([maximumTargets])
  expect(flow.phase).toBe('closed')
}, 20_000)
