import type { NetworkReport } from '../../src-shared/contract/network.ts'
import type { Result } from '../../src-shared/contract/result.ts'
import { capabilityReasonText } from '../../src-shared/explain/capability-texts.ts'
import { tellFailure, type CommandContext } from './command.ts'
import { exitCode, type ExitCode } from './exit-code.ts'
import { visibleJson, visibleText } from '../../src-shared/text/visible-text.ts'

/**
 * Writes a report as JSON or for people, and tells what of it could not be read. Exit code 1 where the system offers nothing, 5 where
 * nothing could be read.
 */
export function answerReport<Report extends NetworkReport>(
  context: CommandContext,
  answer: Result<Report>,
  itemsOf: (report: Report) => readonly unknown[],
  write: (report: Report) => void,
): ExitCode {
  if (!answer.ok) return tellFailure(context, answer.error)
  const { value: report } = answer
  const { tell, messages, language } = context
  if (context.arguments.has('json')) context.out(visibleJson(report, 2))
  else if (itemsOf(report).length > 0) write(report)
  for (const { part, reason } of report.unread) tell(messages.network.unread(visibleText(part), visibleText(reason)))
  if (report.unavailable !== undefined) {
    tell(messages.network.unavailable(capabilityReasonText(report.unavailable, language)))
    return exitCode.nothing
  }
  return itemsOf(report).length === 0 && report.unread.length > 0 ? exitCode.failed : exitCode.done
}
