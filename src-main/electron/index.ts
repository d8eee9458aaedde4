/**
 * The desktop app. Nothing here may wait at the top level for the app to be ready: Electron sends `ready` only when this module
 * has been evaluated.
 */
import { app } from 'electron'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { settingsFile as locateSettings } from '../settings/settings-location.ts'
import { homeFolder } from '../settings/home-folder.ts'
import { registerAppScheme } from './app-protocol.ts'
import { failOnDefects } from './defects.ts'
import { minimizedSwitch, startDesktop } from './desktop.ts'
import { menuTexts } from './menu/menu-texts.ts'

const { platform, env } = process
const smoke = process.argv.includes('--smoke')
const minimized = process.argv.includes(minimizedSwitch)
const settingsFile = locateSettings({ platform, env, homeFolder: homeFolder() })
const profileFolder = join(dirname(settingsFile), 'desktop')
const onFatal = failOnDefects(() => {
  const { defectTitle, defectBody } = menuTexts('system', app.getLocale())
  return { title: defectTitle, body: defectBody }
})

app.setName('Sockscope')
mkdirSync(profileFolder, { recursive: true })
app.setPath('userData', profileFolder)
app.setAppUserModelId('dev.sockscope.app') // the same as appId in electron-builder.yml: groups windows and notifications
app.setAboutPanelOptions({ applicationName: 'Sockscope', applicationVersion: app.getVersion(), copyright: '© 2026 Sockscope contributors' })
app.enableSandbox()
registerAppScheme()
if (smoke || app.requestSingleInstanceLock()) {
  app
    .whenReady()
    .then(() => startDesktop({ platform, settingsFile, profileFolder, smoke, minimized }))
    .catch(onFatal)
} else app.quit()
