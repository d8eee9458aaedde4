import type { Api } from '../../src-shared/contract/api.ts'
import type { DiagnosisReport } from '../../src-shared/contract/diagnosis.ts'
import { succeed, type Result } from '../../src-shared/contract/result.ts'
import type { EngineStatus } from '../../src-shared/contract/status.ts'
import { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { visibleText } from '../../src-shared/text/visible-text.ts'
import type { CommandContext } from './command.ts'
import type { DiagnoseWanted } from './diagnose-options.ts'
import { look, sawNothing, type Look } from './look.ts'
import { newLinesOnly } from './new-lines-only.ts'
import { problemText } from './messages/problem-text.ts'
import { createStopper } from './stopper.ts'

export interface Watched {
  /** As the last look found it. */
  readonly report: DiagnosisReport
  readonly status: EngineStatus
  /** The rows of that look. */
  readonly mirror: RowMirror
}

/**
 * Looks again and again until the time is over or a person stops it. What was found until then is the answer. The time runs from the
 * end of the first look: ages that no system tells count from there. Undefined when the machine cannot be read at all: then finding
 * nothing says nothing.
 */
export async function watchForFindings(context: CommandContext, api: Api, wanted: DiagnoseWanted): Promise<Result<Watched | undefined>> {
  const { environment } = context
  const mirror = new RowMirror()
  const stop = createStopper(environment)
  const progress = progressLine(context, wanted.durationMs)
  const tellNew = newLinesOnly(context)
  try {
    const first = await lookInto(api, mirror)
    if (!first.ok) return first
    let { status } = first.value
    tellNew(problemLines(context, status))
    if (sawNothing(status)) return succeed(undefined)
    const startedAt = environment.now()
    stop.after(wanted.durationMs)
    let lookedAt = startedAt
    while (stop.reason() === undefined) {
      progress.show(environment.now() - startedAt, await foundSoFar(api))
      await stop.pause(Math.max(0, lookedAt + wanted.intervalMs - environment.now()))
      if (stop.reason() === 'asked') break
      lookedAt = environment.now()
      const looked = await lookInto(api, mirror)
      progress.clear()
      tellNew(
        looked.ok ? problemLines(context, looked.value.status) : [context.messages.watch.lookFailed(visibleText(looked.error.message))],
      )
      if (looked.ok) status = looked.value.status
    }
    const report = await api.call('getDiagnosis', undefined)
    return report.ok ? succeed({ report: report.value, status, mirror }) : report
  } finally {
    progress.clear()
    stop.dispose()
  }
}

async function lookInto(api: Api, mirror: RowMirror): Promise<Result<Look>> {
  const looked = await look(api, mirror)
  if (looked.ok) for (const slot of looked.value.slots.removed) mirror.release(slot)
  return looked
}

function problemLines({ messages }: CommandContext, { problems }: EngineStatus): string[] {
  return problems.filter(({ severity }) => severity !== 'info').map((problem) => problemText(problem, messages))
}

async function foundSoFar(api: Api): Promise<number> {
  const report = await api.call('getDiagnosis', undefined)
  return report.ok ? report.value.findings.length : 0
}

interface ProgressLine {
  show(goneMs: number, found: number): void
  clear(): void
}

/** One line that is written over, on a terminal that can; nothing elsewhere. */
function progressLine({ environment, messages }: CommandContext, durationMs: number): ProgressLine {
  const { stderr, variables } = environment
  if (!stderr.isTerminal || variables.TERM === 'dumb') return { show: () => {}, clear: () => {} }
  const eraseLine = '\r\u001b[K'
  const all = Math.round(durationMs / 1000)
  let shown = false
  return {
    show: (goneMs, found) => {
      stderr.write(eraseLine + messages.diagnose.progress(Math.min(all, Math.floor(goneMs / 1000)), all, found))
      shown = true
    },
    clear: () => {
      if (shown) stderr.write(eraseLine)
      shown = false
    },
  }
}
