import { expect, it } from 'vitest'
import type { ElevatedKillAnswer, ElevatedKillOrder } from '../../../../src-main/actions/macos/elevated-kill.ts'
import { MacProcessTerminator } from '../../../../src-main/actions/macos/end-process.ts'
import type { ProcessSighting } from '../../../../src-main/processes/macos/process-reader.ts'

interface World {
  /** The token of the process with the pid now; undefined: there is none. */
  token: string | undefined
  /** Signals that end it. */
  endsBy?: readonly number[]
  errno?: number
  unreadable?: string
  elevated?: ElevatedKillAnswer
  /** What happens while the password prompt is open. */
  duringPrompt?: () => void
}

function open(world: World) {
  const signals: number[] = []
  const orders: ElevatedKillOrder[] = []
  let waitedMs = 0
  const sight = (pid: number): ProcessSighting => {
    if (world.unreadable !== undefined) return { status: 'unreadable', reason: world.unreadable }
    if (world.token === undefined) return { status: 'gone' }
    const process = {
      pid,
      parentPid: 1,
      uid: 501,
      name: 'node',
      startedAtUnixMs: 1_794_009_599_700,
      startKey: 'k',
      startToken: world.token,
    }
    return { status: 'there', process }
  }
  const terminator = new MacProcessTerminator({
    delay: (ms) => {
      waitedMs += ms
      return Promise.resolve()
    },
    isOwn: (pid) => pid === 77,
    findAgain: ({ pid }) => sight(pid),
    signal: (_pid, signal) => {
      signals.push(signal)
      if (world.errno !== undefined) return world.errno
      if (world.endsBy?.includes(signal) === true) world.token = undefined
      return 0
    },
    killElevated: (order) => {
      orders.push(order)
      world.duringPrompt?.()
      return Promise.resolve(world.elevated ?? { status: 'failed', reason: 'not expected' })
    },
  })
  return { terminator, signals, orders, waited: () => waitedMs }
}

const target = { pid: 300, startToken: 'u5' }
const plain = { confirmProtected: false }

it('ends a process that goes when asked', async () => {
  const { terminator, signals } = open({ token: 'u5', endsBy: [15] })
  expect([await terminator.end(target, plain), signals]).toEqual([{ target: '300', status: 'done', means: 'TERM' }, [15]])
})

it('kills what does not go in three seconds, unless only one signal was ordered', async () => {
  const stubborn = open({ token: 'u5', endsBy: [9] })
  expect(await stubborn.terminator.end(target, plain)).toEqual({ target: '300', status: 'done', means: 'KILL' })
  expect([stubborn.signals, stubborn.waited()]).toEqual([[15, 9], 3000])
  const polite = open({ token: 'u5', endsBy: [9] })
  expect(await polite.terminator.end(target, { ...plain, signal: 'TERM' })).toEqual({
    target: '300',
    status: 'still-there',
    means: 'TERM',
    remedy: 'use-kill',
  })
  expect(polite.signals).toEqual([15])
})

it('says so when even KILL does not end it', async () => {
  expect(await open({ token: 'u5' }).terminator.end(target, plain)).toEqual({ target: '300', status: 'still-there', means: 'KILL' })
})

it('sends nothing to a successor of the pid', async () => {
  const { terminator, signals } = open({ token: 'u6' })
  expect([await terminator.end(target, plain), signals]).toEqual([{ target: '300', status: 'replaced' }, []])
})

it('sends no KILL to a process that took the pid while the first one was ending', async () => {
  const world: World = { token: 'u5' }
  const { terminator, signals } = open(world)
  const ending = terminator.end(target, plain)
  world.token = 'u6'
  expect([(await ending).status, signals]).toEqual(['done', [15]])
})

it('tells gone, before and between looking and signalling', async () => {
  expect(await open({ token: undefined }).terminator.end(target, plain)).toEqual({ target: '300', status: 'gone' })
  expect(await open({ token: 'u5', errno: 3 }).terminator.end(target, plain)).toEqual({ target: '300', status: 'gone' })
})

it('does nothing when the identity cannot be read', async () => {
  const { terminator, signals } = open({ token: 'u5', unreadable: 'ENOENT' })
  expect([await terminator.end(target, plain), signals]).toEqual([
    { target: '300', status: 'failed', reason: 'system-error', systemError: 'ENOENT' },
    [],
  ])
})

it('names any other error', async () => {
  expect(await open({ token: 'u5', errno: 22 }).terminator.end(target, plain)).toEqual({
    target: '300',
    status: 'failed',
    reason: 'system-error',
    systemError: 'EINVAL',
  })
})

it('wants the second step for Sockscope itself and the first process', async () => {
  const { terminator, signals } = open({ token: 'u5', endsBy: [15] })
  const outcomes = [await terminator.end({ pid: 77, startToken: 'u5' }, plain), await terminator.end({ pid: 1, startToken: 'u5' }, plain)]
  expect([outcomes.map(({ status, reason }) => [status, reason]), signals]).toEqual([
    [
      ['protected', 'self'],
      ['protected', 'init'],
    ],
    [],
  ])
  expect((await terminator.end({ pid: 77, startToken: 'u5' }, { confirmProtected: true })).status).toBe('done')
})

it('asks for a password where it is not permitted, once for both signals', async () => {
  const world: World = {
    token: 'u5',
    errno: 1,
    elevated: { status: 'signalled', last: 'KILL' },
    duringPrompt: () => (world.token = undefined),
  }
  const { terminator, orders } = open(world)
  expect(await terminator.end(target, plain)).toEqual({ target: '300', status: 'done', means: 'KILL' })
  expect(orders).toEqual([{ pid: 300, startSeconds: 1_794_009_599, signal: 15, graceSeconds: 3 }])
})

it('orders a single signal without another one after it', async () => {
  const { terminator, orders } = open({ token: 'u5', errno: 1, elevated: { status: 'signalled', last: 'first' } })
  expect(await terminator.end(target, { ...plain, signal: 'KILL' })).toEqual({ target: '300', status: 'still-there', means: 'KILL' })
  expect(orders).toMatchObject([{ signal: 9, graceSeconds: 0 }])
})

it('takes a refused password for an answer, also for those that wait behind it', async () => {
  const { terminator, orders } = open({ token: 'u5', errno: 1, elevated: { status: 'refused' } })
  const refused = { status: 'not-permitted', reason: 'elevation-refused', systemError: 'EPERM' }
  const outcomes = await Promise.all([terminator.end(target, plain), terminator.end({ ...target, pid: 301 }, plain)])
  expect([outcomes, orders.length]).toEqual([
    [
      { target: '300', ...refused },
      { target: '301', ...refused },
    ],
    1,
  ])
  await terminator.end(target, plain)
  expect(orders.length).toBe(2)
})

it('tells a failed prompt from a refused one', async () => {
  const { terminator } = open({ token: 'u5', errno: 1, elevated: { status: 'failed', reason: 'no display' } })
  expect(await terminator.end(target, plain)).toEqual({
    target: '300',
    status: 'not-permitted',
    reason: 'elevation-failed',
    remedy: 'run-as-root',
    systemError: 'EPERM',
  })
})

it('tells what the script found when the pid changed hands during the prompt', async () => {
  const gone: World = { token: 'u5', errno: 1, elevated: { status: 'replaced' }, duringPrompt: () => (gone.token = undefined) }
  expect((await open(gone).terminator.end(target, plain)).status).toBe('gone')
  const other: World = { token: 'u5', errno: 1, elevated: { status: 'replaced' }, duringPrompt: () => (other.token = 'u6') }
  expect((await open(other).terminator.end(target, plain)).status).toBe('replaced')
})
