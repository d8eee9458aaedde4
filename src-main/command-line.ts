/** The `sockscope` command: `serve` is a host of its own, everything else is the command line. */
import { helperSwitch } from './elevation/windows/helper-command.ts'

/** Runs one command line (without program and script) and answers its exit code. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args
  if (command === helperSwitch) {
    const { runElevatedHelper } = await import('./elevation/windows/run-helper.ts')
    return runElevatedHelper(rest)
  }
  if (command === 'serve') {
    const { runServe } = await import('./server/index.ts')
    return runServe(rest)
  }
  const { runCli } = await import('./cli/index.ts')
  return runCli(args)
}
