import type { Api } from '../../../src-shared/contract/api.ts'
import { severities, type DiagnosisReport, type Finding } from '../../../src-shared/contract/diagnosis.ts'
import { succeed, type Result } from '../../../src-shared/contract/result.ts'
import type { ChosenThresholds } from '../../../src-shared/model/thresholds.ts'
import { visibleText } from '../../../src-shared/text/visible-text.ts'
import { tellFailure, withEngine, type Command, type CommandContext } from '../command.ts'
import { diagnoseOptions, readDiagnoseOptions, type DiagnoseWanted } from '../diagnose-options.ts'
import { writeDiagnosis, type Diagnosed } from '../diagnosis-output.ts'
import { exitCode, type ExitCode } from '../exit-code.ts'
import { evidenceOf } from '../finding-evidence.ts'
import { watchForFindings, type Watched } from '../watch-for-findings.ts'

export const diagnoseCommand: Command = {
  name: 'diagnose',
  words: 'none',
  options: diagnoseOptions,
  run: async (context) => {
    const wanted = readDiagnoseOptions(context)
    if (!wanted.ok) return wanted.exit
    const thresholds = { ...(await storedThresholds(context)), ...wanted.value.thresholds }
    return withEngine(context, (api) => diagnose(context, api, { ...wanted.value, thresholds }))
  },
}

/** What the person changed in the window holds here too. Damage is told and left to the window, which keeps what it sets aside. */
async function storedThresholds({ environment, arguments: given, messages, tell }: CommandContext): Promise<ChosenThresholds> {
  if (given.has('usual-thresholds')) return {}
  const { file, settings, damage, objection } = await environment.readSettings()
  const texts = messages.diagnose
  if (objection !== undefined) tell(texts.settingsNotRead(visibleText(file), visibleText(objection)))
  if (damage !== undefined) tell(texts.settingsDamaged(visibleText(file), visibleText(damage)))
  const count = Object.keys(settings.thresholds).length
  if (count > 0 && environment.stderr.isTerminal) tell(texts.ownThresholds(count, visibleText(file)))
  return settings.thresholds
}

async function diagnose(context: CommandContext, api: Api, wanted: DiagnoseWanted): Promise<ExitCode> {
  const changed = await api.call('changeSettings', { thresholds: wanted.thresholds })
  if (!changed.ok) return tellFailure(context, changed.error)
  const { stderr } = context.environment
  if (stderr.isTerminal) context.tell(context.messages.diagnose.watching(wanted.durationMs / 1000))
  const watched = await watchForFindings(context, api, wanted)
  if (!watched.ok) return tellFailure(context, watched.error)
  if (watched.value === undefined) return exitCode.failed
  const diagnosed = await gather(context, api, wanted, watched.value)
  if (!diagnosed.ok) return tellFailure(context, diagnosed.error)
  writeDiagnosis(context, diagnosed.value, wanted)
  const { findings, ended } = diagnosed.value.report
  return findings.length + ended.length === 0 ? exitCode.done : exitCode.found
}

/** The findings that were asked for, with their rows and what the answer tells of the machine. */
async function gather(
  { environment }: CommandContext,
  api: Api,
  wanted: DiagnoseWanted,
  { report: whole, status, mirror }: Watched,
): Promise<Result<Diagnosed>> {
  const report = onlyWanted(whole, wanted)
  const host = await api.call('getHost', undefined)
  if (!host.ok) return host
  // What these two add can be missing: the findings stand without it.
  const settings = await api.call('getKernelSettings', undefined)
  const doctor = await api.call('getDoctorReport', undefined)
  return succeed({
    report,
    host: { ...host.value, version: environment.version },
    kernel: doctor.ok ? doctor.value.kernel : undefined,
    source: status.source,
    settings: settings.ok ? settings.value.settings : [],
    evidence: await evidenceOf(api, mirror, report.findings),
    thresholds: wanted.thresholds,
  })
}

function onlyWanted(report: DiagnosisReport, { rules, severity }: DiagnoseWanted): DiagnosisReport {
  const isWanted = (finding: Finding): boolean =>
    rules.includes(finding.rule) && severities.indexOf(finding.severity) <= severities.indexOf(severity)
  return {
    ...report,
    findings: report.findings.filter(isWanted),
    ended: report.ended.filter(isWanted),
    unwatched: report.unwatched.filter(({ rule }) => rules.includes(rule)),
  }
}
