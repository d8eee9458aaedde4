/** Settings that have few values, one command each, and the dialogs where the rest is set. */
import type { Settings } from '../../src-shared/model/settings.ts'
import type { MessageKey } from '../i18n/en.ts'
import { useDialogs } from '../stores/dialogs.ts'
import { useSettings } from '../stores/settings.ts'
import type { Command } from './command.ts'

type Choice<Value> = readonly [value: Value, name: MessageKey]
const themes: readonly Choice<Settings['theme']>[] = [
  ['system', 'settings.themeSystem'],
  ['light', 'settings.themeLight'],
  ['dark', 'settings.themeDark'],
]
const languages: readonly Choice<Settings['language']>[] = [
  ['system', 'settings.languageSystem'],
  ['en', 'settings.languageEn'],
  ['zh-CN', 'settings.languageZhCN'],
]
const dialects: readonly Choice<Settings['stateDialect']>[] = [
  ['rfc', 'settings.dialectRfc'],
  ['windows', 'settings.dialectWindows'],
  ['ss', 'settings.dialectSs'],
]

export function useSettingCommands(): readonly Command[] {
  const settings = useSettings()
  const dialogs = useDialogs()
  const choices = <Name extends 'theme' | 'language' | 'stateDialect'>(
    name: Name,
    what: MessageKey,
    list: readonly Choice<Settings[Name]>[],
  ): Command[] =>
    list.map(([value, valueName]) => ({
      id: `setting.set-${name}-${value}`,
      group: 'settings',
      title: (t) => t('command.set', { what: t(what), value: t(valueName) }),
      isOn: () => settings.current[name] === value,
      run: () => void settings.change({ [name]: value }),
    }))
  return [
    {
      id: 'setting.open',
      group: 'settings',
      title: (t) => t('settings.title'),
      keys: [{ key: ',', command: true }],
      run: () => dialogs.show({ id: 'settings' }),
    },
    {
      id: 'setting.thresholds',
      group: 'settings',
      title: (t) => t('thresholds.title'),
      run: () => dialogs.show({ id: 'settings', part: 'thresholds' }),
    },
    ...choices('theme', 'settings.theme', themes),
    ...choices('language', 'settings.language', languages),
    ...choices('stateDialect', 'settings.dialect', dialects),
  ]
}
