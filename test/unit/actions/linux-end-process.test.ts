/** Every way in which the end of a process can go, on a made-up system: what the live tests cannot bring about at will. */
import { beforeEach, expect, it, vi } from 'vitest'
import type { ActionOutcome } from '../../../src-shared/contract/actions.ts'
import { LinuxProcessTerminator, termGraceMs } from '../../../src-main/actions/linux/end-process.ts'

interface System {
  openErrno: number
  stat: string | undefined
  /** What is read under its number after its end, where there is no handle. */
  after?: string
  /** Errno of each signal, by name. */
  signalErrno: Partial<Record<'TERM' | 'KILL', number>>
  /** The signal that ends it. */
  endsBy: 'TERM' | 'KILL' | 'nothing'
  /** Milliseconds it takes to end. */
  takesMs: number
}

const fake = vi.hoisted(() => ({
  system: {} as System,
  sent: [] as string[],
  closed: 0,
  now: 0,
  endsAt: Number.POSITIVE_INFINITY,
}))

vi.mock(import('../../../src-main/native/linux/proc-files.ts'), async (original) => ({
  ...(await original()),
  readProcText: () => (fake.system.openErrno !== 0 && fake.now >= fake.endsAt ? fake.system.after : fake.system.stat),
}))
function kill(name: 'TERM' | 'KILL'): number {
  fake.sent.push(name)
  if (fake.system.endsBy === name) fake.endsAt = Math.min(fake.endsAt, fake.now + fake.system.takesMs)
  return fake.system.signalErrno[name] ?? 0
}

vi.mock('../../../src-main/native/linux/process-handle.ts', () => {
  class ProcessHandle {
    static open(): ProcessHandle | { errno: number } {
      return fake.system.openErrno === 0 ? new ProcessHandle() : { errno: fake.system.openErrno }
    }
    signal = kill
    hasEnded(): boolean {
      return fake.now >= fake.endsAt
    }
    close(): void {
      fake.closed += 1
    }
  }
  return { ProcessHandle, sendSignal: (_pid: number, name: 'TERM' | 'KILL') => kill(name) }
})

const stat = '50 (nginx) S 1 50 50 0 -1 4194304 1 0 0 0 4 2 0 0 20 0 1 0 777 1 1'
const terminator = new LinuxProcessTerminator({
  delay: (ms) => {
    fake.now += ms
    return Promise.resolve()
  },
  isOwn: (pid) => pid === 50_000,
})

beforeEach(() => {
  fake.system = { openErrno: 0, stat, signalErrno: {}, endsBy: 'TERM', takesMs: 0 }
  Object.assign(fake, { sent: [], closed: 0, now: 0, endsAt: Number.POSITIVE_INFINITY })
})

it.each<[what: string, system: Partial<System>, signal: 'TERM' | 'KILL' | undefined, outcome: Partial<ActionOutcome>, sent: string]>([
  ['one that ends by TERM', {}, undefined, { status: 'done', means: 'TERM' }, 'TERM'],
  ['one that saves its work first', { takesMs: 2500 }, undefined, { status: 'done', means: 'TERM' }, 'TERM'],
  ['one that takes longer than the grace', { endsBy: 'KILL' }, undefined, { status: 'done', means: 'KILL' }, 'TERM KILL'],
  ['only KILL', { endsBy: 'KILL' }, 'KILL', { status: 'done', means: 'KILL' }, 'KILL'],
  ['only TERM, which is ignored', { endsBy: 'KILL' }, 'TERM', { status: 'still-there', means: 'TERM', remedy: 'use-kill' }, 'TERM'],
  ['one in uninterruptible sleep', { endsBy: 'nothing' }, undefined, { status: 'still-there', means: 'KILL' }, 'TERM KILL'],
  [
    'one of another user',
    { signalErrno: { TERM: 1 } },
    undefined,
    { status: 'not-permitted', remedy: 'run-as-root', systemError: 'EPERM' },
    'TERM',
  ],
  ['one that ends before the signal', { signalErrno: { TERM: 3 } }, undefined, { status: 'gone' }, 'TERM'],
  [
    'what the kernel refuses otherwise',
    { signalErrno: { TERM: 22 } },
    undefined,
    { status: 'failed', reason: 'system-error', systemError: 'EINVAL' },
    'TERM',
  ],
  ['a pid nobody has', { openErrno: 3 }, undefined, { status: 'gone' }, ''],
  ['one on a kernel without handles', { openErrno: 38, takesMs: 100 }, undefined, { status: 'done', means: 'TERM' }, 'TERM'],
  [
    'one that leaves a zombie there',
    { openErrno: 38, after: stat.replace(' S ', ' Z ') },
    undefined,
    { status: 'done', means: 'TERM' },
    'TERM',
  ],
  [
    'one whose number is given away there after its end',
    { openErrno: 38, after: stat.replace(' 777 ', ' 778 ') },
    undefined,
    { status: 'done', means: 'TERM' },
    'TERM',
  ],
  ['one that stays there', { openErrno: 38, endsBy: 'KILL' }, undefined, { status: 'done', means: 'KILL' }, 'TERM KILL'],
  ['one in a sandbox without handles', { openErrno: 1 }, undefined, { status: 'done', means: 'TERM' }, 'TERM'],
  [
    'a number another process has now, without handles',
    { openErrno: 38, stat: stat.replace(' 777 ', ' 778 ') },
    undefined,
    { status: 'replaced' },
    '',
  ],
  [
    'one of another user, without handles',
    { openErrno: 38, signalErrno: { TERM: 1 } },
    undefined,
    { status: 'not-permitted', remedy: 'run-as-root', systemError: 'EPERM' },
    'TERM',
  ],
  [
    'what cannot be opened otherwise',
    { openErrno: 24 },
    undefined,
    { status: 'failed', reason: 'system-error', systemError: 'EMFILE' },
    '',
  ],
  ['a pid another process has now', { stat: stat.replace(' 777 ', ' 778 ') }, undefined, { status: 'replaced' }, ''],
  ['one whose files are gone', { stat: undefined }, undefined, { status: 'gone' }, ''],
])('ending %s', async (_what, system, signal, outcome, sent) => {
  Object.assign(fake.system, system)
  const answer = await terminator.end({ pid: 50, startToken: '777' }, { signal, confirmProtected: false })
  expect(answer).toEqual({ target: '50', ...outcome })
  expect(fake.sent.join(' ')).toBe(sent)
  expect(fake.closed).toBe(fake.system.openErrno === 0 ? 1 : 0)
})

it('TERM is given its whole grace before KILL', async () => {
  fake.system.endsBy = 'KILL'
  await terminator.end({ pid: 50, startToken: '777' }, { confirmProtected: false })
  expect(fake.now).toBeGreaterThanOrEqual(termGraceMs)
})

it('protected processes are not even looked at without the second step, and go on to the usual checks with it', async () => {
  for (const [pid, reason] of [
    [1, 'init'],
    [50_000, 'self'],
  ] as const) {
    fake.system.openErrno = 3
    const target = { pid, startToken: '777' }
    expect(await terminator.end(target, { confirmProtected: false })).toEqual({
      target: String(pid),
      status: 'protected',
      reason,
      remedy: 'confirm-protected',
    })
    expect(await terminator.end(target, { confirmProtected: true })).toEqual({ target: String(pid), status: 'gone' })
  }
  expect(fake.sent).toEqual([])
})
