// npm run fuzz: every decoder and parser under mutated inputs; ends with 1 when one fails, and saves its input.
//   --seconds 60   for all targets together      --seed N   the inputs of an earlier run      --target TEXT   only those named so
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installDependencies } from './run/dependencies.mjs'
import { findNode, neededNode } from './run/node.mjs'
import { run, say } from './run/run-command.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
process.exitCode = await fuzz()

async function fuzz() {
  if (!(await installDependencies(root))) return 1
  const node = findNode(root)
  if (node !== undefined) return run(node, [join(root, 'test/fuzz/run.ts'), ...process.argv.slice(2)])
  say(`Fuzzing needs Node ${neededNode} or newer; this is ${process.version}.`)
  return 1
}
