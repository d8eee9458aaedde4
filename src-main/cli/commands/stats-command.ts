import type { Api } from '../../../src-shared/contract/api.ts'
import type { KernelSettingsReport, StatisticsReport } from '../../../src-shared/contract/network.ts'
import { succeed } from '../../../src-shared/contract/result.ts'
import { counterText, tellsOfTrouble } from '../../../src-shared/explain/counter-texts.ts'
import { counterGroups, type CounterGroup, type CounterRow, type Samples } from '../../../src-shared/statistics/counter-rows.ts'
import type { CliEnvironment } from '../environment.ts'
import type { ExitCode } from '../exit-code.ts'
import { settingMeaning } from '../../../src-shared/explain/setting-texts.ts'
import { numberOption, withEngine, type Command, type CommandContext } from '../command.ts'
import { answerReport } from '../network-report.ts'
import { createStopper } from '../stopper.ts'
import { cellWidth, padToCells } from '../../../src-shared/text/cell-width.ts'
import { coloursFor } from '../text/colours.ts'
import { tableLines } from '../../../src-shared/text/text-table.ts'
import { visibleText } from '../../../src-shared/text/visible-text.ts'
import { wrapText } from '../../../src-shared/text/wrap-text.ts'

/** Shorter ones catch nothing; a day has other tools. */
const durationRange = { least: 0.1, most: 86_400 }

export const statsCommand: Command = {
  name: 'stats',
  words: 'none',
  options: [{ name: 'all' }, { name: 'for', value: 'SECONDS' }, { name: 'settings' }, { name: 'json' }],
  run: async (context) => {
    const duration = numberOption(context, 'for', durationRange)
    if (!duration.ok) return duration.exit
    if (!context.arguments.has('settings')) return withEngine(context, (api) => tellCounters(context, api, duration.value))
    const stranger = context.arguments.has('all') ? '--all' : duration.value === undefined ? undefined : '--for'
    if (stranger !== undefined) return context.misuse(context.messages.usage.notTogether(stranger, '--settings'))
    return withEngine(context, (api) => tellSettings(context, api))
  },
}

async function tellSettings(context: CommandContext, api: Api): Promise<ExitCode> {
  const answer = await api.call('getKernelSettings', undefined)
  return answerReport(
    context,
    answer,
    ({ settings }) => settings,
    (report) => writeSettings(context, report),
  )
}

async function tellCounters(context: CommandContext, api: Api, durationS: number | undefined): Promise<ExitCode> {
  const first = await api.call('getStatistics', undefined)
  if (durationS !== undefined && first.ok) await pause(context.environment, durationS * 1000)
  const last = durationS === undefined || !first.ok ? first : await api.call('getStatistics', undefined)
  const samples = (report: StatisticsReport): Samples =>
    durationS === undefined || !first.ok ? { first: report, last: report } : { first: first.value, before: first.value, last: report }
  const told = last.ok && durationS !== undefined ? succeed(withRates(last.value, samples(last.value))) : last
  return answerReport(
    context,
    told,
    ({ groups }) => groups,
    (report) => writeStatistics(context, counterGroups(samples(report))),
  )
}

/** Ctrl+C ends the wait early; what was counted until then is told. */
async function pause(environment: CliEnvironment, delayMs: number): Promise<void> {
  const stop = createStopper(environment)
  await stop.pause(delayMs)
  stop.dispose()
}

/** For JSON: each group with `perSecond` beside its counters. */
function withRates(report: StatisticsReport, samples: Samples): StatisticsReport {
  const groups = counterGroups(samples)
  return {
    ...report,
    groups: report.groups.map((group) => {
      const rows = groups.find(({ id, family }) => id === group.id && family === group.family)?.rows ?? []
      const rates = rows.flatMap(({ counter, perSecond }) => (perSecond === undefined ? [] : [[counter, perSecond] as const]))
      return Object.assign({}, group, { perSecond: Object.fromEntries(rates) })
    }),
  }
}

function writeStatistics(context: CommandContext, groups: readonly CounterGroup[]): void {
  const { out, messages, environment } = context
  const colours = coloursFor(environment.stdout, environment.variables)
  let first = true
  for (const { id, family, rows } of groups) {
    const lines = counterLines(context, rows)
    if (lines.length === 0) continue
    if (!first) out('')
    out(colours.header(`${messages.network.group[id]}${family === undefined ? '' : ` (${messages.network.family[family]})`}`), ...lines)
    first = false
  }
  if (first) context.tell(messages.network.stoodStill)
}

/** A zero counter says nothing; a zero gauge is a value. Over a time, what stood still says nothing. */
function isTold({ value, isGauge, increase }: CounterRow, overTime: boolean): boolean {
  return isGauge ? !overTime : overTime ? increase !== 0 : value !== 0
}

function counterLines({ arguments: given, messages, language, environment }: CommandContext, rows: readonly CounterRow[]): string[] {
  const colours = coloursFor(environment.stdout, environment.variables)
  const overTime = given.valueOf('for') !== undefined
  const shown = given.has('all') ? rows : rows.filter((row) => isTold(row, overTime))
  const figures = ({ value, increase, perSecond }: CounterRow): string[] =>
    overTime
      ? [increase === undefined ? '' : `+${increase}`, perSecond === undefined ? '' : messages.network.perSecond(rateText(perSecond))]
      : [String(value)]
  const nameWidth = shown.reduce((width, { counter }) => Math.max(width, cellWidth(visibleText(counter))), 0)
  const widths = [0, 1].map((column) => shown.reduce((width, row) => Math.max(width, cellWidth(figures(row)[column] ?? '')), 0))
  return shown.map((row) => {
    const cells = figures(row).map((text, column) => padToCells(text, widths[column] ?? 0, 'right'))
    const plain = counterText(row.counter, language)?.name
    const words = plain === undefined ? '' : `  ${colours.quiet(plain)}`
    const troubled = overTime && tellsOfTrouble(row.counter) && (row.increase ?? 0) > 0
    const line = `  ${padToCells(visibleText(row.counter), nameWidth, 'left')}  ${cells.join('  ')}`
    return `${troubled ? colours.warning(line) : line}${words}`
  })
}

function rateText(perSecond: number): string {
  return perSecond >= 100 ? String(Math.round(perSecond)) : String(Math.round(perSecond * 10) / 10)
}

/** Longer lines are hard to read on a wide terminal, and a pipe has no width. */
const widestText = 100

function writeSettings({ out, messages, language, environment }: CommandContext, { settings }: KernelSettingsReport): void {
  const colours = coloursFor(environment.stdout, environment.variables)
  const { heading, unit } = messages.network
  const [header = '', ...lines] = tableLines(
    [
      { header: heading.setting, align: 'left' },
      { header: heading.value, align: 'right' },
      { header: heading.default, align: 'right' },
      { header: heading.unit, align: 'left' },
    ],
    settings.map((setting) => [
      { text: visibleText(setting.name) },
      { text: setting.values.join('-') },
      { text: setting.defaults?.join('-') ?? '' },
      { text: unit[setting.unit] },
    ]),
    environment.stdout.columns,
    colours.header,
  )
  out(header)
  const width = Math.min(environment.stdout.columns ?? widestText, widestText)
  for (const [index, setting] of settings.entries()) {
    out(lines[index] ?? '')
    for (const line of wrapText(`${settingMeaning(setting.id, language)} [${setting.states.join(', ')}]`, width - 4))
      out(colours.quiet(`    ${line}`))
  }
}
