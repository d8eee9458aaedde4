/** Runs an AppleScript that may ask the person for a password, without holding up the engine. */
import { execFile } from 'node:child_process'

export interface ScriptAnswer {
  /** The exit status; undefined when the script could not be run, or not to its end. */
  readonly status: number | undefined
  readonly output: string
  readonly errors: string
}

export type RunScript = (lines: readonly string[], args: readonly string[]) => Promise<ScriptAnswer>

/** Time to find a password and type it. */
const timeLimitMs = 180_000
const outputLimitBytes = 64 * 1024

export const runOsascript: RunScript = (lines, args) =>
  new Promise((resolve) => {
    const statements = lines.flatMap((line) => ['-e', line])
    const options = { timeout: timeLimitMs, maxBuffer: outputLimitBytes, env: { ...process.env, LC_ALL: 'C', LANG: 'C' } }
    execFile('/usr/bin/osascript', [...statements, ...args], options, (error, output, errors) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined
      resolve({ status, output, errors: errors === '' && status === undefined ? String(error?.code ?? 'timeout') : errors })
    })
  })
