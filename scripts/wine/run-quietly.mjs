import { spawnSync } from 'node:child_process'

const outputLimit = 16 * 1024 * 1024

/** Runs a program to its end. Returns its output, or why it failed in one line; its own words come first, as they know best. */
export function runQuietly(file, args, { timeoutMs, cwd, env = process.env, shell = false }) {
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    cwd,
    env,
    shell,
    timeout: timeoutMs,
    encoding: 'utf8',
    maxBuffer: outputLimit,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (status === 0) return { ok: true, stdout }
  const complaint = `${stderr ?? ''}\n${stdout ?? ''}`.split('\n').find((line) => /^(E:|W:|npm error)|[Ee]rror|denied|permitted/.test(line))
  const end = error === undefined ? `exit code ${status}` : error.message
  return { ok: false, reason: `${file}: ${complaint?.trim() ?? end}` }
}
