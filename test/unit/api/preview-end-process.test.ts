import { expect, test } from 'vitest'
import type { PlatformParts, ProcessDescription } from '../../../src-main/api/platform-parts.ts'
import { previewEndProcess } from '../../../src-main/api/preview-end-process.ts'
import { maximumTree } from '../../../src-shared/contract/actions.ts'
import { RowTable } from '../../../src-main/table/row-table.ts'

test('a tree that is too large is told as such: it has as many children as a tree may have processes', () => {
  const parts = {
    describeProcess: (pid: number) => ({ startToken: `t${pid}`, parentPid: 7 }),
    childrenOf: () => Array.from({ length: 2000 }, (_, index) => ({ pid: 100 + index })),
  } as unknown as PlatformParts
  const table = new RowTable({ sessionBase: 'x' })
  const preview = previewEndProcess({ parts, table, isOwn: () => false }, { pid: 7, startToken: 't7' })
  expect(preview.ok && preview.value.children.length).toBe(maximumTree)
})

test('a child comes with its start only while the bearer of its pid is a child of this process', () => {
  const processes = new Map<number, ProcessDescription>([
    [7, { startToken: 'a', parentPid: 1 }],
    [8, { startToken: 'b', parentPid: 7 }],
    // Process 9 ended after the children were listed, and a stranger has its number.
    [9, { startToken: 'c', parentPid: 50 }],
  ])
  const parts = {
    describeProcess: (pid: number) => processes.get(pid),
    childrenOf: () => [{ pid: 8, name: 'child' }, { pid: 9 }, { pid: 10 }],
  } as unknown as PlatformParts
  const preview = previewEndProcess({ parts, table: new RowTable({ sessionBase: 'x' }), isOwn: () => false }, { pid: 7, startToken: 'a' })
  expect(preview.ok && preview.value.children).toEqual([{ pid: 8, startToken: 'b', name: 'child' }, { pid: 9 }, { pid: 10 }])
})
