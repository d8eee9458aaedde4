#!/usr/bin/env node
/** The `sockscope` command of the npm package and of a checkout. Imports nothing before the Node at hand is known to be able to. */

/** The same as `engines` in package.json: the first release with all that the built code uses. */
const neededNode = [20, 11] as const

if (newEnough(process.versions.node)) {
  const { runCommandLine } = await import('./command-line.ts')
  process.exitCode = await runCommandLine(process.argv.slice(2))
} else {
  process.stderr.write(`sockscope needs Node ${neededNode.join('.')} or newer; this is Node ${process.versions.node}.\n`)
  process.exitCode = 5 // "could not be done" in src-main/cli/exit-code.ts
}

function newEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > neededNode[0] || (major === neededNode[0] && minor >= neededNode[1])
}
