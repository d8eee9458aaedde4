import { describe, expect, it } from 'vitest'
import { RowSlots } from '../../../src-shared/model/row-slots.ts'
import { seededRandom } from '../view/random.ts'

const highest = 2 ** 32 - 1

describe('slots by row id', () => {
  it('are found, replaced and forgotten', () => {
    const slots = new RowSlots()
    slots.set(0, 5)
    slots.set(highest, 6)
    slots.set(0, 7)
    expect([slots.get(0), slots.get(highest), slots.get(1), slots.size]).toEqual([7, 6, undefined, 2])
    slots.delete(0)
    slots.delete(1)
    expect([slots.get(0), slots.get(highest), slots.size]).toEqual([undefined, 6, 1])
  })

  it.each([
    ['that follow each other', (index: number) => index],
    ['that fall together', (index: number) => Math.imul(index, 0x0e8b2f51) >>> 0], // the inverse of the multiplier: neighbours at home
    ['all over', (_: number, random: () => number) => Math.floor(random() * highest)],
  ])('agree with a Map for ids %s, through growth and churn', (_name, idOf) => {
    const random = seededRandom(7)
    const slots = new RowSlots()
    const expected = new Map<number, number>()
    for (let step = 0; step < 30_000; step += 1) {
      const id = idOf(Math.floor(random() * 3000), random)
      if (random() < 0.6) {
        slots.set(id, step)
        expected.set(id, step)
      } else {
        slots.delete(id)
        expected.delete(id)
      }
      expect(slots.get(id)).toBe(expected.get(id))
    }
    expect(slots.size).toBe(expected.size)
    for (const [id, slot] of expected) expect(slots.get(id)).toBe(slot)
  })
})
