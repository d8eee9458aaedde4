import { expect, it } from 'vitest'
import { showExecutable } from '../../src-main/electron/show-executable.ts'
import type { Api } from '../../src-shared/contract/api.ts'
import { fail, succeed } from '../../src-shared/contract/result.ts'
import { standin } from '../standin/electron.ts'

function engineThatKnows(executable: string | undefined, executableDeleted = false, more: object = {}) {
  const asked: unknown[] = []
  const call = async (_name: string, input: { pid: number; startToken: string }): Promise<unknown> => {
    asked.push(input)
    if (input.startToken === 'later') return fail('engine-unavailable', 'it is being started again')
    if (input.startToken !== 'now') return fail('not-found', 'it has ended')
    return succeed({ ...input, takenAt: 0, executable, executableDeleted, ...more })
  }
  return { asked, api: { call, on: () => () => {} } as unknown as Api }
}
const shown = (): string[] => standin.opened.splice(0)
const here = process.execPath

it('shows the file that the engine names for the process', async () => {
  const { api } = engineThatKnows(here)
  expect([await showExecutable(api, { pid: 7, startToken: 'now' }), shown()]).toEqual([undefined, [here]])
})

it.each([
  ['that ended', engineThatKnows(here), 'earlier', 'ended'],
  ['while the engine does not answer', engineThatKnows(here), 'later', 'unknown'],
  ['whose file was deleted', engineThatKnows(here, true), 'now', 'removed'],
  ['whose file nobody tells', engineThatKnows(undefined), 'now', 'unknown'],
  ['whose file is named without its folder', engineThatKnows('node'), 'now', 'elsewhere'],
  ['whose file is in a container', engineThatKnows('/app/bin/of-a-container'), 'now', 'elsewhere'],
  [
    'in a container, where the path is another file here',
    engineThatKnows(import.meta.filename, false, { otherNamespaces: ['mount'] }),
    'now',
    'elsewhere',
  ],
])('shows nothing for a process %s, and says why', async (_case, { api }, startToken, obstacle) => {
  expect(await showExecutable(api, { pid: 7, startToken })).toEqual({ pid: 7, obstacle })
  expect(shown()).toEqual([])
})

it.runIf(process.platform === 'linux')('shows the file of a service with mounts of its own when it is the same here', async () => {
  const { api } = engineThatKnows(here, false, { otherNamespaces: ['mount', 'network'] })
  expect([await showExecutable(api, { pid: process.pid, startToken: 'now' }), shown()]).toEqual([undefined, [here]])
})

// A page that was taken over sends a path, or more than an identity, in the hope that it is opened.
it.each([undefined, '/etc/passwd', { pid: 7 }, { pid: 7, startToken: 'now', executable: '/etc/passwd' }, { pid: -1, startToken: 'now' }])(
  'asks nobody about %j, and tells the log alone',
  async (process) => {
    const { api, asked } = engineThatKnows(here)
    expect(await showExecutable(api, process)).toBeUndefined()
    expect([asked, shown()]).toEqual([[], []])
  },
)
