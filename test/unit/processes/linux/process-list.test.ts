/** Handles that outlive their process, on kernels that tell it and on those before 6.2 that do not. */
import { beforeEach, expect, it, vi } from 'vitest'
import { ProcessList } from '../../../../src-main/processes/linux/process-list.ts'

const fake = vi.hoisted(() => ({
  pids: [] as number[],
  /** By handle. */
  alive: new Map<number, boolean>(),
  tellsCounts: true,
  lastHandle: 0,
  closed: [] as number[],
  looked: 0,
}))

vi.mock(import('../../../../src-main/native/linux/proc-files.ts'), async (original) => ({
  ...(await original()),
  listPids: () => fake.pids,
}))
vi.mock(import('../../../../src-main/native/linux/process-descriptors.ts'), async (original) => ({
  ...(await original()),
  openDescriptorDirectory: () => {
    fake.lastHandle += 1
    fake.alive.set(fake.lastHandle, true)
    return { handle: fake.lastHandle }
  },
  closeDescriptorDirectory: (handle: number) => void fake.closed.push(handle),
  countDescriptors: (handle: number) => (fake.tellsCounts ? (fake.alive.get(handle) === true ? 3 : undefined) : 0),
  isHandleAlive: (handle: number) => {
    fake.looked += 1
    return fake.alive.get(handle) === true
  },
}))

beforeEach(() => {
  Object.assign(fake, { pids: [7, 8], tellsCounts: true, lastHandle: 0, looked: 0 })
  fake.closed.length = 0
})

it.each([true, false])('a pid that went to another process between two looks is another process (counts told: %s)', (tellsCounts) => {
  fake.tellsCounts = tellsCounts
  const list = new ProcessList()
  list.refresh()
  const before = list.known.get(7)
  fake.alive.set(before!.handle, false)
  const { ended, appeared } = list.refresh()
  expect([ended, appeared.map(({ pid }) => pid)]).toEqual([[before], [7]])
  expect(list.known.get(7)).not.toBe(before)
  expect(fake.closed).toEqual([before!.handle])
})

it('where counts are told nothing more is asked', () => {
  const list = new ProcessList()
  list.refresh()
  list.refresh()
  expect(fake.looked).toBe(0)
})
