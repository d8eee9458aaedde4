/**
 * What of the macOS parts can run here: the `ps` of this system prints the same columns, so that reading processes by it and ending
 * one behind the guard are tested on real processes.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { createMacParts } from '../../src-main/api/macos/macos-parts.ts'
import { runTool } from '../../src-main/native/run-tool.ts'

const hasPs = process.platform !== 'win32' && existsSync('/bin/ps')
if (!hasPs) console.warn('Skipped: processes by ps, because there is no /bin/ps here.')

const children: ChildProcess[] = []
afterEach(() => {
  for (const one of children.splice(0)) one.kill('SIGKILL')
})

async function child(script: string) {
  const started = spawn(process.execPath, ['-e', `${script}; process.stdout.write('.'); setInterval(() => {}, 1000)`])
  children.push(started)
  await once(started.stdout, 'data')
  return { pid: started.pid!, exited: once(started, 'exit') }
}

const parts = createMacParts(
  {
    steadyNow: () => performance.now(),
    delay: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    isOwn: () => false,
    userName: undefined,
    userId: process.getuid?.(),
  },
  {
    load: () => ({ ok: false, reason: 'not on this system' }),
    run: runTool,
    runScript: () => Promise.resolve({ status: undefined, output: '', errors: 'not on this system' }),
    ownPid: process.pid,
  },
)

describe.runIf(hasPs)('processes by ps', () => {
  it('are found with start and parent', async () => {
    const { pid } = await child('')
    const described = parts.describeProcess(pid)
    expect(described?.parentPid).toBe(process.pid)
    expect(Math.abs((described?.startedAt ?? 0) - Date.now())).toBeLessThan(60_000)
    expect(parts.childrenOf(process.pid).map((one) => one.pid)).toContain(pid)
  })

  it('end when asked, and not when the start is another one', async () => {
    const { pid, exited } = await child('')
    const { startToken } = parts.describeProcess(pid)!
    const wrong = `p${Number(startToken.slice(1)) + 60}`
    expect(await parts.terminator.end({ pid, startToken: wrong }, { confirmProtected: false })).toEqual({
      target: String(pid),
      status: 'replaced',
    })
    expect(parts.describeProcess(pid)?.startToken).toBe(startToken)
    expect(await parts.terminator.end({ pid, startToken }, { confirmProtected: false })).toEqual({
      target: String(pid),
      status: 'done',
      means: 'TERM',
    })
    await exited
    expect((await parts.terminator.end({ pid, startToken }, { confirmProtected: false })).status).toBe('gone')
  })

  it('are killed when they do not go', async () => {
    const { pid, exited } = await child(`process.on('SIGTERM', () => {})`)
    const { startToken } = parts.describeProcess(pid)!
    expect(await parts.terminator.end({ pid, startToken }, { confirmProtected: false })).toMatchObject({ status: 'done', means: 'KILL' })
    await exited
  })
})
