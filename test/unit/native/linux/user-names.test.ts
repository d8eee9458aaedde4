/** Names of users from a directory that answers when it likes. */
import { expect, it } from 'vitest'
import { UserNames } from '../../../../src-main/native/linux/user-names.ts'

function setUp() {
  const system = {
    now: 0,
    version: 1,
    local: new Map([[0, 'root']]),
    asked: [] as number[],
    answers: [] as ((name: string | undefined) => void)[],
  }
  const names = new UserNames({
    localVersion: () => system.version,
    readLocal: () => system.local,
    askDirectory: (uid) => {
      system.asked.push(uid)
      return new Promise((resolve) => {
        system.answers.push(resolve)
      })
    },
    now: () => system.now,
  })
  const answer = async (name: string | undefined): Promise<void> => {
    system.answers.shift()?.(name)
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
  }
  return { system, names, answer }
}

it('who is known here is named at once, and nobody else is asked', () => {
  const { system, names } = setUp()
  expect([names.nameOf(0), system.asked]).toEqual(['root', []])
})

it('others have no name until the directory answers, which shows in the generation', async () => {
  const { names, answer } = setUp()
  expect(names.nameOf(1000)).toBeUndefined()
  const before = names.generation
  await answer('lena')
  expect(names.generation).not.toBe(before)
  expect(names.nameOf(1000)).toBe('lena')
})

it('the directory is asked about one user at a time, and about each once', async () => {
  const { system, names, answer } = setUp()
  for (const uid of [1000, 1001, 1000, 1002, 1001]) names.nameOf(uid)
  expect(system.asked).toEqual([1000])
  await answer('a')
  expect(system.asked).toEqual([1000, 1001])
  await answer('b')
  await answer('c')
  expect([system.asked, names.nameOf(1002)]).toEqual([[1000, 1001, 1002], 'c'])
})

it('that it knows nobody of this number is believed for a while, as a name is', async () => {
  const { system, names, answer } = setUp()
  names.nameOf(54_321)
  await answer(undefined)
  system.now = 59_000
  expect([names.nameOf(54_321), system.asked.length]).toEqual([undefined, 1])
  system.now = 61_000
  expect([names.nameOf(54_321), system.asked.length]).toEqual([undefined, 2])
  await answer('late')
  system.now = 122_000
  expect([names.nameOf(54_321), system.asked.length]).toEqual(['late', 3]) // the old name holds while it is asked again
  await answer(undefined)
  expect(names.nameOf(54_321)).toBeUndefined()
})

it('a change of the local file is noticed', () => {
  const { system, names } = setUp()
  names.nameOf(0)
  const before = names.generation
  system.local = new Map([[0, 'toor']])
  system.version = 2
  system.now = 1500
  expect([names.generation === before, names.nameOf(0)]).toEqual([false, 'toor'])
})

it('a directory that fails is asked again later', async () => {
  const { system, names } = setUp()
  const failing = new UserNames({
    localVersion: () => 1,
    readLocal: () => new Map(),
    askDirectory: () => Promise.reject(new Error('no directory')),
    now: () => system.now,
  })
  failing.nameOf(7)
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
  expect(failing.nameOf(7)).toBeUndefined()
  expect(names.nameOf(0)).toBe('root')
})
