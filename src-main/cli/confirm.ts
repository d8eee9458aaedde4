import type { CommandContext } from './command.ts'
import { exitCode, type ExitCode } from './exit-code.ts'

/** True: go ahead. Else the exit code: dry run, nobody there to ask, or the answer was no. */
export async function confirm(
  { environment, messages, tell, misuse, arguments: given }: CommandContext,
  question: string,
): Promise<true | ExitCode> {
  if (given.has('dry-run')) {
    tell(messages.kill.dryRun)
    return exitCode.done
  }
  if (given.has('yes')) return true
  if (!environment.canAsk) return misuse(messages.usage.needsYes)
  const answer = await environment.ask(question)
  if (/^\s*(y|yes|是|好)\s*$/i.test(answer ?? '')) return true
  tell(messages.kill.nothingDone)
  return exitCode.nothing
}
