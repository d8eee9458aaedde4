import { expect, test } from 'vitest'
import { OwnProcesses } from '../../../src-main/api/own-processes.ts'

function family(parents: ReadonlyMap<number, number>) {
  let looks = 0
  const own = new OwnProcesses([100], () => {
    looks += 1
    return (pid) => parents.get(pid)
  })
  return { own, looks: () => looks }
}

test('Sockscope, its children and theirs are its own; who is further away and who is above it are not', () => {
  const { own } = family(
    new Map([
      [100, 50],
      [101, 100],
      [102, 101],
      [103, 102],
      [50, 1],
    ]),
  )
  expect([100, 101, 102, 103, 50, 1, 7].filter((pid) => own.has(pid))).toEqual([100, 101, 102])
})

test('a thousand targets of one action are judged by one look, the next action by another', () => {
  const { own, looks } = family(new Map())
  own.lookAgain()
  for (let pid = 200; pid < 1200; pid += 1) own.has(pid)
  expect(looks()).toBe(1)
  own.lookAgain()
  own.has(200)
  expect(looks()).toBe(2)
})
