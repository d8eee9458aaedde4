/** The parts of the desktop app, put together: built and enabled in order, disposed in reverse. */
import { app, session, type BrowserWindow } from 'electron'
import { join } from 'node:path'
import type { Api } from '../../src-shared/contract/api.ts'
import type { SettingsPatch } from '../../src-shared/model/settings.ts'
import { serveRpc } from '../../src-shared/rpc/server.ts'
import { createHostApi } from '../api/host-api.ts'
import { createSettingsStore } from '../settings/settings-store.ts'
import { createEngineSupervisor } from '../supervisor/engine-supervisor.ts'
import { startTimer } from '../supervisor/start-timer.ts'
import { appOrigin, appUrl, serveApp } from './app-protocol.ts'
import { followSettings } from './application-menu.ts'
import { logDefect } from './defects.ts'
import { startEngineChild } from './engine-child.ts'
import { servePages } from './ipc-channel.ts'
import { createMainWindow } from './main-window.ts'
import { confineNavigation } from './navigation.ts'
import { denyPermissions, originOf } from './permissions.ts'
import { showExecutable } from './show-executable.ts'
import { smokeRun } from './smoke-run.ts'
import { openWindowAndTray, type WindowAndTray } from './window-and-tray.ts'

export interface DesktopOptions {
  readonly platform: string
  readonly settingsFile: string
  /** Where window places and Chromium's own files are kept. */
  readonly profileFolder: string
  /** A run without a person: no visible window, one line of outcome, then the end. */
  readonly smoke: boolean
  /** The command line asks for no window, whatever the settings say. */
  readonly minimized: boolean
}

/** On the command line: no window at the start. */
export const minimizedSwitch = '--minimized'

/** Called when the app is ready; resolves when the window is being loaded. */
export async function startDesktop({ platform, settingsFile, profileFolder, smoke, minimized }: DesktopOptions): Promise<void> {
  const appPath = app.getAppPath()
  const url = pageUrl()
  const trusted = new Set([appOrigin, originOf(url)])
  const isTrustedOrigin = (origin: string): boolean => trusted.has(origin)
  const disposals: (() => unknown)[] = []

  denyPermissions(session.defaultSession, isTrustedOrigin)
  disposals.push(confineNavigation({ isTrustedOrigin, onDefect: logDefect }))
  disposals.push(serveApp(join(appPath, 'out/renderer')))

  const supervisor = createEngineSupervisor({
    spawn: () => startEngineChild(join(appPath, 'out/main/engine.js')),
    startTimer,
    now: () => performance.now(),
    onTrouble: logDefect,
  })
  disposals.push(() => supervisor.stop())
  const settings = createSettingsStore({ file: settingsFile })
  const api = createHostApi({
    engine: supervisor,
    settings,
    host: {
      host: 'electron',
      version: app.getVersion(),
      ownPids: () => app.getAppMetrics().map(({ pid }) => pid),
      runtime: { node: process.versions.node, electron: process.versions.electron ?? '', chromium: process.versions['chrome'] ?? '' },
    },
    actionsAllowed: true,
    onTrouble: logDefect,
  })
  let shown: WindowAndTray | undefined
  const onSettings = (patch: SettingsPatch): void =>
    void api.call('changeSettings', patch).then((result) => !result.ok && logDefect(result.error.message))
  const onPage = servePages({
    isTrustedOrigin,
    onPage: (channel) => void serveRpc({ channel, api, allows: () => true, onDefect: logDefect }),
    onShowExecutable: (process, tell) =>
      void showExecutable(api, process).then((notice) => notice !== undefined && tell({ type: 'executable-not-shown', notice })),
    onPresent: () => shown?.present(),
    onRefused: (origin) => logDefect(`A frame of ${origin ?? 'no origin'} was refused.`),
  })
  disposals.push(onPage)
  disposals.push(followSettings({ settings, platform, onSettings, onCommand: (command) => shown?.runCommand(command) }))
  disposals.push(presentOnDemand(() => shown?.present()))
  app.on('window-all-closed', () => app.quit()) // one window is the whole app, on macOS too
  disposeBeforeQuit(disposals)

  if (smoke) return reportSmokeRun(api, createMainWindow({ appPath, url, stateFile: undefined, opening: 'hidden' }).window)
  const stateFile = join(profileFolder, 'window.json')
  shown = openWindowAndTray({ appPath, url, stateFile, platform, api, settings, onSettings, minimized })
  disposals.push(shown.close)
  await shown.opened
}

/** The built page, or electron-vite's own server while developing. A packaged app does not listen to its environment. */
function pageUrl(): string {
  const development = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
  return development ?? appUrl
}

/** A second start, or a click on the dock, shows the window that is already there. */
function presentOnDemand(present: () => void): () => void {
  const onSecondStart = (_event: unknown, args: readonly string[]): void => {
    // The desktop starts its autostart entries also when someone was faster; that is no reason to jump up.
    if (!args.includes(minimizedSwitch)) present()
  }
  app.on('second-instance', onSecondStart)
  app.on('activate', present)
  return () => {
    app.removeListener('second-instance', onSecondStart)
    app.removeListener('activate', present)
  }
}

/** Electron does not wait for promises while quitting: the first request is held until everything has ended. */
function disposeBeforeQuit(disposals: readonly (() => unknown)[]): void {
  let state: 'running' | 'ending' | 'ended' = 'running'
  app.on('will-quit', (event) => {
    if (state === 'ended') return
    event.preventDefault()
    if (state === 'ending') return
    state = 'ending'
    void disposeInReverse(disposals).finally(() => {
      state = 'ended'
      app.quit()
    })
  })
}

async function disposeInReverse(disposals: readonly (() => unknown)[]): Promise<void> {
  for (const dispose of disposals.toReversed()) {
    try {
      await dispose()
    } catch (error) {
      logDefect(error) // the others still have to end
    }
  }
}

async function reportSmokeRun(api: Api, window: BrowserWindow): Promise<void> {
  const outcome = await smokeRun(api, window)
  if (outcome.ok) console.log(`Sockscope ${app.getVersion()}: ${outcome.value}`)
  else console.error(`Sockscope ${app.getVersion()} does not work here: ${outcome.error.message}`)
  app.exit(outcome.ok ? 0 : 1)
}
