import { expect, test } from 'vitest'
import type { PlatformParts, ProcessDescription } from '../../../src-main/api/platform-parts.ts'
import { previewEndProcess } from '../../../src-main/api/preview-end-process.ts'
import { maximumTree } from '../../../src-shared/contract/actions.ts'
import { RowTable } from '../../../src-main/table/row-table.ts'

function previewWith(parts: Pick<PlatformParts, 'describeProcess' | 'childrenOf'>) {
  return previewEndProcess({ parts, table: new RowTable({ sessionBase: 'x' }), isOwn: () => false }, { pid: 7, startToken: 't7' })
}

test('as many children as a tree may have processes are listed, the rest is counted', () => {
  const preview = previewWith({
    describeProcess: (pid) => ({ startToken: `t${pid}`, parentPid: 1 }),
    childrenOf: () => Array.from({ length: 2000 }, (_, index) => ({ pid: 100 + index, startToken: 'x' })),
  })
  expect(preview.ok && [preview.value.children.length, preview.value.moreChildren]).toEqual([maximumTree, 2000 - maximumTree])
})

test('children come as the system told them in one look: no further list is read for each', () => {
  let described = 0
  const preview = previewWith({
    describeProcess: (pid) => {
      described += 1
      return { startToken: `t${pid}`, parentPid: 1 }
    },
    childrenOf: () => [{ pid: 8, startToken: 'b', name: 'child' }, { pid: 9 }],
  })
  expect(preview.ok && preview.value).toMatchObject({ children: [{ pid: 8, startToken: 'b', name: 'child' }, { pid: 9 }] })
  expect(preview.ok && 'moreChildren' in preview.value).toBe(false)
  expect(described).toBe(1)
})

test("children of a successor are nobody's: a process that ended while they were listed has no preview", () => {
  let bearer: ProcessDescription = { startToken: 't7', parentPid: 1 }
  const preview = previewWith({
    describeProcess: () => bearer,
    childrenOf: () => {
      bearer = { startToken: 't8', parentPid: 1 }
      return [{ pid: 8, startToken: 'of the successor' }]
    },
  })
  expect(preview).toMatchObject({ ok: false, error: { code: 'not-found' } })
})
