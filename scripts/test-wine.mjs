// npm run test:wine               the Windows parts, run by a real Windows Node under Wine, on this Linux machine
// npm run test:wine -- --require  fails where that cannot be done, instead of skipping
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepare } from './run/prepare.mjs'
import { run } from './run/run-command.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const given = process.argv.slice(2)
const required = given.includes('--require')

const ready = await prepare(root)
process.exitCode = ready === undefined ? 1 : await test(ready)

function test({ node, env }) {
  const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'wine', ...given.filter((arg) => arg !== '--require')]
  return run(node, args, { cwd: root, env: { ...env, ...(required ? { SOCKSCOPE_REQUIRE_WINE: '1' } : {}) } })
}
