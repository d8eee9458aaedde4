import { expect, test } from 'vitest'
import { processTree, type TreeGroup } from '../../../../src-renderer/view/grouping/process-tree.ts'

const drawn = (groups: readonly TreeGroup[]): string[] =>
  processTree(groups).map(
    (node) => `${'  '.repeat(node.level - 1)}${node.kind === 'group' ? `#${node.group}` : `(${node.name ?? node.pid})`}`,
  )
const shell = { pid: 50, name: 'bash' }
const first = { pid: 1, name: 'init' }

test('processes stand below their parents, in the given order among brothers', () => {
  expect(
    drawn([
      { group: 2, pid: 72, parents: [{ pid: 71 }, shell, first] },
      { group: 1, pid: 71, parents: [shell, first] },
      { group: 3, pid: 73, parents: [{ pid: 71 }, shell, first] },
      { group: 4, pid: 80, parents: [first] },
    ]),
  ).toEqual(['(bash)', '  #1', '    #2', '    #3', '#4'])
})

test('the first process of the system is drawn only when it has sockets itself', () => {
  expect(drawn([{ group: 1, pid: 80, parents: [first] }])).toEqual(['#1'])
  expect(
    drawn([
      { group: 1, pid: 80, parents: [first] },
      { group: 2, pid: 1, parents: [] },
    ]),
  ).toEqual(['#2', '  #1'])
})

test('parents that are not known yet leave a process at the top', () => {
  expect(drawn([{ group: 1, pid: 80, parents: [] }])).toEqual(['#1'])
})

test('two bearers of one number and parents in a circle are all drawn, once each', () => {
  const circle = drawn([
    { group: 1, pid: 10, parents: [{ pid: 11 }] },
    { group: 2, pid: 11, parents: [{ pid: 10 }] },
    { group: 3, pid: 10, parents: [] },
  ])
  expect(circle.map((line) => line.trim()).toSorted()).toEqual(['#1', '#2', '#3'])
})
