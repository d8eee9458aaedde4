/** Keeps the application menu, the native theme and the language of both in step with the settings. */
import { app, Menu, nativeTheme } from 'electron'
import type { Api } from '../../src-shared/contract/api.ts'
import type { Settings } from '../../src-shared/model/settings.ts'
import { logDefect } from './defects.ts'
import { menuTemplate } from './menu/menu-template.ts'
import { menuTexts } from './menu/menu-texts.ts'
import { openLink } from './navigation.ts'
import type { PageCommand } from './page-envelope.ts'

export interface AppearanceOptions {
  readonly api: Api
  readonly platform: string
  readonly onCommand: (command: PageCommand) => void
}

const tcpStatesLink = 'https://www.rfc-editor.org/rfc/rfc9293#section-3.3.2'

/** Resolves when the settings in force are shown; returns what stops following them. */
export async function followSettings({ api, platform, onCommand }: AppearanceOptions): Promise<() => void> {
  const apply = (settings: Settings): void => {
    nativeTheme.themeSource = settings.theme
    const template = menuTemplate({
      platform,
      settings,
      texts: menuTexts(settings.language, app.getLocale()),
      developer: !app.isPackaged,
      onCommand,
      onSettings: (patch) => void api.call('changeSettings', patch).then((result) => !result.ok && logDefect(result.error.message)),
      onTcpStates: () => openLink(tcpStatesLink, logDefect),
      onAbout: () => app.showAboutPanel(),
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }
  const unsubscribe = api.on('settingsChanged', apply)
  const settings = await api.call('getSettings', undefined)
  if (settings.ok) apply(settings.value)
  return unsubscribe
}
