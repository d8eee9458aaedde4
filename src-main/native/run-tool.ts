/** Runs a tool of the system to its end, for sources that have nothing better: arguments as a list, a time and an output limit. */
import { spawnSync } from 'node:child_process'

export type ToolOutput = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly reason: string }

/** A look that takes longer has failed; the engine must go on answering. */
const timeLimitMs = 3000
/** Room for about 400,000 lines of netstat. */
const outputLimitBytes = 64 * 1024 * 1024

/** `accepts` are the exit codes that count as success. The C locale is asked for; some systems translate all the same. */
export function runTool(
  file: string,
  args: readonly string[],
  { accepts = [0] }: { readonly accepts?: readonly number[] } = {},
): ToolOutput {
  const run = spawnSync(file, args, {
    env: { ...process.env, LC_ALL: 'C', LANG: 'C', TZ: 'UTC' },
    timeout: timeLimitMs,
    maxBuffer: outputLimitBytes,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  if (run.error !== undefined) return { ok: false, reason: `${file}: ${(run.error as NodeJS.ErrnoException).code ?? run.error.message}` }
  if (run.status === null || !accepts.includes(run.status)) return { ok: false, reason: `${file} ended with ${run.signal ?? run.status}` }
  return { ok: true, bytes: run.stdout }
}
