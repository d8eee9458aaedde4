// npm test: brings the checkout to where it can run, checks it without running it, then runs every test.
// npm test -- test/unit      arguments go to Vitest, and then only Vitest is run
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { provideChromium } from './run/chromium.mjs'
import { prepare } from './run/prepare.mjs'
import { run, say } from './run/run-command.mjs'
import { runStaticChecks } from './run/static-checks.mjs'
import { provideTcpdump } from './run/tcpdump.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)
/** All tests take a few minutes; a run that takes this long hangs. */
const testLimitMs = 25 * 60_000

const chromium = await provideChromium()
await provideTcpdump()
const ready = chromium === undefined ? undefined : await prepare(root)
process.exitCode = ready === undefined ? 1 : await test(ready.node, { ...ready.env, CHROMIUM_PATH: chromium })

async function test(node, env) {
  const checks = args.length === 0 ? await runStaticChecks(root, env) : { passed: 0, failed: [] }
  const tests = await runTests(node, env)
  const failed = [...checks.failed, ...tests.failed]
  for (const [reason, names] of byReason(tests.skipped)) console.log(`skipped: ${reason}  (${names.join(' | ')})`)
  for (const { name, reason } of tests.passedLater) console.log(`passed at the second try: ${name}  (first: ${reason})`)
  for (const name of failed) console.log(`failed:  ${name}`)
  const skipped = tests.skipped.length === 0 ? '' : `, ${tests.skipped.length} skipped`
  console.log(`${checks.passed + tests.passed} passed, ${failed.length} failed${skipped}`)
  return failed.length === 0 ? 0 : 1
}

/** One line for what was skipped for the same reason, or a reader stops reading. */
function byReason(skipped) {
  const names = new Map()
  for (const { name, reason = 'no reason given' } of skipped) names.set(reason, [...(names.get(reason) ?? []), name])
  return names
}

async function runTests(node, env) {
  const folder = mkdtempSync(join(tmpdir(), 'sockscope-test-'))
  try {
    const outcomeFile = join(folder, 'outcome.json')
    const vitest = [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=./scripts/run/outcome-reporter.mjs',
    ]
    const code = await run(node, [...vitest, ...args], {
      cwd: root,
      env: { ...env, SOCKSCOPE_TEST_OUTCOME: outcomeFile },
      timeoutMs: testLimitMs,
    })
    const outcome = existsSync(outcomeFile)
      ? JSON.parse(readFileSync(outcomeFile, 'utf8'))
      : { passed: 0, failed: [], passedLater: [], skipped: [] }
    if (code !== 0 && outcome.failed.length === 0) outcome.failed.push(`Vitest ended with exit code ${code}`)
    return outcome
  } finally {
    rmSync(folder, { recursive: true })
    say('')
  }
}
