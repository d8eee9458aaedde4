#!/usr/bin/env node
/** The `sockscope` command: `serve` is a host of its own, everything else is the command line. */
const [command] = process.argv.slice(2)

if (command === 'serve') {
  const { runServe } = await import('./server/index.ts')
  process.exitCode = await runServe(process.argv.slice(3))
} else {
  const { runCli } = await import('./cli/index.ts')
  process.exitCode = await runCli(process.argv.slice(2))
}
