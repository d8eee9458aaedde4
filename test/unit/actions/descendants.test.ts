import { expect, it } from 'vitest'
import { descendantsOf } from '../../../src-shared/actions/descendants.ts'
import { maximumTree, type EndProcessPreview } from '../../../src-shared/contract/actions.ts'
import type { Api } from '../../../src-shared/contract/api.ts'
import { fail, succeed } from '../../../src-shared/contract/result.ts'

type Child = number | { readonly pid: number }

const preview = (pid: number, children: readonly Child[] = []): EndProcessPreview => ({
  pid,
  startToken: `t${pid}`,
  connections: 0,
  listeners: [],
  children: children.map((child) => (typeof child === 'number' ? { pid: child, startToken: `t${child}` } : child)),
})
function host(previews: readonly EndProcessPreview[], failing: readonly number[] = []): { readonly api: Api; readonly asked: number[] } {
  const asked: number[] = []
  const call = async (_name: string, { pid, startToken }: { pid: number; startToken: string }) => {
    asked.push(pid)
    if (failing.includes(pid)) return fail('timeout', 'no answer')
    const found = previews.find((each) => each.pid === pid && each.startToken === startToken)
    return found === undefined ? fail('not-found', 'gone') : succeed(found)
  }
  return { api: { call, on: () => () => {} }, asked }
}
const pidsOf = ({ list }: Awaited<ReturnType<typeof descendantsOf>>): [number, number][] =>
  list.map(({ preview: { pid }, depth }) => [pid, depth])

it('finds each after its parent, with its depth', async () => {
  const { api } = host([preview(2, [4]), preview(3), preview(4)])
  const found = await descendantsOf(api, preview(1, [2, 3]), new Set([1]))
  expect([pidsOf(found), found.cut, found.failure]).toEqual([
    [
      [2, 1],
      [4, 2],
      [3, 1],
    ],
    false,
    undefined,
  ])
})

it('leaves out who is gone, who is asked about already, and who cannot be told from a stranger', async () => {
  const { api, asked } = host([preview(2)])
  expect(pidsOf(await descendantsOf(api, preview(1, [2, 3, 5, { pid: 4 }]), new Set([1, 5])))).toEqual([[2, 1]])
  expect(asked).toEqual([2, 3])
})

it('ends where pids go round in a circle', async () => {
  const { api } = host([preview(2, [1, 2, 3]), preview(3, [2])])
  expect(pidsOf(await descendantsOf(api, preview(1, [2]), new Set([1])))).toEqual([
    [2, 1],
    [3, 2],
  ])
})

it('tells that a tree is too large, and what went wrong', async () => {
  const many = Array.from({ length: maximumTree }, (_, index) => index + 2)
  const large = await descendantsOf(host(many.map((pid) => preview(pid))).api, preview(1, many), new Set([1]))
  expect([large.cut, large.list.length]).toEqual([true, maximumTree - 1])
  const unlisted = await descendantsOf(host([preview(2)]).api, { ...preview(1, [2]), moreChildren: 1 }, new Set([1]))
  expect([unlisted.cut, unlisted.list.length]).toEqual([true, 1])
  const failed = await descendantsOf(host([preview(3)], [2]).api, preview(1, [2, 3]), new Set([1]))
  expect([pidsOf(failed), failed.failure?.code]).toEqual([[[3, 1]], 'timeout'])
})

it('asks no further when nobody wants to know any longer', async () => {
  const { api, asked } = host([preview(2), preview(3)])
  await descendantsOf(api, preview(1, [2, 3]), new Set([1]), () => asked.length < 1)
  expect(asked).toEqual([2])
})
