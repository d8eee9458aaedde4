/** The window and the tray icon, which have to know of each other: who hides one must be able to come back by the other. */
import { app, type BrowserWindow } from 'electron'
import type { Api } from '../../src-shared/contract/api.ts'
import type { Settings, SettingsPatch } from '../../src-shared/model/settings.ts'
import type { SettingsStore } from '../settings/settings-store.ts'
import { followClosing, hideWindow } from './close-to-tray.ts'
import { followDisplays } from './keep-window-state.ts'
import { createMainWindow, type MainWindow, type MainWindowOptions, type Opening } from './main-window.ts'
import { toPage, type EnvelopeToPage, type PageCommand } from './page-envelope.ts'
import { createTrayIcon, type TrayIcon } from './tray-icon.ts'

export interface WindowAndTrayOptions extends Omit<MainWindowOptions, 'opening'> {
  readonly platform: string
  readonly api: Api
  readonly settings: Pick<SettingsStore, 'get' | 'onChange'>
  readonly onSettings: (patch: SettingsPatch) => void
  /** The command line asks for no window, whatever the settings say. */
  readonly minimized: boolean
}

export interface WindowAndTray {
  /** Resolves when the window is being loaded. */
  readonly opened: Promise<void>
  /** A window that is still to be opened will then be shown, whatever the start was asked for. */
  readonly present: () => void
  /** What a menu asks of the page; the window comes to the front where that shows something. */
  readonly runCommand: (command: PageCommand) => void
  readonly close: () => void
}

/** Commands that have an effect although nobody sees the page. */
const unseenCommands: ReadonlySet<PageCommand> = new Set(['refresh', 'toggle-pause'])

export function openWindowAndTray(options: WindowAndTrayOptions): WindowAndTray {
  const { platform } = options
  let main: MainWindow | undefined
  let isWanted = false
  let isClosed = false
  const present = (): void => {
    isWanted = true
    main?.present()
  }
  const runCommand = (command: PageCommand): void => {
    if (!unseenCommands.has(command)) present()
    if (main === undefined || main.window.isDestroyed()) return
    main.window.webContents.send(toPage, { type: 'command', command } satisfies EnvelopeToPage)
  }
  const tray = createTrayIcon({
    ...options,
    isWindowVisible: () => main !== undefined && isInSight(main.window),
    onPresent: present,
    actions: {
      onToggleWindow: () => (main !== undefined && isInSight(main.window) ? hideWindow(main.window, platform) : present()),
      onCommand: runCommand,
      onSettings: options.onSettings,
      onQuit: () => app.quit(),
    },
  })
  const stops = [tray.close]
  const open = async (): Promise<void> => {
    const opening = await chooseOpening(options, tray)
    if (isClosed) return
    main = createMainWindow({ ...options, opening: isWanted ? 'shown' : opening })
    stops.push(...followWindow(main, tray, options))
  }
  return {
    opened: open(),
    present,
    runCommand,
    close: () => {
      isClosed = true
      for (const stop of stops.toReversed()) stop()
    },
  }
}

/** Returns what ends the following. */
function followWindow({ window, present }: MainWindow, tray: TrayIcon, { settings, platform }: WindowAndTrayOptions): (() => void)[] {
  const stays = (): boolean => settings.get().closeToTray && settings.get().trayIcon
  keepTrayInStep(window, tray)
  return [
    followClosing({ window, platform, stays, hasTray: tray.isShown }),
    followDisplays(window),
    followWindowSettings(window, settings, present),
  ]
}

async function chooseOpening({ settings, minimized }: WindowAndTrayOptions, tray: TrayIcon): Promise<Opening> {
  if (!minimized && !settings.get().startMinimized) return 'shown'
  return (await tray.isShown()) ? 'hidden' : 'minimized'
}

function followWindowSettings(window: BrowserWindow, settings: WindowAndTrayOptions['settings'], present: () => void): () => void {
  let hadIcon = settings.get().trayIcon
  const apply = ({ alwaysOnTop, trayIcon }: Settings): void => {
    if (window.isDestroyed()) return
    if (window.isAlwaysOnTop() !== alwaysOnTop) window.setAlwaysOnTop(alwaysOnTop)
    const losesWayBack = hadIcon && !trayIcon && !window.isVisible() && !window.isMinimized()
    hadIcon = trayIcon
    if (losesWayBack) present()
  }
  apply(settings.get())
  return settings.onChange(apply)
}

/** Its menu says whether the window would be shown or hidden. */
function keepTrayInStep(window: BrowserWindow, { update }: TrayIcon): void {
  window.on('show', update)
  window.on('hide', update)
  window.on('minimize', update)
  window.on('restore', update)
  update()
}

function isInSight(window: BrowserWindow): boolean {
  return !window.isDestroyed() && window.isVisible() && !window.isMinimized()
}
