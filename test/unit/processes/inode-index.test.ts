import { expect, it } from 'vitest'
import { InodeIndex } from '../../../src-main/processes/linux/inode-index.ts'
import { seededRandom } from '../../builders/seeded-random.ts'

const slots = 4000

it('equals a map of lists under random changes, with several slots per inode', () => {
  const random = seededRandom(3)
  const index = new InodeIndex(16)
  index.reserve(slots)
  const truth = new Map<number, Set<number>>()
  const inodeOf = new Map<number, number>()
  const found = (inode: number): number[] => {
    const list: number[] = []
    expect(index.forEach(inode, (slot) => list.push(slot))).toBe(list.length > 0)
    return list.toSorted((left, right) => left - right)
  }
  for (let step = 0; step < 40_000; step += 1) {
    const slot = random.below(slots)
    // Inodes are 32 bits wide; the highest bit must not get lost.
    const inode = random.chance(0.3) ? 0 : random.chance(0.5) ? 1 + random.below(1500) : 0xffffffff - random.below(1500)
    truth.get(inodeOf.get(slot) ?? 0)?.delete(slot)
    index.set(slot, inode)
    inodeOf.set(slot, inode)
    if (inode !== 0) truth.set(inode, (truth.get(inode) ?? new Set()).add(slot))
    expect(index.inodeOf(slot)).toBe(inode)
    const asked = random.chance(0.5) ? inode : 1 + random.below(1500)
    if (asked === 0) continue
    const expected = [...(truth.get(asked) ?? [])].toSorted((left, right) => left - right)
    expect(found(asked)).toEqual(expected)
    expect(expected.length === 0 ? index.find(asked) === -1 : expected.includes(index.find(asked))).toBe(true)
  }
  expect(truth.size).toBeGreaterThan(1000)
})

it('keeps what it knows when room is made for more slots', () => {
  const index = new InodeIndex(2)
  index.set(1, 77)
  index.reserve(10_000)
  index.set(9999, 77)
  expect([index.inodeOf(1), index.inodeOf(9999)]).toEqual([77, 77])
})
