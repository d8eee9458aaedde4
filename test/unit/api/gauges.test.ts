import { expect, test } from 'vitest'
import { gaugesHandlers } from '../../../src-main/api/gauges.ts'
import { ObservedTable } from '../../../src-main/diagnosis/observed-table.ts'
import { noSurroundings } from '../../../src-main/diagnosis/surroundings.ts'
import { builderTakenAt, ChangeSetBuilder } from '../../builders/mirror-builder.ts'

test('gauges are made once per look, however many ask', async () => {
  const builder = new ChangeSetBuilder()
  const table = new ObservedTable()
  let made = 0
  const surroundings = () => {
    made += 1
    return { ...noSurroundings, orphans: made }
  }
  const { getGauges } = gaugesHandlers({ table, start: () => {}, surroundings })
  table.observe(builder.full([]))
  expect(await getGauges(undefined)).toMatchObject({ value: { orphans: { used: 1 } } })
  expect(await getGauges(undefined)).toMatchObject({ value: { orphans: { used: 1 } } })
  table.observe(builder.delta({ takenAt: builderTakenAt + 1000 }))
  expect(await getGauges(undefined)).toMatchObject({ value: { takenAt: builderTakenAt + 1000, orphans: { used: 2 } } })
})
