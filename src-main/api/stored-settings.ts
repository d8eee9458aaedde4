/** The settings that this user keeps for the window, for a host that only reads them. */
import { homeFolder } from '../settings/home-folder.ts'
import { readSettings, type SettingsReading } from '../settings/read-settings.ts'
import { settingsFile } from '../settings/settings-location.ts'

export interface StoredSettings extends SettingsReading {
  readonly file: string
}

export function readStoredSettings(platform: string, env: Readonly<Record<string, string | undefined>>): StoredSettings {
  const file = settingsFile({ platform, env, homeFolder: homeFolder() })
  return { file, ...readSettings(file) }
}
