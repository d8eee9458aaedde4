/** This user's settings: one JSON file, read once, written whole. Nothing here throws: what goes wrong is a problem to show. */
import type { Problem } from '../../src-shared/model/problem.ts'
import type { Settings, SettingsPatch } from '../../src-shared/model/settings.ts'
import { setAside, writePrivateFile } from './private-file.ts'
import { readSettings } from './read-settings.ts'
import { printSettings } from './settings-format.ts'

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
  const { settings: loaded, damaged, refused } = load(file)
  const listeners = new Set<(settings: Settings) => void>()
  let settings = loaded
  let unwritable = refused
  const save = (): void => {
    const reason = writePrivateFile(file, printSettings(settings))
    unwritable = reason === undefined ? undefined : unwritableBecause(file, reason)
  }
  // What was good in a damaged file must outlive it.
  if (damaged !== undefined) save()

  return {
    get: () => settings,
    change(patch) {
      settings = { ...settings, ...withoutAbsent(patch) }
      save()
      for (const listener of listeners) listener(settings)
      return settings
    },
    problems: () => [damaged, unwritable].filter((problem) => problem !== undefined),
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function load(file: string): { settings: Settings; damaged?: Problem; refused?: Problem } {
  const { settings, damage, objection } = readSettings(file)
  if (objection !== undefined) return { settings, refused: unwritableBecause(file, objection) }
  if (damage === undefined) return { settings }
  const kept = setAside(file)
  const told = kept === undefined ? damage : `${damage} (kept as ${kept})`
  return { settings, damaged: { code: 'settings-damaged', severity: 'warning', parameters: { file, reason: told } } }
}

function unwritableBecause(file: string, reason: string): Problem {
  return { code: 'settings-unwritable', severity: 'warning', parameters: { file, reason } }
}

/** A field that is present but undefined in a patch says nothing. */
function withoutAbsent(patch: SettingsPatch): Partial<Settings> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
}
