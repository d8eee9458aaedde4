/** What is told of the sight there is, against what the system refuses here: whoever runs this, root or not. */
import { readdirSync, readlinkSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asked, isLinux, startEngine, type EngineUnderTest } from './engine-under-test.ts'

let engine: EngineUnderTest

beforeAll(async () => {
  engine = startEngine()
  await engine.look()
})
afterAll(() => engine.stop())

function isRefused(pid: string): boolean {
  try {
    for (const descriptor of readdirSync(`/proc/${pid}/fd`)) {
      readlinkSync(`/proc/${pid}/fd/${descriptor}`)
      return false
    }
    return false
  } catch (error) {
    return ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')
  }
}

describe.runIf(isLinux)('the sight of owners', () => {
  it('is called limited by the doctor exactly where a process may not be looked at', async () => {
    const { checks } = await asked(engine.api, 'getDoctorReport', undefined)
    const anyRefused = readdirSync('/proc').some((name) => /^[0-9]/.test(name) && isRefused(name))
    expect(checks.find(({ id }) => id === 'socket-owners')?.status).toBe(anyRefused ? 'limited' : 'ok')
  })

  it('is called limited by a problem as soon as one row is hidden, with their number', async () => {
    const { connections, problems } = await engine.look()
    const hidden = connections.filter(({ visibility }) => visibility === 'not-permitted').length
    const told = problems.find(({ code }) => code === 'owners-not-permitted')
    expect(told?.parameters?.['count']).toBe(hidden === 0 ? undefined : hidden)
  })
})
