import { expect, test } from 'vitest'
import { overviewHandlers } from '../../../src-main/api/overview.ts'
import { ObservedTable } from '../../../src-main/diagnosis/observed-table.ts'
import type { Severity } from '../../../src-shared/contract/diagnosis.ts'
import { builderTakenAt, ChangeSetBuilder } from '../../builders/mirror-builder.ts'

function overviewOf(severities: () => readonly Severity[] = () => []) {
  const table = new ObservedTable()
  const { getOverview } = overviewHandlers({ table, start: () => {}, findings: () => severities().map((severity) => ({ severity })) })
  return { table, ask: async () => await getOverview(undefined) }
}

test('rows are counted by what they are, and those that are gone no more', async () => {
  const builder = new ChangeSetBuilder()
  const { table, ask } = overviewOf()
  table.observe(
    builder.full([
      { id: 1, state: 'ESTABLISHED' },
      { id: 2, state: 'ESTABLISHED' },
      { id: 3, state: 'LISTEN' },
      { id: 4, state: 'TIME_WAIT' },
      { id: 5, protocol: 'udp' },
    ]),
  )
  expect(await ask()).toEqual({
    ok: true,
    value: { takenAt: builderTakenAt, rows: 5, established: 2, listening: 1, findings: { critical: 0, warning: 0, notice: 0 } },
  })
  table.observe(builder.delta({ takenAt: builderTakenAt + 1000, removed: [2, 3] }))
  expect(await ask()).toMatchObject({ value: { takenAt: builderTakenAt + 1000, rows: 3, established: 1, listening: 0 } })
})

test('findings are counted by severity, once per look, however many ask', async () => {
  const builder = new ChangeSetBuilder()
  let asked = 0
  const { table, ask } = overviewOf(() => {
    asked += 1
    return ['critical', 'notice', 'notice']
  })
  table.observe(builder.full([]))
  await ask()
  expect(await ask()).toMatchObject({ value: { findings: { critical: 1, warning: 0, notice: 2 } } })
  expect(asked).toBe(1)
  table.observe(builder.delta({ takenAt: builderTakenAt + 1000 }))
  await ask()
  expect(asked).toBe(2)
})
