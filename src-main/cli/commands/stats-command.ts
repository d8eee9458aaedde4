import type { KernelSettingsReport, StatisticsGroup, StatisticsReport } from '../../../src-shared/contract/network.ts'
import { settingMeaning } from '../../../src-shared/explain/setting-texts.ts'
import { withEngine, type Command, type CommandContext } from '../command.ts'
import { answerReport } from '../network-report.ts'
import { cellWidth, padToCells } from '../../../src-shared/text/cell-width.ts'
import { coloursFor } from '../text/colours.ts'
import { tableLines } from '../../../src-shared/text/text-table.ts'
import { visibleText } from '../../../src-shared/text/visible-text.ts'
import { wrapText } from '../../../src-shared/text/wrap-text.ts'

export const statsCommand: Command = {
  name: 'stats',
  words: 'none',
  options: [{ name: 'all' }, { name: 'settings' }, { name: 'json' }],
  run: (context) =>
    withEngine(context, async (api) => {
      if (!context.arguments.has('settings')) {
        const answer = await api.call('getStatistics', undefined)
        return answerReport(
          context,
          answer,
          ({ groups }) => groups,
          (report) => writeStatistics(context, report),
        )
      }
      if (context.arguments.has('all')) return context.misuse(context.messages.usage.notTogether('--all', '--settings'))
      const answer = await api.call('getKernelSettings', undefined)
      return answerReport(
        context,
        answer,
        ({ settings }) => settings,
        (report) => writeSettings(context, report),
      )
    }),
}

function writeStatistics(context: CommandContext, { groups }: StatisticsReport): void {
  const { out, messages, environment } = context
  const colours = coloursFor(environment.stdout, environment.variables)
  const all = context.arguments.has('all')
  let first = true
  for (const group of groups) {
    const lines = valueLines(group, all)
    if (lines.length === 0) continue
    const family = group.family === undefined ? '' : ` (${messages.network.family[group.family]})`
    if (!first) out('')
    out(colours.header(`${messages.network.group[group.id]}${family}`), ...lines)
    first = false
  }
}

/** A zero counter says nothing; a zero gauge is a value. */
function valueLines({ counters, gauges }: StatisticsGroup, all: boolean): string[] {
  const shown = [...Object.entries(gauges), ...Object.entries(counters).filter(([, value]) => all || value !== 0)].map(
    ([name, value]) => [visibleText(name), String(value)] as const,
  )
  const nameWidth = Math.max(0, ...shown.map(([name]) => cellWidth(name)))
  const valueWidth = Math.max(0, ...shown.map(([, value]) => value.length))
  return shown.map(([name, value]) => `  ${padToCells(name, nameWidth, 'left')}  ${padToCells(value, valueWidth, 'right')}`)
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
