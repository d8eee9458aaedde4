import { expect, test } from 'vitest'
import { historySamples, historyStepMs, ProcessHistory } from '../../../../src-renderer/view/grouping/process-history.ts'
import { buildMirror, builderTakenAt, type RowInput } from '../../../builders/mirror-builder.ts'

const web = { name: 'web', pid: 7, startToken: 'a' }
const mail = { name: 'mail', pid: 8, startToken: 'b' }
const at = (sample: number): number => builderTakenAt + sample * historyStepMs
const rows = (count: number, owner = web): RowInput[] => Array.from({ length: count }, () => ({ owner, receiveRate: 100, sendRate: 10 }))
const values = (history: ProcessHistory, keys: readonly string[], figure: 'sockets' | 'rates') =>
  history.pointsOf(keys, figure).map(({ value }) => value)

test('a sample is taken when one is due and not before', () => {
  const history = new ProcessHistory()
  expect(history.follow(buildMirror(rows(1), at(0)))).toBe(true)
  expect(history.follow(buildMirror(rows(5), at(0) + historyStepMs - 1))).toBe(false)
  expect(history.follow(buildMirror(rows(3), at(1)))).toBe(true)
  expect(history.pointsOf(['7/a'], 'sockets')).toEqual([
    { at: at(0), value: 1 },
    { at: at(1), value: 3 },
  ])
  expect(values(history, ['7/a'], 'rates')).toEqual([110, 330])
})

test('several processes add up, and times before the first of them are left out', () => {
  const history = new ProcessHistory()
  history.follow(buildMirror(rows(1, { name: 'else', pid: 9, startToken: 'c' }), at(0)))
  history.follow(buildMirror(rows(2), at(1)))
  history.follow(buildMirror([...rows(2), ...rows(4, mail)], at(2)))
  expect(values(history, ['7/a', '8/b'], 'sockets')).toEqual([2, 6])
})

test('the past beyond the last minutes is forgotten, and a process with its last socket', () => {
  const history = new ProcessHistory()
  for (let sample = 0; sample < historySamples + 5; sample += 1) history.follow(buildMirror(rows(sample + 1), at(sample)))
  expect(values(history, ['7/a'], 'sockets')).toEqual(Array.from({ length: historySamples }, (_, index) => index + 6))
  history.follow(buildMirror(rows(1, mail), at(historySamples + 5)))
  expect(values(history, ['7/a'], 'sockets')).toEqual([])
})

test('a clock that was set back starts the curves anew', () => {
  const history = new ProcessHistory()
  history.follow(buildMirror(rows(1), at(10)))
  expect(history.follow(buildMirror(rows(2), at(0)))).toBe(true)
  expect(history.pointsOf(['7/a'], 'sockets')).toEqual([{ at: at(0), value: 2 }])
})
