/** The text of the settings file: `{ "version": 1, "settings": { … } }`. Reading is total: any text gives settings. */
import * as v from 'valibot'
import { defaultSettings, settingsSchema, type Settings } from '../../src-shared/model/settings.ts'
import { migrateSettings, settingsVersion } from './migrate-settings.ts'

/** Settings of another version of the program. */
export type UnknownFields = Readonly<Record<string, unknown>>

export interface ParsedSettings {
  readonly settings: Settings
  /** Fields of the file that this version does not know: kept for the version that does. */
  readonly unknown: UnknownFields
  /**
   * Why the text could not be used as it stands; the settings are then as much of it as was good. Names our own fields only, and
   * quotes nothing of the text: root may have been led to read somebody else's secret.
   */
  readonly reason?: string
}

const nothingStored: ParsedSettings = { settings: defaultSettings, unknown: {} }

const fileSchema = v.object({
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  settings: v.record(v.string(), v.unknown()),
})

/** Absent text (no file yet) gives the defaults. A bad field gets its default, the good ones stay. */
export function parseSettings(text: string | undefined): ParsedSettings {
  if (text === undefined) return nothingStored
  let content: unknown
  try {
    content = JSON.parse(text.replace(/^\u{feff}/u, ''))
  } catch {
    return { ...nothingStored, reason: 'not JSON' } // the parser's own words quote the text
  }
  const file = v.safeParse(fileSchema, content)
  if (!file.success) return { ...nothingStored, reason: 'not of the expected shape' }
  if (file.output.version > settingsVersion) {
    return { ...fieldByField(file.output.settings), reason: `version ${file.output.version} is newer than this program` }
  }
  return fieldByField(migrateSettings(file.output.version, file.output.settings))
}

export function printSettings(settings: Settings, unknown: UnknownFields = {}): string {
  return `${JSON.stringify({ version: settingsVersion, settings: { ...unknown, ...settings } }, undefined, 2)}\n`
}

function fieldByField(stored: Readonly<Record<string, unknown>>): ParsedSettings {
  const good: Record<string, unknown> = {}
  const reasons: string[] = []
  for (const [name, schema] of Object.entries(settingsSchema.entries)) {
    if (!Object.hasOwn(stored, name)) continue
    const checked = v.safeParse(schema, stored[name])
    if (checked.success) good[name] = checked.output
    else reasons.push(name)
  }
  const settings = { ...defaultSettings, ...good }
  const unknown = Object.fromEntries(Object.entries(stored).filter(([name]) => !Object.hasOwn(settingsSchema.entries, name)))
  return { settings, unknown, ...(reasons.length > 0 && { reason: `no possible value for ${reasons.join(', ')}` }) }
}
