/** This user's settings: one JSON file, read once, written whole. Nothing here throws: what goes wrong is a problem to show. */
import type { Problem } from '../../src-shared/model/problem.ts'
import type { Settings, SettingsPatch } from '../../src-shared/model/settings.ts'
import { setAside, writePrivateFile } from './private-file.ts'
import { readWholeSettings } from './read-settings.ts'
import { printSettings, type UnknownFields } from './settings-format.ts'

export interface SettingsStore {
  get(): Settings
  /** Merges, keeps and saves. The new settings hold even when the file cannot be written; `problems` tells then. */
  change(patch: SettingsPatch): Settings
  problems(): readonly Problem[]
  /** Returns its unsubscribe. */
  onChange(listener: (settings: Settings) => void): () => void
}

/** `file`: where the settings are kept; it and its folder need not exist. */
export function createSettingsStore({ file }: { readonly file: string }): SettingsStore {
  const listeners = new Set<(settings: Settings) => void>()
  let stored = load(file)
  let changes: Partial<Settings> = {}
  let settings = stored.settings
  let unwritable: string | undefined
  /** Never over a file that was not read or that could not be set aside: what it has may be all that is left of it. */
  const save = (): void => {
    if (stored.inTheWay) stored = load(file)
    settings = { ...stored.settings, ...changes }
    unwritable = stored.inTheWay ? stored.objection : writePrivateFile(file, printSettings(settings, stored.unknown))
  }
  // What was good in a damaged file must outlive it.
  if (stored.damage !== undefined) save()
  else unwritable = stored.objection

  return {
    get: () => settings,
    change(patch) {
      changes = { ...changes, ...withoutAbsent(patch) }
      save()
      for (const listener of listeners) listener(settings)
      return settings
    },
    problems: () => [
      ...(stored.damage === undefined ? [] : [problem('settings-damaged', file, stored.damage)]),
      ...(unwritable === undefined ? [] : [problem('settings-unwritable', file, unwritable)]),
    ],
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

interface Stored {
  readonly settings: Settings
  readonly unknown: UnknownFields
  /** What was wrong with the file, and where it is now. */
  readonly damage?: string
  /** Why nothing may be written, as things stand. */
  readonly objection?: string
  /** There is a file that must not be written over. */
  readonly inTheWay: boolean
}

function load(file: string): Stored {
  const { settings, unknown, damage, objection } = readWholeSettings(file)
  if (objection !== undefined) return { settings, unknown, objection, inTheWay: true }
  if (damage === undefined) return { settings, unknown, inTheWay: false }
  const kept = setAside(file)
  if ('name' in kept) return { settings, unknown, damage: `${damage} (kept as ${kept.name})`, inTheWay: false }
  return { settings, unknown, damage, objection: `the damaged file cannot be set aside: ${kept.reason}`, inTheWay: true }
}

function problem(code: 'settings-damaged' | 'settings-unwritable', file: string, reason: string): Problem {
  return { code, severity: 'warning', parameters: { file, reason } }
}

/** A field that is present but undefined in a patch says nothing. */
function withoutAbsent(patch: SettingsPatch): Partial<Settings> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
}
