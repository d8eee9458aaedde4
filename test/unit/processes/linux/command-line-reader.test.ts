/** A process may keep its command line where no answer ever comes from; nobody else may notice. */
import { expect, it } from 'vitest'
import { CommandLineReader } from '../../../../src-main/processes/linux/command-line-reader.ts'

const never = new Promise<Uint8Array | undefined>(() => {})
const soon = (): Promise<void> => Promise.resolve()
const late = (): Promise<void> => new Promise(() => {})

it('reads the arguments of a process that answers', async () => {
  const asked: [string, number][] = []
  const reader = new CommandLineReader(late, async (path, most) => {
    asked.push([path, most])
    return new TextEncoder().encode('sh\0-c\0')
  })
  expect(await reader.read(42)).toEqual({ arguments: ['sh', '-c'] })
  expect(asked).toEqual([['42/cmdline', 32_769]])
})

it('gives up on one that does not answer, and asks no third one while two hang', async () => {
  let asked = 0
  const reader = new CommandLineReader(soon, () => {
    asked += 1
    return never
  })
  expect([await reader.read(1), await reader.read(2), await reader.read(3)]).toEqual([undefined, undefined, undefined])
  expect(asked).toBe(2)
})

it('asks again as soon as one has answered after all', async () => {
  const first = Promise.withResolvers<Uint8Array | undefined>()
  const answers = [first.promise, never, Promise.resolve(undefined)]
  let asked = 0
  const reader = new CommandLineReader(soon, () => {
    asked += 1
    return answers[asked - 1] ?? never
  })
  await reader.read(1)
  await reader.read(2)
  first.resolve(undefined)
  await new Promise((resolve) => setTimeout(resolve, 0))
  await reader.read(3)
  expect(asked).toBe(3)
})
