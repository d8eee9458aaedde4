import { expect, test } from 'vitest'
import type { ErrorCode } from '../../../src-shared/contract/error-codes.ts'
import { fail, succeed } from '../../../src-shared/contract/result.ts'
import type { ProcessRecord } from '../../../src-shared/model/process.ts'
import { useProcessParents } from '../../../src-renderer/stores/process-parents.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { settle, useWithHost } from '../support/mount-with-host.ts'

const processes: ProcessRecord[] = [10, 20].map((pid) => ({ ref: pid, pid, startToken: 'x' }))

async function started(refusal: () => ErrorCode | undefined) {
  const host = createFakeHost()
  const asked: number[] = []
  host.answers.getProcess = async ({ pid, startToken }) => {
    asked.push(pid)
    const code = refusal()
    if (code !== undefined) return fail(code, 'the test says so')
    return succeed({ pid, startToken, parents: [{ pid: 1, name: 'init' }], children: [], sockets: 0, unread: [] } as never)
  }
  const parents = useWithHost(host, useProcessParents)
  const want = async (): Promise<void> => {
    parents.want(processes)
    await settle()
  }
  const shown = (): number[] => processes.map((process) => parents.of(process).length)
  return { want, shown, asked }
}

test('a process that nobody could answer about is asked for again, behind the others', async () => {
  for (const code of ['disconnected', 'engine-unavailable', 'timeout', 'too-many-calls'] as const) {
    let refusal: ErrorCode | undefined = code
    const { want, shown, asked } = await started(() => refusal)
    await want()
    expect([code, shown(), asked]).toEqual([code, [0, 0], [10]])
    refusal = undefined
    await want()
    expect([code, shown(), asked]).toEqual([code, [1, 1], [10, 20, 10]])
  }
})

test('an answer is an answer, also that there is no such process', async () => {
  for (const code of ['not-found', 'not-allowed', 'internal'] as const) {
    const { want, shown, asked } = await started(() => code)
    await want()
    await want()
    expect([shown(), asked]).toEqual([
      [0, 0],
      [10, 20],
    ])
  }
})
