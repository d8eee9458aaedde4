import type { Command } from './command.ts'
import type { OptionDefinition } from './arguments.ts'
import { helpEn } from './messages/help-en.ts'
import { helpZhCn } from './messages/help-zh-cn.ts'
import type { HelpTexts } from './messages/help-texts.ts'
import type { Language } from './messages/language.ts'
import { cellWidth, padToCells } from '../../src-shared/text/cell-width.ts'

const texts: Record<Language, HelpTexts> = { en: helpEn, 'zh-CN': helpZhCn }

export function generalHelp(language: Language, common: readonly OptionDefinition[]): string[] {
  const help = texts[language]
  const commands = Object.entries(help.byCommand).map(([name, { summary }]) => [name, summary] as const)
  return [
    help.title,
    '',
    help.usage,
    '  sockscope COMMAND [...]',
    '',
    help.commands,
    ...pairs([...commands, ['serve', help.serve]]),
    '',
    help.options,
    ...pairs(common.map((option) => [optionText(option), help.commonOptions[option.name] ?? ''])),
    '',
    help.exitCodes,
    ...help.exitLines.map((line) => `  ${line}`),
    '',
    help.more,
  ]
}

export function commandHelp(command: Command, language: Language, common: readonly OptionDefinition[]): string[] {
  const help = texts[language]
  const { summary, usage, details, options, examples } = help.byCommand[command.name]
  return [
    summary,
    '',
    help.usage,
    `  sockscope ${command.name} ${usage}`.trimEnd(),
    ...(details.length === 0 ? [] : ['', ...details]),
    '',
    help.options,
    ...pairs([
      ...command.options.map((option) => [optionText(option), options[option.name] ?? ''] as const),
      ...common.map((option) => [optionText(option), help.commonOptions[option.name] ?? ''] as const),
    ]),
    '',
    help.examples,
    ...pairs(examples),
  ]
}

function optionText({ name, short, value }: OptionDefinition): string {
  return `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`
}

function pairs(entries: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...entries.map(([left]) => cellWidth(left)))
  return entries.map(([left, right]) => `  ${padToCells(left, width, 'left')}  ${right}`.trimEnd())
}
