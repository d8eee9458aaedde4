import type { Settings } from '../../src-shared/model/settings.ts'
import { readPrivateFile } from './private-file.ts'
import { parseSettings } from './settings-format.ts'

export interface SettingsReading {
  readonly settings: Settings
  /** Why the file could not be used as it stands; the settings are as much of it as was good. */
  readonly damage?: string
  /** Why the file was not looked at: its folder is not this user's alone. The settings are the defaults then. */
  readonly objection?: string
}

/** Reads the settings file, which need not exist, and changes nothing about it. Total: whatever lies there gives settings. */
export function readSettings(file: string): SettingsReading {
  const { text, error, objection } = readPrivateFile(file)
  const { settings, reason = error } = parseSettings(text)
  if (objection !== undefined) return { settings, objection }
  return reason === undefined ? { settings } : { settings, damage: reason }
}
