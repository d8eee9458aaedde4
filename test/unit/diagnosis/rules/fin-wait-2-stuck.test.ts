import { expect, test } from 'vitest'
import { finWait2Stuck } from '../../../../src-main/diagnosis/rules/fin-wait-2-stuck.ts'
import type { RowInput } from '../../../builders/mirror-builder.ts'
import { factsOf, figuresOf, manyRows, partsOf, RuleWatch } from '../../../builders/rule-watch.ts'

const minute = 60_000
const owner = { pid: 5, startToken: 'o', name: 'proxy' }
const stuck = (index: number): RowInput => ({ local: `127.0.0.1:${3000 + index}`, remote: '127.0.0.1:9000', state: 'FIN_WAIT_2', owner })
const twin = (index: number): RowInput => ({
  local: '127.0.0.1:9000',
  remote: `127.0.0.1:${3000 + index}`,
  state: 'CLOSE_WAIT',
  owner: { pid: 6, startToken: 't', name: 'leaky' },
})

test('fires at five old rows of one process, and names the process at the other end', () => {
  const watch = new RuleWatch(finWait2Stuck)
  watch.full([...manyRows(5, stuck), ...manyRows(5, twin), { ...twin(77), owner: 'bystander' }])
  const [candidate] = watch.looks(1, minute)
  expect(candidate).toMatchObject({ key: '5@o', level: 'raise', process: { pid: 5 }, otherProcesses: [{ pid: 6 }] })
  expect(watch.evidence(candidate)).toEqual([1, 2, 3, 4, 5])
  expect(figuresOf(candidate)).toEqual({ rows: 5, 'oldest-age': minute })
  expect(factsOf(candidate)).toEqual(['twin leaky[6]'])
  expect(partsOf(candidate, 'remote-address')).toEqual({ '127.0.0.1': 5 })
})

test('the other end elsewhere is nobody here', () => {
  const watch = new RuleWatch(finWait2Stuck)
  watch.full(manyRows(5, (index) => ({ ...stuck(index), remote: '203.0.113.1:443' })))
  const [candidate] = watch.looks(1, minute)
  expect(factsOf(candidate)).toEqual([])
  expect(candidate?.otherProcesses).toEqual([])
})

test('rows that nobody holds are the system’s to remove', () => {
  const watch = new RuleWatch(finWait2Stuck)
  watch.full([
    ...manyRows(20, (index): RowInput => ({ ...stuck(index), visibility: 'gone' })),
    ...manyRows(20, (index): RowInput => ({ ...stuck(index), owner: { pid: 9, exited: true } })),
    ...manyRows(20, (index): RowInput => ({ ...stuck(index), owners: [] })),
  ])
  expect(watch.looks(1, minute)).toEqual([])
})

test('young rows, and four old ones, do not raise', () => {
  const watch = new RuleWatch(finWait2Stuck)
  watch.full(manyRows(4, stuck))
  watch.looks(1, 59_000)
  expect(watch.look({ added: [stuck(9)] })).toMatchObject([{ level: 'keep' }])
  expect(watch.look({ removed: [1, 2] })).toEqual([])
})
