import { expect, it } from 'vitest'
import { IdentityIndex } from '../../../src-main/table/identity-index.ts'
import { recordWords } from '../../../src-main/table/row-record.ts'
import { seededRandom } from '../../builders/seeded-random.ts'

const slots = 6000

it('equals a map under random insertions, removals and look-ups', () => {
  const random = seededRandom(2)
  const index = new IdentityIndex()
  const records = new Uint32Array(slots * recordWords)
  const truth = new Map<string, number>()
  const free = Array.from({ length: slots }, (_, slot) => slot)
  // Few distinct halves, so that chains collide and wrap around the end of the index.
  const key = (): [number, number] => [random.below(80), random.chance(0.5) ? random.below(80) : 0xffffffff - random.below(40)]
  for (let step = 0; step < 60_000; step += 1) {
    const [low, high] = key()
    const text = `${low} ${high}`
    const known = truth.get(text)
    expect(index.find(records, low, high)).toBe(known ?? -1)
    if (known === undefined) {
      const slot = free.pop()
      if (slot === undefined) continue
      records[slot * recordWords] = low
      records[slot * recordWords + 1] = high
      index.insert(records, slot)
      truth.set(text, slot)
    } else if (random.chance(0.7)) {
      index.remove(records, known)
      truth.delete(text)
      free.push(known)
    }
  }
  expect(truth.size).toBeGreaterThan(1000)
  for (const [text, slot] of truth) {
    const [low, high] = text.split(' ').map(Number) as [number, number]
    expect(index.find(records, low, high)).toBe(slot)
  }
})

it('takes the removal of what it does not hold calmly', () => {
  const index = new IdentityIndex()
  const records = new Uint32Array(4 * recordWords)
  records[0] = 1
  index.insert(records, 0)
  records[recordWords] = 5
  index.remove(records, 1)
  expect(index.find(records, 1, 0)).toBe(0)
})
