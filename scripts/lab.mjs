// npm run lab: a TCP state or a trouble of the network, made for real in namespaces and held on screen; without a name, what there is.
//   npm run lab -- fin-wait-2 --ipv6 --for 30      npm run lab -- leaking-server --quick
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installDependencies } from './run/dependencies.mjs'
import { findNode, neededNode } from './run/node.mjs'
import { run, say } from './run/run-command.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
process.exitCode = await lab()

async function lab() {
  if (!(await installDependencies(root))) return 1
  const node = findNode(root)
  if (node !== undefined) return run(node, [join(root, 'test/tcp-lab/run.ts'), ...process.argv.slice(2)])
  say(`The lab needs Node ${neededNode} or newer; this is ${process.version}.`)
  return 1
}
