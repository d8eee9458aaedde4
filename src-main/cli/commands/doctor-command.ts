import type { DoctorCheck, DoctorReport } from '../../../src-shared/contract/status.ts'
import { tellFailure, withEngine, type Command, type CommandContext } from '../command.ts'
import { exitCode, type ExitCode } from '../exit-code.ts'
import { doctorTexts } from '../messages/doctor-texts.ts'
import { parameterReader, problemText, rawText } from '../messages/problem-text.ts'
import { cellWidth, padToCells } from '../../../src-shared/text/cell-width.ts'
import { coloursFor } from '../text/colours.ts'
import { visibleJson, visibleText } from '../../../src-shared/text/visible-text.ts'

export const doctorCommand: Command = {
  name: 'doctor',
  words: 'none',
  options: [{ name: 'json' }],
  run: (context) =>
    withEngine(context, async (api) => {
      // The first look finds what cannot be read; its failure is in the report as well.
      await api.call('refresh', undefined)
      const report = await api.call('getDoctorReport', undefined)
      if (!report.ok) return tellFailure(context, report.error)
      if (context.arguments.has('json')) context.out(visibleJson(report.value, 2))
      else writeReport(context, report.value)
      return verdict(report.value)
    }),
}

/** Limits are normal without root; what is missing altogether is a finding. */
function verdict({ checks, problems }: DoctorReport): ExitCode {
  const broken = checks.some(({ status }) => status === 'missing') || problems.some(({ severity }) => severity === 'error')
  return broken ? exitCode.nothing : exitCode.done
}

function writeReport({ out, messages, language, environment }: CommandContext, report: DoctorReport): void {
  const colours = coloursFor(environment.stdout, environment.variables)
  const texts = doctorTexts[language]
  const heading = [visibleText(report.platform), visibleText(report.kernel), texts.source(report.source && visibleText(report.source))]
  out(colours.header(`Sockscope ${environment.version}`), heading.join(', '), '')
  const paints = { ok: colours.good, limited: colours.warning, missing: colours.bad }
  const width = Math.max(...Object.values(texts.status).map(cellWidth))
  for (const check of report.checks) {
    const { text, remedy } = checkText(check, language)
    out(`${paints[check.status](padToCells(texts.status[check.status], width, 'left'))}  ${text}`)
    if (remedy !== undefined && check.status !== 'ok') out(`${' '.repeat(width)}  ${colours.quiet(remedy)}`)
  }
  if (report.problems.length > 0)
    out('', colours.header(texts.problems), ...report.problems.map((problem) => `  ${problemText(problem, messages)}`))
}

function checkText(check: DoctorCheck, language: CommandContext['language']): { readonly text: string; readonly remedy?: string } {
  const known = Object.hasOwn(doctorTexts[language].checks, check.id) ? doctorTexts[language].checks[check.id] : undefined
  if (known === undefined) return { text: rawText(check.id, check.parameters) }
  return known(check.status, parameterReader(check.parameters))
}
