import { expect, it } from 'vitest'
import { BoundedLog } from '../../../src-main/table/bounded-log.ts'
import { seededRandom } from '../../builders/seeded-random.ts'

it('tells what was noted after a sequence, oldest first', () => {
  const log = new BoundedLog(10)
  log.note(7, 1)
  log.note(8, 2)
  log.note(9, 2)
  expect([log.since(0), log.since(1), log.since(2)]).toEqual([[7, 8, 9], [8, 9], []])
})

it('says that it cannot tell when a part was forgotten', () => {
  const log = new BoundedLog(2)
  log.note(7, 1)
  log.note(8, 2)
  log.note(9, 3)
  expect(log.since(0)).toBeUndefined()
  expect(log.since(1)).toEqual([8, 9])
})

it('equals a plain list under random use, or admits to have forgotten', () => {
  const random = seededRandom(1)
  for (const capacity of [1, 3, 16]) {
    const log = new BoundedLog(capacity)
    const all: { value: number; sequence: number }[] = []
    for (let sequence = 1; sequence < 300; sequence += 1) {
      for (let count = random.below(4); count > 0; count -= 1) {
        const value = random.below(1000)
        log.note(value, sequence)
        all.push({ value, sequence })
      }
      for (let since = Math.max(0, sequence - 20); since <= sequence; since += 1) {
        const expected = all.filter((entry) => entry.sequence > since).map(({ value }) => value)
        expect(log.since(since)).toEqual(expected.length <= capacity ? expected : undefined)
      }
    }
  }
})
