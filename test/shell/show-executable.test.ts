import { expect, it } from 'vitest'
import { showExecutable } from '../../src-main/electron/show-executable.ts'
import type { Api } from '../../src-shared/contract/api.ts'
import { fail, succeed } from '../../src-shared/contract/result.ts'
import { standin } from '../standin/electron.ts'

function engineThatKnows(executable: string | undefined, executableDeleted = false) {
  const asked: unknown[] = []
  const call = async (_name: string, input: { pid: number; startToken: string }): Promise<unknown> => {
    asked.push(input)
    if (input.startToken !== 'now') return fail('not-found', 'it has ended')
    return succeed({ ...input, takenAt: 0, executable, executableDeleted })
  }
  return { asked, api: { call, on: () => () => {} } as unknown as Api }
}
const shown = (): string[] => standin.opened.splice(0)

it('shows the file that the engine names for the process', async () => {
  const { api } = engineThatKnows('/usr/bin/node')
  expect([await showExecutable(api, { pid: 7, startToken: 'now' }), shown()]).toEqual([undefined, ['/usr/bin/node']])
})

it('shows nothing for a process that ended, or whose file is gone, unknown or relative', async () => {
  const cases = [
    [engineThatKnows('/usr/bin/node'), 'earlier'],
    [engineThatKnows('/usr/bin/node', true), 'now'],
    [engineThatKnows(undefined), 'now'],
    [engineThatKnows('node'), 'now'],
  ] as const
  for (const [{ api }, startToken] of cases) expect(await showExecutable(api, { pid: 7, startToken })).toContain('7')
  expect(shown()).toEqual([])
})

// A page that was taken over sends a path, or more than an identity, in the hope that it is opened.
it.each([undefined, '/etc/passwd', { pid: 7 }, { pid: 7, startToken: 'now', executable: '/etc/passwd' }, { pid: -1, startToken: 'now' }])(
  'asks nobody about %j',
  async (process) => {
    const { api, asked } = engineThatKnows('/usr/bin/node')
    expect(await showExecutable(api, process)).toContain('no process')
    expect([asked, shown()]).toEqual([[], []])
  },
)
