import type { ActionOutcome, ActionStatus } from '../../src-shared/contract/actions.ts'
import { exitCode, type ExitCode } from './exit-code.ts'
import type { Messages } from './messages/messages-en.ts'
import type { Colours } from './text/colours.ts'
import { visibleText } from '../../src-shared/text/visible-text.ts'

/** `label: status, reason; remedy`. */
export function outcomeLine(label: string, outcome: ActionOutcome, messages: Messages, colours: Colours): string {
  const { status, reason, remedy, means, systemError } = outcome
  const word = messages.outcome[status] ?? visibleText(status)
  const painted = status === 'done' ? colours.good(word) : status === 'gone' ? colours.quiet(word) : colours.bad(word)
  const details = [means && messages.means[means], reason && messages.reason[reason], systemError && visibleText(systemError)]
  const known = details.filter((detail) => detail !== undefined && detail !== '')
  const how = known.length === 0 ? '' : ` (${known.join(', ')})`
  return `${label}: ${painted}${how}${remedy === undefined ? '' : `; ${messages.remedy[remedy] ?? visibleText(remedy)}`}`
}

const exitOf: Record<ActionStatus, ExitCode> = {
  done: exitCode.done,
  gone: exitCode.targetGone,
  replaced: exitCode.targetGone,
  'not-permitted': exitCode.notPermitted,
  protected: exitCode.notPermitted,
  'not-supported': exitCode.nothing,
  'still-there': exitCode.nothing,
  failed: exitCode.nothing,
}

/**
 * Heaviest first: what needs the person's attention most decides. A target that is gone spoils nothing when others were done: closing
 * one end of a loopback connection takes the other end with it.
 */
const weights: readonly ExitCode[] = [exitCode.notPermitted, exitCode.nothing, exitCode.done, exitCode.targetGone]

export function exitOfOutcomes(outcomes: readonly ActionOutcome[]): ExitCode {
  return weights.find((code) => outcomes.some(({ status }) => (exitOf[status] ?? exitCode.nothing) === code)) ?? exitCode.nothing
}
