import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { elevatedKillScript, killElevated } from '../../../../src-main/actions/macos/elevated-kill.ts'
import { elevationPrompt } from '../../../../src-main/actions/macos/elevation-prompt.ts'
import type { ScriptAnswer } from '../../../../src-main/native/macos/run-osascript.ts'

const order = { pid: 300, startSeconds: 1_794_009_599, signal: 15, graceSeconds: 3 }

async function ask(answer: ScriptAnswer, given = order) {
  const asked: { lines: readonly string[]; args: readonly string[] }[] = []
  const result = await killElevated(
    (lines, args) => {
      asked.push({ lines, args })
      return Promise.resolve(answer)
    },
    'Sockscope asks',
    given,
  )
  return { result, asked }
}

const done: ScriptAnswer = { status: 0, output: '\n', errors: '' }
const failed = (errors: string): ScriptAnswer => ({ status: 1, output: '', errors })

describe('the script for osascript', () => {
  it('is the same for every process; what differs are arguments, and those are numbers', async () => {
    const first = (await ask(done)).asked[0]!
    const second = (await ask(done, { ...order, pid: 4242, signal: 9 })).asked[0]!
    expect(first.lines).toEqual(second.lines)
    expect(first.args).toEqual(['Sockscope asks', '15', '300', '1794009599', '3'])
    expect(first.lines.join('\n')).not.toMatch(/300|1794009599/)
    expect(first.lines.filter((line) => line.includes('\n'))).toEqual([])
  })

  it('is never started with anything but whole numbers', async () => {
    for (const pid of [Number.NaN, 1.5, -1, Number.POSITIVE_INFINITY]) {
      const { result, asked } = await ask(done, { ...order, pid })
      expect([result.status, asked.length]).toEqual(['failed', 0])
    }
  })

  it('answers in every language by its number', async () => {
    expect((await ask(failed('0:212: execution error: User canceled. (-128)\n'))).result).toEqual({ status: 'refused' })
    expect((await ask(failed('0:212: execution error: Abgebrochen. (-128)\n'))).result).toEqual({ status: 'refused' })
    expect((await ask(failed('0:9: execution error: The command exited with a non-zero status. (75)\n'))).result).toEqual({
      status: 'replaced',
    })
    expect((await ask(failed('0:9: execution error: No user interaction allowed. (-1713)\n'))).result).toEqual({
      status: 'failed',
      reason: '0:9: execution error: No user interaction allowed. (-1713)',
    })
    expect((await ask({ status: undefined, output: '', errors: 'ENOENT' })).result).toEqual({ status: 'failed', reason: 'ENOENT' })
  })

  it('tells which signal was the last', async () => {
    expect((await ask(done)).result).toEqual({ status: 'signalled', last: 'first' })
    expect((await ask({ ...done, output: 'KILL\n' })).result).toEqual({ status: 'signalled', last: 'KILL' })
  })

  it('asks in the language of the system', () => {
    expect([elevationPrompt(5, 'en-GB'), elevationPrompt(5, 'zh-Hans-CN')]).toEqual([
      'Sockscope wants to end process 5.',
      'Sockscope 想要结束进程 5。',
    ])
  })
})

/** The shell part is run by a real sh, with programs that stand in for those of macOS. */
describe.skipIf(process.platform === 'win32')('the line that kills', () => {
  let folder: string
  let script: string
  const file = (name: string) => join(folder, name)
  const program = (name: string, body: string) => {
    writeFileSync(file(name), `#!/bin/sh\n${body}\n`)
    chmodSync(file(name), 0o755)
  }
  const run = (...args: readonly string[]) => {
    const { status, stdout } = spawnSync('/bin/sh', ['-c', script, 'sh', ...args], { encoding: 'utf8' })
    const signals = existsSync(file('signals')) ? readFileSync(file('signals'), 'utf8') : ''
    return { status, output: stdout, signals }
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'elevated-kill-'))
    script = elevatedKillScript({ ps: file('ps'), date: file('date'), kill: file('kill') })
    program('ps', `[ "$*" = "-o lstart= -p 300" ] && [ "$LC_ALL" = C ] && [ -f ${file('alive')} ] && cat ${file('alive')}`)
    // The format must be macOS'; the conversion is checked by a table, for date differs from system to system.
    program('date', `[ "$1 $2 $3 $4" = "-j -u -f %a %b %d %T %Y" ] && [ "$5" = "Fri Nov 6 23:59:59 2026" ] && echo 1794009599`)
    program('kill', `echo "$@" >> ${file('signals')}; [ "$1" = -9 ] && rm ${file('alive')}; [ ! -f ${file('refuse')} ]`)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  beforeEach(() => {
    rmSync(file('signals'), { force: true })
    rmSync(file('refuse'), { force: true })
    writeFileSync(file('alive'), 'Fri Nov  6 23:59:59 2026    \n')
  })

  it('signals the process that started then', () => {
    expect(run('15', '300', '1794009599', '0')).toEqual({ status: 0, output: '', signals: '-15 300\n' })
  })

  it('signals nobody when the start is another one, or nobody is there', () => {
    expect(run('15', '300', '1794009600', '0')).toEqual({ status: 75, output: '', signals: '' })
    rmSync(file('alive'))
    expect(run('15', '300', '1794009599', '3')).toEqual({ status: 75, output: '', signals: '' })
  })

  it('kills what is still there after the grace', () => {
    expect(run('15', '300', '1794009599', '1')).toEqual({ status: 0, output: 'KILL\n', signals: '-15 300\n-9 300\n' })
  })

  it('says so when the signal is refused', () => {
    writeFileSync(file('refuse'), '')
    expect(run('15', '300', '1794009599', '1').status).toBe(1)
  })

  it('holds no quotation mark that AppleScript would not pass on', () => {
    expect(script).not.toMatch(/['\\\n]/)
    expect(() => execFileSync('/bin/sh', ['-n', '-c', script])).not.toThrow()
  })
})
