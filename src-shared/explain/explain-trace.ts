/** Steps and summaries of a trace in sentences, for the window and the terminal alike. */
import type { TraceProblem } from '../contract/trace.ts'
import type { EndName, TraceStep } from '../trace/trace-step.ts'
import type { TraceSummary } from '../trace/trace-summary.ts'
import type { ExplainLanguage } from './state-text.ts'
import type { ProblemAdvice, StepWords, TraceTexts } from './trace-text.ts'
import { traceTextsEn } from './trace-texts-en.ts'
import { traceTextsZhCn } from './trace-texts-zh-cn.ts'

const texts: Readonly<Record<ExplainLanguage, TraceTexts>> = { en: traceTextsEn, 'zh-CN': traceTextsZhCn }

/** Kinds whose meaning is not the data that they may carry. */
const meansMoreThanData: ReadonlySet<TraceStep['kind']> = new Set(['syn', 'syn-ack', 'fin', 'fin-second', 'fin-crossing'])
/** A probe or a repetition tells of itself; that it is an acknowledgement too would only hide it. */
const replacesKind: ReadonlySet<TraceStep['marks'][number]> = new Set([
  'keep-alive',
  'keep-alive-ack',
  'zero-window-probe',
  'window-update',
  'duplicate-ack',
])

/** What the step does, what is remarkable about it, and the states it causes: one sentence or more each. */
export function explainStep(step: TraceStep, language: ExplainLanguage): string[] {
  const table = texts[language]
  const words = wordsOf(step, table, language)
  const silent = (step.kind === 'ack' || step.kind === 'data') && step.marks.some((mark) => replacesKind.has(mark))
  return [
    ...(silent ? [] : [table.kinds[step.kind](words)]),
    ...(step.payloadBytes > 0 && meansMoreThanData.has(step.kind) ? [table.carries(words)] : []),
    ...step.marks.map((mark) => table.marks[mark](words)),
    ...step.changed.flatMap((end) => {
      const state = step.states[end]
      return state === undefined ? [] : [table.becomes(table.ends[end].begins, state)]
    }),
  ]
}

export function explainEnding({ ending, resetBy }: TraceSummary, language: ExplainLanguage): string {
  const table = texts[language]
  return table.endings[ending](resetBy === undefined ? '' : table.ends[resetBy].within)
}

export function endText(end: EndName, language: ExplainLanguage): string {
  return texts[language].ends[end].within
}

/** What stands against a trace, and what would help on this platform. A problem of a newer engine is told by its name. */
export function traceProblemText(problem: TraceProblem, platform: string, language: ExplainLanguage): ProblemAdvice {
  const { problems } = texts[language]
  return Object.hasOwn(problems, problem) ? problems[problem](platform) : { text: problem }
}

function wordsOf(step: TraceStep, { ends }: TraceTexts, language: ExplainLanguage): StepWords {
  const receiver = step.from === 'local' ? 'remote' : 'local'
  const number = (value: number | undefined): string => (value === undefined ? '' : value.toLocaleString(language))
  return {
    Sender: ends[step.from].begins,
    sender: ends[step.from].within,
    Receiver: ends[receiver].begins,
    receiver: ends[receiver].within,
    bytes: number(step.payloadBytes),
    acknowledgement: number(step.acknowledgement),
    window: number(step.window),
    duplicates: number(step.duplicates ?? 0),
  }
}
