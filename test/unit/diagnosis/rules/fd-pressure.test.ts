import { expect, test } from 'vitest'
import { fdPressure } from '../../../../src-main/diagnosis/rules/fd-pressure.ts'
import { noSurroundings, type DescriptorUse } from '../../../../src-main/diagnosis/surroundings.ts'
import type { RowInput } from '../../../builders/mirror-builder.ts'
import { figuresOf, manyRows, partsOf, RuleWatch } from '../../../builders/rule-watch.ts'

const socketsOf = (pid: number, count: number, state: RowInput['state'] = 'ESTABLISHED'): RowInput[] =>
  manyRows(count, (index) => ({ local: `192.0.2.1:${20_000 + index}`, remote: '198.51.100.1:443', owner: { pid }, state }))

function watchWith(uses: Readonly<Record<number, DescriptorUse>>) {
  const asked: number[] = []
  const watch = new RuleWatch(fdPressure).around({
    descriptorsOf: ({ pid }) => {
      asked.push(pid)
      return uses[pid]
    },
  })
  return { watch, asked }
}

test('a process whose sockets use up its limit is found, with the states they are in', () => {
  const { watch } = watchWith({ 7: { used: 80, limit: 100 } })
  const [candidate, ...others] = watch.full([...socketsOf(7, 30), ...socketsOf(7, 20, 'CLOSE_WAIT'), ...socketsOf(8, 30)])
  expect(others).toEqual([])
  expect(candidate).toMatchObject({ key: '7@1', level: 'raise', severity: 'warning', process: { pid: 7 } })
  expect(figuresOf(candidate)).toEqual({ share: 0.8, descriptors: 80, 'descriptor-limit': 100, sockets: 50 })
  expect(partsOf(candidate, 'state')).toEqual({ ESTABLISHED: 30, CLOSE_WAIT: 20 })
  expect(watch.evidence(candidate)).toHaveLength(50)
})

test('is critical from 95 %, kept down to 56 %, and over below', () => {
  for (const [used, expected] of [
    [95, { level: 'raise', severity: 'critical' }],
    [94, { level: 'raise', severity: 'warning' }],
    [79, { level: 'keep' }],
    [56, { level: 'keep' }],
  ] as const)
    expect(watchWith({ 7: { used, limit: 100 } }).watch.full(socketsOf(7, 50))).toMatchObject([expected])
  expect(watchWith({ 7: { used: 55, limit: 100 } }).watch.full(socketsOf(7, 50))).toEqual([])
})

test('files and pipes that fill a limit are not its business', () => {
  expect(watchWith({ 7: { used: 900, limit: 1000 } }).watch.full(socketsOf(7, 450))).toMatchObject([{ level: 'raise' }])
  expect(watchWith({ 7: { used: 900, limit: 1000 } }).watch.full(socketsOf(7, 449))).toMatchObject([{ level: 'keep' }])
  expect(watchWith({ 7: { used: 900, limit: 1000 } }).watch.full(socketsOf(7, 300))).toEqual([])
})

test('only processes with many sockets are asked about, a hundred at most', () => {
  const { watch, asked } = watchWith({})
  watch.full([
    ...socketsOf(1, 15),
    ...socketsOf(2, 16),
    ...manyRows(3000, (index) => ({ remote: '198.51.100.1:443', owner: { pid: 100 + (index % 150) } })),
  ])
  expect([asked.length, asked.includes(1)]).toEqual([100, false])
  expect(asked).not.toContain(2) // the fewest sockets of all that are many
})

test('a process without a limit, or whose figures are hidden, is none', () => {
  expect(watchWith({ 7: { used: 5000 } }).watch.full(socketsOf(7, 50))).toEqual([])
  expect(watchWith({}).watch.full(socketsOf(7, 50))).toEqual([])
})

test('is not watched where a system has no such figure', () => {
  expect(fdPressure.unwatched?.({ ...noSurroundings, untold: { descriptors: 'no-such-thing' } })).toBe('no-such-thing')
  expect(fdPressure.unwatched?.(noSurroundings)).toBeUndefined()
})
