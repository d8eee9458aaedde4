import { delimiter, dirname, join } from 'node:path'
import { build } from './build.mjs'
import { installDependencies } from './dependencies.mjs'
import { findNode, neededNode } from './node.mjs'
import { say } from './run-command.mjs'

/** Brings a checkout to where it can run. Returns the Node to run it with, or undefined after saying what is missing. */
export async function prepare(root) {
  if (!(await installDependencies(root))) return undefined
  const node = findNode(root)
  if (node === undefined) {
    say(`Sockscope needs Node ${neededNode} or newer here; this is ${process.version}. Install it from https://nodejs.org/ and try again.`)
    return undefined
  }
  const env = withNode(root, node)
  return (await build(root, env)) ? { node, env } : undefined
}

/** The environment in which `node` is that Node and the project's own tools are found first. */
function withNode(root, node) {
  const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  const path = [dirname(node), join(root, 'node_modules/.bin'), process.env[pathName]].filter(Boolean).join(delimiter)
  return { ...process.env, [pathName]: path }
}
