import { expect, test } from 'vitest'
import { oldestFirst } from '../../../../src-renderer/view/grouping/oldest-first.ts'
import { buildMirror } from '../../../builders/mirror-builder.ts'

test('slots come in the order of their rows, wherever these lie in memory', () => {
  const mirror = buildMirror([{ id: 30 }, { id: 7 }, { id: 1000 }, { id: 8 }])
  expect([...oldestFirst(mirror, [0, 1, 2, 3])]).toEqual([1, 3, 0, 2])
  expect([...oldestFirst(mirror, Int32Array.of(2, 1))]).toEqual([1, 2])
})
