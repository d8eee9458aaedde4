import type { Api } from '../../../src-shared/contract/api.ts'
import type { Failure } from '../../../src-shared/contract/result.ts'
import {
  maximumTracePackets,
  maximumTraceSeconds,
  type TracePacket,
  type TraceStatus,
  usualTracePackets,
  usualTraceSeconds,
} from '../../../src-shared/contract/trace.ts'
import { explainStep } from '../../../src-shared/explain/explain-trace.ts'
import { visibleJson, visibleText } from '../../../src-shared/text/visible-text.ts'
import { readLadder } from '../../../src-shared/trace/read-ladder.ts'
import type { TraceStep } from '../../../src-shared/trace/trace-step.ts'
import { summarise } from '../../../src-shared/trace/trace-summary.ts'
import { numberOption, tellFailure, withEngine, type Command, type CommandContext } from '../command.ts'
import { exitCode, type ExitCode } from '../exit-code.ts'
import { readFilter, type Filter } from '../filter.ts'
import { createStopper } from '../stopper.ts'
import { canDraw } from '../text/can-draw.ts'
import { coloursFor } from '../text/colours.ts'
import { ladderHeader, ladderLines, type LadderStyle } from '../text/ladder-drawing.ts'
import { summaryLines, tellTraceProblem } from '../trace-output.ts'
import { findTraceTarget } from '../trace-target.ts'

interface Wanted {
  readonly filter: Filter
  readonly seconds: number
  readonly packets: number
  readonly file: string | undefined
}

/** Often enough to look alive; the tool hands packets on at once. */
const askEveryMs = 200
/** Longer lines are hard to read, and a pipe has no width. */
const widestLadder = 110

export const traceCommand: Command = {
  name: 'trace',
  words: 'query',
  options: [
    { name: 'for', value: 'SECONDS' },
    { name: 'packets', value: 'N' },
    { name: 'write', value: 'FILE', dashValue: true },
    { name: 'force' },
    { name: 'json' },
  ],
  run: async (context) => {
    const wanted = readWanted(context)
    if (!wanted.ok) return wanted.exit
    const { file } = wanted.value
    if (file !== undefined && !context.arguments.has('force') && (await context.environment.fileExists(file)))
      return context.misuse(context.messages.trace.exists(visibleText(file)))
    return withEngine(context, (api) => trace(context, api, wanted.value))
  },
}

function readWanted(
  context: CommandContext,
): { readonly ok: true; readonly value: Wanted } | { readonly ok: false; readonly exit: ExitCode } {
  const text = context.arguments.words.join(' ')
  if (text.trim() === '') return { ok: false, exit: context.misuse(context.messages.trace.needsQuery) }
  const seconds = numberOption(context, 'for', { least: 1, most: maximumTraceSeconds, whole: true })
  if (!seconds.ok) return seconds
  const packets = numberOption(context, 'packets', { least: 1, most: maximumTracePackets, whole: true })
  if (!packets.ok) return packets
  const filter = readFilter(context, text)
  if (!filter.ok) return filter
  const limits = { seconds: seconds.value ?? usualTraceSeconds, packets: packets.value ?? usualTracePackets }
  return { ok: true, value: { ...limits, filter: filter.value, file: context.arguments.valueOf('write') } }
}

async function trace(context: CommandContext, api: Api, { filter, seconds, packets, file }: Wanted): Promise<ExitCode> {
  const host = await api.call('getHost', undefined)
  const platform = host.ok ? host.value.platform : ''
  const target = await findTraceTarget(context, api, filter)
  if (!target.ok) return target.exit
  const started = await api.call('startTrace', { id: target.id, seconds, packets })
  if (!started.ok) return tellFailure(context, started.error)
  if (started.value.state === 'failed') return tellTraceProblem(context, started.value, platform)
  context.tell(context.messages.trace.listening(seconds, packets, started.value.interface ?? ''))
  const followed = await follow(context, api, started.value)
  if ('failure' in followed) return tellFailure(context, followed.failure)
  if (followed.status.state === 'failed') return tellTraceProblem(context, followed.status, platform)
  const verdict = conclude(context, followed)
  const written = file === undefined ? exitCode.done : await writeFile(context, api, followed, file)
  return written === exitCode.done ? verdict : written
}

interface Followed {
  readonly status: TraceStatus
  readonly steps: readonly TraceStep[]
}

/** Draws steps as they come, until the trace or the person ends it. */
async function follow(context: CommandContext, api: Api, first: TraceStatus): Promise<Followed | { readonly failure: Failure }> {
  const stopper = createStopper(context.environment)
  const draw = context.arguments.has('json') ? () => {} : createDrawing(context, first)
  const packets: TracePacket[] = []
  let asked = false
  try {
    for (;;) {
      if (stopper.reason() !== undefined && !asked) {
        asked = true
        await api.call('stopTrace', { trace: first.trace })
      }
      const answer = await api.call('getTrace', { trace: first.trace, from: packets.length })
      if (!answer.ok) return { failure: answer.error }
      packets.push(...answer.value.packets)
      const { status } = answer.value
      const steps = readLadder(packets, { stateAtStart: status.stateAtStart })
      draw(steps)
      if (status.state !== 'running' && packets.length >= status.packets) return { status, steps }
      if (answer.value.packets.length === 0) await pause(context, (delayMs) => stopper.pause(delayMs), asked)
    }
  } finally {
    stopper.dispose()
  }
}

/** After the person asked for the end, its tool still takes a moment to end. */
function pause({ environment }: CommandContext, untilStopped: (delayMs: number) => Promise<void>, asked: boolean): Promise<void> {
  return asked ? new Promise((resolve) => void environment.startTimer(askEveryMs, resolve)) : untilStopped(askEveryMs)
}

function createDrawing(
  { out, environment, language }: CommandContext,
  { local, remote }: TraceStatus,
): (steps: readonly TraceStep[]) => void {
  const { stdout, variables } = environment
  const style: LadderStyle = {
    width: Math.min(stdout.columns ?? widestLadder, widestLadder),
    draws: canDraw(variables),
    colours: coloursFor(stdout, variables),
  }
  let drawn = 0
  return (steps) => {
    if (drawn === 0 && steps.length > 0 && local !== undefined && remote !== undefined) out(ladderHeader(local, remote, style))
    for (const step of steps.slice(drawn)) out(...ladderLines(step, explainStep(step, language), style))
    drawn = steps.length
  }
}

function conclude(context: CommandContext, { status, steps }: Followed): ExitCode {
  const { out, tell, messages } = context
  const summary = summarise(steps)
  if (context.arguments.has('json')) out(visibleJson({ trace: status, steps, summary }, 2))
  else if (steps.length > 0) out('', ...summaryLines(summary, context))
  if ((status.dropped ?? 0) > 0) tell(messages.trace.dropped(status.dropped ?? 0))
  if (steps.length > 0) return exitCode.done
  tell(messages.trace.nothing)
  return exitCode.nothing
}

async function writeFile(context: CommandContext, api: Api, { status }: Followed, file: string): Promise<ExitCode> {
  const { tell, messages, environment } = context
  const answer = await api.call('getTraceFile', { trace: status.trace })
  if (!answer.ok) return tellFailure(context, answer.error)
  const failed = await environment.writePrivateFile(file, answer.value.bytes, { replace: context.arguments.has('force') })
  const name = visibleText(file)
  tell(failed === undefined ? messages.trace.written(name, status.packets) : messages.trace.notWritten(name, visibleText(failed)))
  return failed === undefined ? exitCode.done : exitCode.failed
}
