/** Every answer a kernel may give to the wish to close a connection; most of them come from kernels we do not run on. */
import { beforeEach, expect, it, vi } from 'vitest'
import type { ActionOutcome } from '../../../src-shared/contract/actions.ts'
import { LinuxConnectionCloser } from '../../../src-main/actions/linux/close-connection.ts'
import { RowTable } from '../../../src-main/table/row-table.ts'
import { record, type RecordInput } from '../../builders/record-builder.ts'

interface Kernel {
  /** Errno of the question whether the socket exists, before and after; 0: it does. */
  findErrno: number[]
  addressInUse: boolean
  destroyErrno: number
  /** Errno of pidfd_getfd; 0: a duplicate is had. */
  duplicateErrno: number
  /** Cookie of the duplicate. */
  cookie: { low: number; high: number }
  resetErrno: number
}

const fake = vi.hoisted(() => ({ kernel: {} as Kernel, calls: [] as string[], lists: 0 }))
const [EPERM, ENOENT, ESTALE, EOPNOTSUPP, EMFILE] = [1, 2, 116, 95, 24]

vi.mock(import('../../../src-main/sources/linux/socket-query.ts'), async (original) => ({
  ...(await original()),
  SocketQuery: class {
    find(): { record: Uint32Array } | { errno: number } {
      const errno = fake.kernel.findErrno.shift() ?? ENOENT
      return errno === 0 ? { record: new Uint32Array(1) } : { errno }
    }
    isAddressInUse(): boolean {
      return fake.kernel.addressInUse
    }
    destroy(): number {
      fake.calls.push('destroy')
      return fake.kernel.destroyErrno
    }
    close(): void {}
  } as never,
}))
vi.mock(import('../../../src-main/native/linux/process-descriptors.ts'), async (original) => ({
  ...(await original()),
  openDescriptorDirectory: () => ({ handle: 3 }),
  closeDescriptorDirectory: () => {},
  listDescriptors: () => {
    fake.lists += 1
    return [4, 5, 6]
  },
  readSocketInode: (_handle: number, descriptor: number) => (descriptor === 5 ? 9 : 0),
}))
vi.mock('../../../src-main/native/linux/process-handle.ts', () => {
  class ProcessHandle {
    static open(): ProcessHandle {
      return new ProcessHandle()
    }
    duplicate(descriptor: number): { descriptor: number } | { errno: number } {
      fake.calls.push(`duplicate ${descriptor}`)
      return fake.kernel.duplicateErrno === 0 ? { descriptor: 77 } : { errno: fake.kernel.duplicateErrno }
    }
    close(): void {}
  }
  return { ProcessHandle }
})
vi.mock('../../../src-main/native/linux/socket-descriptor.ts', () => ({
  socketCookie: () => fake.kernel.cookie,
  resetConnection: () => {
    fake.calls.push('reset')
    return fake.kernel.resetErrno
  },
  closeDescriptor: (descriptor: number) => fake.calls.push(`close ${descriptor}`),
}))

beforeEach(() => {
  fake.calls = []
  fake.lists = 0
  fake.kernel = {
    findErrno: [0, ENOENT],
    addressInUse: false,
    destroyErrno: 0,
    duplicateErrno: 0,
    cookie: { low: 5, high: 6 },
    resetErrno: 0,
  }
})

function close(row: Partial<RecordInput> = {}, id = 'c0000000600000005'): ActionOutcome {
  const table = new RowTable({ sessionBase: 'test' })
  table.begin(1000)
  const slot = table.upsert(record({ id: 5, high: 6, inode: 9, ...row }))
  table.finish()
  table.setOwners(slot, [table.processes.put({ pid: 50, startToken: '1' }, 1)], 'full')
  return new LinuxConnectionCloser().close(table, id)
}

it.each<[what: string, kernel: Partial<Kernel>, outcome: Partial<ActionOutcome>, calls: string]>([
  ['what the kernel destroys', {}, { status: 'done', means: 'sock-destroy' }, 'destroy'],
  ['what is there after all', { findErrno: [0, 0] }, { status: 'still-there', means: 'sock-destroy' }, 'destroy'],
  ['what is gone', { findErrno: [ENOENT] }, { status: 'gone' }, ''],
  ['what has a successor', { findErrno: [ESTALE], addressInUse: true }, { status: 'replaced' }, ''],
  ['what goes between question and deed', { destroyErrno: ENOENT }, { status: 'gone' }, 'destroy'],
  ['what cannot be asked for', { findErrno: [EMFILE] }, { status: 'failed', reason: 'system-error', systemError: 'EMFILE' }, ''],
  [
    'what the kernel refuses otherwise',
    { destroyErrno: 22 },
    { status: 'failed', reason: 'system-error', systemError: 'EINVAL' },
    'destroy',
  ],
  [
    'an own connection without root',
    { destroyErrno: EPERM },
    { status: 'done', means: 'descriptor-reset' },
    'destroy, duplicate 5, reset, close 77',
  ],
  [
    'an own connection on a kernel without SOCK_DESTROY',
    { destroyErrno: EOPNOTSUPP },
    { status: 'done', means: 'descriptor-reset' },
    'destroy, duplicate 5, reset, close 77',
  ],
  [
    'what ptrace rules keep away',
    { destroyErrno: EPERM, duplicateErrno: EPERM },
    { status: 'not-permitted', remedy: 'allow-ptrace', systemError: 'EPERM' },
    'destroy, duplicate 5',
  ],
  [
    'a descriptor that is another socket by now: it is left alone',
    { destroyErrno: EPERM, cookie: { low: 5, high: 7 } },
    { status: 'not-permitted', remedy: 'run-as-root', systemError: 'EPERM' },
    'destroy, duplicate 5, close 77',
  ],
  [
    'what neither the kernel nor the owner can',
    { destroyErrno: EOPNOTSUPP, duplicateErrno: 3 },
    { status: 'not-supported', reason: 'kernel-lacks-sock-destroy', remedy: 'end-process-instead' },
    'destroy, duplicate 5',
  ],
])('closing %s', (_what, kernel, outcome, calls) => {
  Object.assign(fake.kernel, kernel)
  expect(close()).toEqual({ target: 'c0000000600000005', ...outcome })
  expect(fake.calls.join(', ')).toBe(calls)
})

it('what no process holds any more is not looked for in any', () => {
  fake.kernel.destroyErrno = EPERM
  expect(close({ inode: 0 })).toMatchObject({ status: 'not-permitted', remedy: 'run-as-root' })
  expect([fake.calls, fake.lists]).toEqual([['destroy'], 0])
})

it('many connections of one process are closed with one list of its descriptors, and those closed later with a new one', async () => {
  Object.assign(fake.kernel, { destroyErrno: EPERM, findErrno: Array.from({ length: 400 }, () => 0) })
  const table = new RowTable({ sessionBase: 'test' })
  table.begin(1000)
  const owner = table.processes.put({ pid: 50, startToken: '1' }, 1)
  for (let low = 1; low <= 100; low += 1) table.setOwners(table.upsert(record({ id: low, high: 6, inode: 9 })), [owner], 'full')
  table.finish()
  const closer = new LinuxConnectionCloser()
  const ids = Array.from({ length: 100 }, (_, index) => `c00000006${(index + 1).toString(16).padStart(8, '0')}`)
  for (const id of ids) closer.close(table, id)
  expect([fake.calls.filter((call) => call === 'duplicate 5').length, fake.lists]).toEqual([100, 1])
  await new Promise(setImmediate)
  closer.close(table, ids[0]!)
  expect(fake.lists).toBe(2)
})

it.each<[what: string, row: Partial<RecordInput>, reason: string]>([
  ['a listener', { state: 'LISTEN', remotePort: 0 }, 'listening-owner-would-spin'],
  ['a bound socket', { state: 'BOUND', remotePort: 0 }, 'bound-socket-cannot-be-destroyed'],
  ['UDP', { protocol: 'udp' }, 'udp-stays-bound'],
])('%s is never touched', (_what, row, reason) => {
  expect(close(row)).toEqual({ target: 'c0000000600000005', status: 'not-supported', reason, remedy: 'end-process-instead' })
  expect(fake.calls).toEqual([])
})

it('a row that is known by its addresses only is not closed: nothing would tell it from its successor', () => {
  expect(close({ cookie: false }, 't0000000600000005')).toMatchObject({ status: 'not-supported', reason: 'no-kernel-cookie' })
  expect(fake.calls).toEqual([])
})

it('an id that names no row is gone', () => {
  expect(close({}, 'c00000000000000ff')).toEqual({ target: 'c00000000000000ff', status: 'gone' })
  expect(close({}, 'nonsense')).toEqual({ target: 'nonsense', status: 'gone' })
})
