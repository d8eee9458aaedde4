/**
 * The icon in the tray or menu bar with its menu and counts. There while the setting says so; asks for counts once per look, and
 * touches the desktop only when a text has changed.
 */
import { app, Menu, Tray, type MenuItem, type MenuItemConstructorOptions } from 'electron'
import { join } from 'node:path'
import type { Api } from '../../src-shared/contract/api.ts'
import type { Overview } from '../../src-shared/contract/overview.ts'
import type { Settings } from '../../src-shared/model/settings.ts'
import type { SettingsStore } from '../settings/settings-store.ts'
import { logDefect } from './defects.ts'
import { menuTexts } from './menu/menu-texts.ts'
import { trayMenu, type TrayMenuActions, type TrayMenuInput } from './menu/tray-menu.ts'
import { trayTexts } from './menu/tray-texts.ts'
import { createTraySight } from './tray-sight.ts'

export interface TrayOptions {
  readonly platform: string
  /** The folder with package.json and resources/. */
  readonly appPath: string
  readonly api: Api
  readonly settings: Pick<SettingsStore, 'get' | 'onChange'>
  readonly actions: TrayMenuActions
  readonly isWindowVisible: () => boolean
  readonly onPresent: () => void
}

export interface TrayIcon {
  /** To be called when the window was shown or hidden. */
  readonly update: () => void
  /** Whether a person can see the icon, as far as anything tells. */
  readonly isShown: () => Promise<boolean>
  readonly close: () => void
}

interface OpenTray {
  show(input: TrayMenuInput, toolTip: string): void
  destroy(): void
}

export function createTrayIcon(options: TrayOptions): TrayIcon {
  const { platform, api, settings } = options
  let open: OpenTray | undefined
  let overview: Overview | undefined
  const sight = createTraySight(platform)

  const update = (): void => {
    const { language, alwaysOnTop } = settings.get()
    const texts = trayTexts(language, app.getLocale())
    const shown = { menuTexts: menuTexts(language, app.getLocale()), trayTexts: texts, windowVisible: options.isWindowVisible() }
    open?.show({ platform, overview, alwaysOnTop, ...shown }, overview === undefined ? 'Sockscope' : texts.toolTip(overview))
  }
  const stopCounting = countLooks(
    api,
    () => open !== undefined,
    (counted) => {
      overview = counted
      update()
    },
  )
  const follow = ({ trayIcon }: Settings): void => {
    if (trayIcon && open === undefined) open = openTray(options, sight.noteUse)
    if (!trayIcon) {
      open?.destroy()
      open = undefined
      overview = undefined
      sight.forgetUse()
    }
    update()
  }
  const unsubscribe = settings.onChange(follow)
  follow(settings.get())

  return {
    update,
    isShown: async () => open !== undefined && (await sight.isSeen()) && open !== undefined,
    close() {
      unsubscribe()
      stopCounting()
      open?.destroy()
      open = undefined
    },
  }
}

/** Tells the counts after each look, undefined while there are none. One question at a time: a slow engine gets no queue of them. */
function countLooks(api: Api, isWanted: () => boolean, tell: (overview: Overview | undefined) => void): () => void {
  let isAsking = false
  const ask = async (): Promise<void> => {
    if (isAsking || !isWanted()) return
    isAsking = true
    const answer = await api.call('getOverview', undefined)
    isAsking = false
    tell(answer.ok ? answer.value : undefined)
  }
  const stops = [
    api.on('looked', () => void ask()),
    api.on('engineLink', ({ state }) => {
      if (state !== 'running') tell(undefined)
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** Undefined when the system refuses an icon: Sockscope then works without. */
function openTray({ platform, appPath, actions, onPresent }: TrayOptions, onUse: () => void): OpenTray | undefined {
  let tray: Tray
  try {
    // The closures below hold it: an icon that nobody holds is collected, and gone.
    tray = new Tray(join(appPath, 'resources/tray', iconName(platform)))
  } catch (error) {
    logDefect(error)
    return undefined
  }
  // On macOS a click opens the menu. On Linux many desktops do the same and tell nobody.
  if (platform !== 'darwin')
    tray.on('click', () => {
      onUse()
      onPresent()
    })
  const noting = notingUse(actions, onUse)
  let menu: Menu | undefined
  let shown = ''
  return {
    show(input, toolTip) {
      const template = trayMenu(input, noting)
      const text = JSON.stringify([toolTip, template])
      if (text === shown || tray.isDestroyed()) return
      shown = text
      tray.setToolTip(toolTip)
      const changedInPlace = menu !== undefined && changeItems(menu.items, template)
      menu = changedInPlace ? menu : Menu.buildFromTemplate(template)
      // Setting a menu closes the one that is open. Linux alone needs to be told of changes within one, and takes that calmly.
      if (!changedInPlace || platform === 'linux') tray.setContextMenu(menu ?? null)
    },
    destroy: () => tray.destroy(),
  }
}

/** False when a new menu is needed: what lies in a submenu only changes with the language. */
function changeItems(items: readonly MenuItem[], template: readonly MenuItemConstructorOptions[]): boolean {
  const isOtherLanguage = template.some(({ submenu, label }, index) => submenu !== undefined && items[index]?.label !== label)
  if (isOtherLanguage) return false
  for (const [index, { label, visible, checked }] of template.entries()) {
    const item = items[index]
    if (item === undefined) continue
    if (label !== undefined) item.label = label
    if (visible !== undefined) item.visible = visible
    if (checked !== undefined) item.checked = checked
  }
  return true
}

function notingUse(actions: TrayMenuActions, onUse: () => void): TrayMenuActions {
  const noting =
    <Args extends unknown[]>(act: (...args: Args) => void) =>
    (...args: Args): void => {
      onUse()
      act(...args)
    }
  return {
    onToggleWindow: noting(actions.onToggleWindow),
    onCommand: noting(actions.onCommand),
    onSettings: noting(actions.onSettings),
    onQuit: noting(actions.onQuit),
  }
}

/** Electron finds the @2x drawings beside them, and takes "Template" for what macOS colours itself. */
function iconName(platform: string): string {
  if (platform === 'darwin') return 'trayTemplate.png'
  return platform === 'win32' ? 'tray.ico' : 'tray.png'
}
