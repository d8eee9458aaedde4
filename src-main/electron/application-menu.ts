/** Keeps the application menu, the native theme and the language of both in step with the settings. */
import { app, Menu, nativeTheme } from 'electron'
import type { Settings, SettingsPatch } from '../../src-shared/model/settings.ts'
import type { SettingsStore } from '../settings/settings-store.ts'
import { logDefect } from './defects.ts'
import { menuTemplate } from './menu/menu-template.ts'
import { menuTexts } from './menu/menu-texts.ts'
import { openLink } from './navigation.ts'
import type { PageCommand } from './page-envelope.ts'

export interface AppearanceOptions {
  readonly settings: Pick<SettingsStore, 'get' | 'onChange'>
  readonly platform: string
  readonly onCommand: (command: PageCommand) => void
  readonly onSettings: (patch: SettingsPatch) => void
}

const tcpStatesLink = 'https://www.rfc-editor.org/rfc/rfc9293#section-3.3.2'

/** Shows the settings in force and then every change; returns what stops following them. */
export function followSettings({ settings, platform, onCommand, onSettings }: AppearanceOptions): () => void {
  let shown = ''
  const apply = ({ theme, language, alwaysOnTop }: Settings): void => {
    // A new menu closes the one that is open, and most settings are not in it.
    const wanted = JSON.stringify([theme, language, alwaysOnTop])
    if (wanted === shown) return
    shown = wanted
    nativeTheme.themeSource = theme
    const template = menuTemplate({
      platform,
      settings: { theme, language, alwaysOnTop },
      texts: menuTexts(language, app.getLocale()),
      developer: !app.isPackaged,
      onCommand,
      onSettings,
      onTcpStates: () => openLink(tcpStatesLink, logDefect),
      onAbout: () => app.showAboutPanel(),
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }
  apply(settings.get())
  return settings.onChange(apply)
}
