/** What a trace says at its end: why it could not be taken, or the conversation in a few facts. */
import type { TraceProblem, TraceStatus } from '../../src-shared/contract/trace.ts'
import { endText, explainEnding, traceProblemText } from '../../src-shared/explain/explain-trace.ts'
import { visibleText } from '../../src-shared/text/visible-text.ts'
import type { DirectionSummary, TraceSummary } from '../../src-shared/trace/trace-summary.ts'
import type { CommandContext } from './command.ts'
import { exitCode, type ExitCode } from './exit-code.ts'

const exitOfProblem: Readonly<Record<TraceProblem, ExitCode>> = {
  'tcpdump-missing': exitCode.nothing,
  'not-permitted': exitCode.notPermitted,
  'platform-cannot': exitCode.nothing,
  'nothing-to-trace': exitCode.nothing,
  'connection-gone': exitCode.targetGone,
  'too-many-traces': exitCode.nothing,
  'tool-failed': exitCode.failed,
}

export function tellTraceProblem(
  { tell, messages, language }: CommandContext,
  { problem, reason }: TraceStatus,
  platform: string,
): ExitCode {
  const known = problem ?? 'tool-failed'
  const { text, advice, commands = [] } = traceProblemText(known, platform, language)
  tell(text, ...(advice === undefined ? [] : [advice]))
  for (const each of commands) tell(`  ${messages.trace.command(each.for, each.command)}`)
  if (reason !== undefined) tell(messages.trace.toolSaid(visibleText(reason)))
  return Object.hasOwn(exitOfProblem, known) ? exitOfProblem[known] : exitCode.failed
}

export function summaryLines(summary: TraceSummary, { messages, language }: CommandContext): string[] {
  const texts = messages.trace.summary
  const who = (end: 'local' | 'remote'): string => endText(end, language)
  const opened =
    summary.opener === undefined ? texts.openedBefore : summary.opener === 'both' ? texts.openedBoth : texts.opened(who(summary.opener))
  const closer = summary.firstCloser
  const closed = closer === undefined ? [] : [closer === 'both' ? texts.closedBoth : texts.closedFirst(who(closer))]
  const roundTrip = summary.roundTripMs === undefined ? [] : [texts.roundTrip(summary.roundTripMs.toFixed(3))]
  const direction = (name: string, told: DirectionSummary): string => {
    const { retransmitted, segments } = told
    const again = retransmitted === 0 ? [] : [texts.again(retransmitted, segments, ((100 * retransmitted) / segments).toFixed(1))]
    return [texts.sent(name, told.packets, told.payloadBytes), ...again].join(', ')
  }
  return [
    ...(summary.conversations > 1 ? [texts.conversations(summary.conversations)] : []),
    [opened, ...closed, ...roundTrip].join(', '),
    direction(messages.trace.thisEnd, summary.out),
    direction(messages.trace.otherEnd, summary.in),
    explainEnding(summary, language),
  ]
}
