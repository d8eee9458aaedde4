import { expect, it } from 'vitest'
import { ProcessTable } from '../../../src-main/table/process-table.ts'

const nginx = { pid: 10, startToken: '100', name: 'nginx' }

it('gives a process one reference for as long as it is known', () => {
  const table = new ProcessTable()
  const ref = table.put(nginx, 1)
  expect(table.put(nginx, 2)).toBe(ref)
  expect(table.since(1)).toEqual([])
  expect(table.put({ ...nginx, name: 'nginx: master' }, 3)).toBe(ref)
  expect(table.since(2)).toEqual([{ ...nginx, ref, name: 'nginx: master' }])
})

it('takes another start of the same pid for another process', () => {
  const table = new ProcessTable()
  const first = table.put(nginx, 1)
  const second = table.put({ ...nginx, startToken: '200' }, 2)
  expect(second).not.toBe(first)
  expect(table.get(first)?.startToken).toBe('100')
})

it('marks an ended process once, and goes on naming it', () => {
  const table = new ProcessTable()
  const ref = table.put(nginx, 1)
  table.markExited(ref, 2)
  table.markExited(ref, 3)
  table.markExited(999, 3)
  expect(table.since(1)).toEqual([{ ...nginx, ref, exited: true }])
  expect(table.since(2)).toEqual([])
})

it('forgets whom no row names, tells so, and never gives the reference to another', () => {
  const table = new ProcessTable()
  const kept = table.put(nginx, 1)
  const dropped = table.put({ pid: 11, startToken: '1' }, 1)
  table.forgetUnused(new Set([kept]), 2)
  expect(table.forgottenSince(1)).toEqual([dropped])
  expect(table.forgottenSince(2)).toEqual([])
  expect([...table.values()].map(({ ref }) => ref)).toEqual([kept])
  expect(table.put({ pid: 11, startToken: '1' }, 3)).toBeGreaterThan(dropped)
})
