import type { Settings } from '../../src-shared/model/settings.ts'
import { readPrivateFile } from './private-file.ts'
import { parseSettings, type UnknownFields } from './settings-format.ts'

export interface SettingsReading {
  readonly settings: Settings
  /** Why the file could not be used as it stands; the settings are as much of it as was good. */
  readonly damage?: string
  /** Why the file was not read, or not looked at: it may be as good as ever. The settings are the defaults then. */
  readonly objection?: string
}

export interface WholeReading extends SettingsReading {
  /** What the file has beside them. */
  readonly unknown: UnknownFields
}

/** Reads the settings file, which need not exist, and changes nothing about it. Total: whatever lies there gives settings. */
export function readSettings(file: string): SettingsReading {
  const { unknown: _unknown, ...reading } = readWholeSettings(file)
  return reading
}

/** The same for who writes the file again. */
export function readWholeSettings(file: string): WholeReading {
  const { text, error, unreadable, objection = unreadable } = readPrivateFile(file)
  const { settings, unknown, reason = error } = parseSettings(text)
  if (objection !== undefined) return { settings, unknown, objection }
  return reason === undefined ? { settings, unknown } : { settings, unknown, damage: reason }
}
