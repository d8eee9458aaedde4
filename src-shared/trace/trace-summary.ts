/** A conversation in a few facts. Of several on the same ports, opening and end are those of the last. */
import type { EndName, StepMark, TraceStep } from './trace-step.ts'

export type TraceEnding =
  | 'nothing'
  /** SYN without an answer. */
  | 'no-answer'
  | 'refused'
  | 'reset'
  /** Both ends sent their FIN, and both were acknowledged. */
  | 'closed'
  /** One end has closed, the other has not. */
  | 'half-closed'
  | 'open'

export interface DirectionSummary {
  readonly packets: number
  readonly payloadBytes: number
  /** Segments that carry data, SYN or FIN. */
  readonly segments: number
  /** Of these, sent again. */
  readonly retransmitted: number
}

export interface TraceSummary {
  readonly conversations: number
  /** Absent when the opening was not seen. */
  readonly opener?: EndName | 'both'
  /** Absent while neither end has closed. */
  readonly firstCloser?: EndName | 'both'
  readonly ending: TraceEnding
  readonly resetBy?: EndName
  /** From SYN to its answer, as measured at the local end; absent where a SYN was repeated or not seen. */
  readonly roundTripMs?: number
  readonly durationMs: number
  readonly out: DirectionSummary
  readonly in: DirectionSummary
  readonly duplicateAcks: number
  readonly outOfOrder: number
  readonly zeroWindows: number
}

export const retransmissionMarks: readonly StepMark[] = ['retransmission', 'fast-retransmission', 'spurious-retransmission']

export function isRetransmission({ marks }: Pick<TraceStep, 'marks'>): boolean {
  return marks.some((mark) => retransmissionMarks.includes(mark))
}

export function summarise(steps: readonly TraceStep[]): TraceSummary {
  const lastBegin = steps.findLastIndex(({ marks }) => marks.includes('new-conversation'))
  const last = lastBegin < 0 ? steps : steps.slice(lastBegin)
  const count = (mark: StepMark): number => steps.filter(({ marks }) => marks.includes(mark)).length
  const opener = openerOf(last)
  const firstCloser = firstCloserOf(last)
  const roundTripMs = roundTripOf(last)
  const { ending, resetBy } = endingOf(last)
  return {
    conversations: steps.length === 0 ? 0 : count('new-conversation') + 1,
    ...(opener !== undefined && { opener }),
    ...(firstCloser !== undefined && { firstCloser }),
    ending,
    ...(resetBy !== undefined && { resetBy }),
    ...(roundTripMs !== undefined && { roundTripMs }),
    durationMs: steps.at(-1)?.atMs ?? 0,
    out: directionOf(steps, 'local'),
    in: directionOf(steps, 'remote'),
    duplicateAcks: count('duplicate-ack'),
    outOfOrder: count('out-of-order'),
    zeroWindows: count('zero-window'),
  }
}

function directionOf(steps: readonly TraceStep[], from: EndName): DirectionSummary {
  const own = steps.filter((step) => step.from === from)
  const carrying = own.filter(({ sequence, marks }) => sequence.to > sequence.from && !marks.includes('keep-alive'))
  return {
    packets: own.length,
    payloadBytes: own.reduce((sum, { payloadBytes }) => sum + payloadBytes, 0),
    segments: carrying.length,
    retransmitted: carrying.filter(isRetransmission).length,
  }
}

function openerOf(steps: readonly TraceStep[]): TraceSummary['opener'] {
  if (steps.some(({ kind }) => kind === 'syn-crossing')) return 'both'
  const syn = steps.find(({ kind }) => kind === 'syn')
  if (syn !== undefined) return syn.from
  const answer = steps.find(({ kind }) => kind === 'syn-ack')
  return answer === undefined ? undefined : otherEnd(answer.from)
}

function firstCloserOf(steps: readonly TraceStep[]): TraceSummary['firstCloser'] {
  if (steps.some(({ kind }) => kind === 'fin-crossing')) return 'both'
  return steps.find(({ kind }) => kind === 'fin')?.from
}

function roundTripOf(steps: readonly TraceStep[]): number | undefined {
  const opening = steps.filter(({ kind, from }) => from === 'local' && (kind === 'syn' || kind === 'syn-ack'))
  const [sent] = opening
  if (sent === undefined || opening.length > 1) return undefined
  const answer = steps.find(({ index, from, kind, acknowledgement }) => {
    return index > sent.index && from === 'remote' && acknowledgement !== undefined && acknowledgement >= 1 && kind !== 'reset'
  })
  return answer === undefined ? undefined : answer.atMs - sent.atMs
}

function endingOf(steps: readonly TraceStep[]): Pick<TraceSummary, 'ending' | 'resetBy'> {
  const end = steps.at(-1)
  if (end === undefined) return { ending: 'nothing' }
  const reset = steps.find(({ kind, marks }) => (kind === 'reset' || kind === 'refused') && !marks.includes('reset-outside'))
  const closedAt = steps.find(({ states }) => isOver(states.local) && isOver(states.remote))
  // After both have closed a reset changes nothing any more.
  if (reset !== undefined && (closedAt === undefined || closedAt.index >= reset.index))
    return { ending: reset.kind === 'refused' ? 'refused' : 'reset', resetBy: reset.from }
  if (closedAt !== undefined) return { ending: 'closed' }
  if (steps.every(({ kind }) => kind === 'syn')) return { ending: 'no-answer' }
  return { ending: firstCloserOf(steps) === undefined ? 'open' : 'half-closed' }
}

function isOver(state: string | undefined): boolean {
  return state === 'CLOSED' || state === 'TIME_WAIT'
}

function otherEnd(end: EndName): EndName {
  return end === 'local' ? 'remote' : 'local'
}
