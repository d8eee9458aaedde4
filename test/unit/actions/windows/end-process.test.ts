import { describe, expect, it } from 'vitest'
import type { ElevatedActions } from '../../../../src-main/actions/windows/elevated-actions.ts'
import { WindowsProcessTerminator } from '../../../../src-main/actions/windows/end-process.ts'
import type { WindowsApi } from '../../../../src-main/native/windows/windows-api.ts'
import { fakeWindows } from '../../../builders/fake-windows-api.ts'

const created = 133_000_000_000_000_001n
const target = { pid: 8, startToken: String(created) }

/** One process with pid 8 behind handle 55, and what was done with it. */
function machine(overrides: Partial<WindowsApi> = {}) {
  const done: string[] = []
  let alive = true
  const { api } = fakeWindows({
    OpenProcess: (access, _inherit, pid) => (access === 0x101001 && pid === 8 ? 55 : 0),
    GetLastError: (): number => 87,
    GetProcessTimes: (handle, creation) => {
      Buffer.from(creation.buffer, creation.byteOffset, 8).writeBigUInt64LE(created)
      return handle === 55 ? 1 : 0
    },
    TerminateProcess: (handle, code) => {
      done.push(`terminate ${handle} ${code}`)
      alive = false
      return 1
    },
    WaitForSingleObject: () => (alive ? 258 : 0),
    CloseHandle: (handle) => done.push(`close ${handle}`),
    ...overrides,
  })
  return { api, done }
}

async function end(
  overrides: Partial<WindowsApi>,
  order: Parameters<WindowsProcessTerminator['end']>[1] = { confirmProtected: false },
  options: {
    readonly own?: readonly number[]
    readonly elevated?: ElevatedActions
    readonly pid?: number
    readonly startToken?: string
  } = {},
) {
  const { api, done } = machine(overrides)
  const terminator = new WindowsProcessTerminator({
    api,
    delay: async () => {},
    isOwn: (pid) => options.own?.includes(pid) ?? false,
    elevated: options.elevated,
  })
  const identity = { pid: options.pid ?? target.pid, startToken: options.startToken ?? target.startToken }
  const { target: named, ...outcome } = await terminator.end(identity, order)
  expect(named).toBe(String(identity.pid))
  return { outcome, done }
}

function helper(answer: Awaited<ReturnType<ElevatedActions['endProcess']>>): ElevatedActions {
  return { endProcess: async () => answer, closeTcp: async () => 0 }
}

const plain = { confirmProtected: false } as const

describe('ending a process on Windows', () => {
  it('terminates through the handle, waits for the end, and closes the handle', async () => {
    expect(await end({})).toEqual({ outcome: { status: 'done', means: 'KILL' }, done: ['terminate 55 1', 'close 55'] })
    expect((await end({}, { signal: 'KILL', confirmProtected: false })).outcome.status).toBe('done')
  })

  it('spares a process that started at another time', async () => {
    expect(await end({}, plain, { startToken: String(created + 1n) })).toEqual({ outcome: { status: 'replaced' }, done: ['close 55'] })
  })

  it.each([0, 4])('refuses pid %i, the kernel, even when confirmed', async (pid) => {
    expect(await end({}, { confirmProtected: true }, { pid })).toEqual({
      outcome: { status: 'not-supported', reason: 'kernel-process' },
      done: [],
    })
  })

  it('ends its own processes with the second step only', async () => {
    expect(await end({}, plain, { own: [8] })).toEqual({
      outcome: { status: 'protected', reason: 'self', remedy: 'confirm-protected' },
      done: [],
    })
    expect((await end({}, { confirmProtected: true }, { own: [8] })).outcome.status).toBe('done')
  })

  it('cannot ask a process to end', async () => {
    expect(await end({}, { signal: 'TERM', confirmProtected: false })).toEqual({
      outcome: { status: 'not-supported', reason: 'platform-cannot', remedy: 'use-kill' },
      done: [],
    })
  })

  it('finds a process gone: no such pid, or ended between two calls', async () => {
    expect((await end({}, plain, { pid: 12 })).outcome).toEqual({ status: 'gone' })
    expect((await end({ WaitForSingleObject: () => 0 })).outcome).toEqual({ status: 'gone' })
    let ended = false
    const racing = {
      TerminateProcess: () => {
        ended = true
        return 0
      },
      WaitForSingleObject: () => (ended ? 0 : 258),
    }
    expect((await end(racing)).outcome).toEqual({ status: 'gone' })
  })

  it.each([
    ['OpenProcess', { OpenProcess: () => 0, GetLastError: (): number => 5 }],
    ['GetProcessTimes', { GetProcessTimes: () => 0, GetLastError: (): number => 5 }],
    ['TerminateProcess', { TerminateProcess: () => 0, GetLastError: (): number => 5 }],
  ])('is not permitted where %s is denied', async (_call, overrides) => {
    expect((await end(overrides)).outcome).toEqual({
      status: 'not-permitted',
      remedy: 'run-as-administrator',
      systemError: 'ERROR_ACCESS_DENIED',
    })
  })

  it('names any other error', async () => {
    expect((await end({ OpenProcess: () => 0, GetLastError: (): number => 8 })).outcome).toEqual({
      status: 'failed',
      reason: 'system-error',
      systemError: 'ERROR_NOT_ENOUGH_MEMORY',
    })
  })

  it('says that a process which a driver holds up is still there', async () => {
    expect((await end({ WaitForSingleObject: () => 258 })).outcome).toEqual({ status: 'still-there', means: 'KILL' })
  })

  it('lets the elevated helper do what is denied, and takes a refusal of the prompt for an answer', async () => {
    const denied = { OpenProcess: () => 0, GetLastError: (): number => 5 }
    const done = { target: '8', status: 'done', means: 'KILL' } as const
    expect((await end(denied, plain, { elevated: helper(done) })).outcome).toEqual({ status: 'done', means: 'KILL' })
    expect((await end(denied, plain, { elevated: helper({ refusal: 'elevation-refused' }) })).outcome).toEqual({
      status: 'not-permitted',
      reason: 'elevation-refused',
      remedy: 'run-as-administrator',
    })
    const failed = helper({ refusal: 'elevation-failed', systemError: 'ERROR_FILE_NOT_FOUND' })
    expect((await end(denied, plain, { elevated: failed })).outcome).toMatchObject({
      reason: 'elevation-failed',
      systemError: 'ERROR_FILE_NOT_FOUND',
    })
  })
})
