/** The menu of the tray icon as data. Its length and order never change, so that labels can be changed in place while it is open. */
import type { MenuItemConstructorOptions } from 'electron'
import type { Overview } from '../../../src-shared/contract/overview.ts'
import type { SettingsPatch } from '../../../src-shared/model/settings.ts'
import { menuPages, type PageCommand } from '../page-envelope.ts'
import { quitText, type MenuTexts } from './menu-texts.ts'
import type { TrayTexts } from './tray-texts.ts'

export interface TrayMenuInput {
  readonly platform: string
  readonly menuTexts: MenuTexts
  readonly trayTexts: TrayTexts
  /** Undefined while the engine does not answer. */
  readonly overview: Overview | undefined
  readonly windowVisible: boolean
  readonly alwaysOnTop: boolean
}

/** They live as long as the menu, longer than what it showed when it was made. */
export interface TrayMenuActions {
  readonly onToggleWindow: () => void
  readonly onCommand: (command: PageCommand) => void
  readonly onSettings: (patch: SettingsPatch) => void
  readonly onQuit: () => void
}

type Item = MenuItemConstructorOptions

/** Figures lead to the page that lists what they count. */
export function trayMenu(input: TrayMenuInput, { onToggleWindow, onCommand, onSettings, onQuit }: TrayMenuActions): Item[] {
  const { platform, menuTexts, trayTexts, overview, windowVisible, alwaysOnTop } = input
  const figure = (say: (overview: Overview) => string, command: PageCommand): Item => ({
    label: overview === undefined ? '' : say(overview),
    visible: overview !== undefined,
    click: () => onCommand(command),
  })
  const pages = menuPages.map((page): Item => ({ label: menuTexts[page], click: () => onCommand(`page-${page}`) }))
  return [
    { label: windowVisible ? trayTexts.hide : trayTexts.show, click: onToggleWindow },
    separator,
    { label: trayTexts.noFigures, visible: overview === undefined, enabled: false },
    figure(trayTexts.sockets, 'page-connections'),
    figure(trayTexts.established, 'page-connections'),
    figure(trayTexts.listening, 'page-listening'),
    figure(trayTexts.findings, 'page-diagnosis'),
    separator,
    { label: menuTexts.go, submenu: pages },
    { label: menuTexts.togglePause, click: () => onCommand('toggle-pause') },
    { label: menuTexts.alwaysOnTop, type: 'checkbox', checked: alwaysOnTop, click: ({ checked }) => onSettings({ alwaysOnTop: checked }) },
    { label: menuTexts.settings, click: () => onCommand('open-settings') },
    separator,
    { label: quitText(platform, menuTexts), click: onQuit },
  ]
}

const separator: Item = { type: 'separator' }
