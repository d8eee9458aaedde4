import { parentsFirst, type EndingBatch } from '../../src-shared/actions/parents-first.ts'
import type { ActionOutcome, EndProcessPreview } from '../../src-shared/contract/actions.ts'
import type { Api } from '../../src-shared/contract/api.ts'
import { succeed, type Result } from '../../src-shared/contract/result.ts'
import { visibleText } from '../../src-shared/text/visible-text.ts'
import type { CommandContext } from './command.ts'
import { processLabel } from './kill-preview.ts'
import { outcomeLine } from './outcomes.ts'
import { coloursFor } from './text/colours.ts'

export interface EndingMember {
  readonly preview: EndProcessPreview
  /** 0 for what was asked for, 1 for its children and so on. */
  readonly depth: number
}

interface Ended {
  readonly outcomes: readonly ActionOutcome[]
  /** New processes began faster than they were ended; some are left. */
  readonly growing: boolean
}

/** Ends the members and tells of each on stdout. With --tree parents before their children, and who begins meanwhile too. */
export async function endInOrder(
  context: CommandContext,
  api: Api,
  members: readonly EndingMember[],
  signal: 'TERM' | 'KILL' | undefined,
): Promise<Result<Ended>> {
  const { environment, messages } = context
  const colours = coloursFor(environment.stdout, environment.variables)
  const labels = new Map(members.map(({ preview }) => [String(preview.pid), processLabel(preview)]))
  const outcomes: ActionOutcome[] = []
  let growing = false
  const identities = members.map(({ preview: { pid, startToken, children }, depth }) => ({ pid, startToken, depth, children }))
  const batches: AsyncIterable<EndingBatch> | readonly EndingBatch[] = context.arguments.has('tree')
    ? parentsFirst({
        api,
        members: identities,
        startTimer: (delayMs, run) => environment.startTimer(delayMs, run),
        now: () => environment.now(),
        onFound: (child) => labels.set(String(child.pid), processLabel(child)),
        onGrowing: () => (growing = true),
      })
    : [{ targets: identities.map(({ pid, startToken }) => ({ pid, startToken })), late: false }]
  for await (const { targets, late } of batches) {
    const ended = await api.call('endProcess', {
      targets: [...targets],
      ...(signal && { signal }),
      ...(context.arguments.has('even-protected') && !late && { confirmProtected: true }),
    })
    if (!ended.ok) return ended
    for (const outcome of ended.value) {
      context.out(outcomeLine(labels.get(outcome.target) ?? visibleText(outcome.target), outcome, messages, colours))
      outcomes.push(outcome)
    }
  }
  return succeed({ outcomes, growing })
}
