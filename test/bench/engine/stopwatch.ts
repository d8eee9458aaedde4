/**
 * Wall and processor time of a command, output thrown away. The shell's own `time` takes them: forking a large process such as this
 * one would be charged to the command.
 */
import { spawnSync } from 'node:child_process'

export interface Spent {
  readonly wallMs: number
  /** User and system. */
  readonly cpuMs: number
}

const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>/dev/null'
const longestRunMs = 120_000

/** A text is the reason why there is no figure. */
export function timeCommand(command: readonly string[]): Spent | string {
  const ran = spawnSync('bash', ['-c', script, 'bash', ...command], {
    env: { ...process.env, LC_ALL: 'C' },
    encoding: 'utf8',
    timeout: longestRunMs,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (ran.error !== undefined) return ran.error.message
  if (ran.status !== 0) return `${command.join(' ')} ended with code ${ran.status}`
  const [wall, user, system] = ran.stderr.trim().split(' ').map(Number)
  if (wall === undefined || user === undefined || system === undefined) return `unexpected answer: ${ran.stderr}`
  return { wallMs: wall * 1000, cpuMs: (user + system) * 1000 }
}
