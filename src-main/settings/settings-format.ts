/** The text of the settings file: `{ "version": 1, "settings": { … } }`. Reading is total: any text gives settings. */
import * as v from 'valibot'
import { defaultSettings, settingsSchema, type Settings } from '../../src-shared/model/settings.ts'
import { migrateSettings, settingsVersion } from './migrate-settings.ts'

export interface ParsedSettings {
  readonly settings: Settings
  /** Why the text could not be used as it stands; the settings are then as much of it as was good. */
  readonly reason?: string
}

const fileSchema = v.object({
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  settings: v.record(v.string(), v.unknown()),
})

/** Absent text (no file yet) gives the defaults. Unknown fields are left out; a bad field gets its default, the good ones stay. */
export function parseSettings(text: string | undefined): ParsedSettings {
  if (text === undefined) return { settings: defaultSettings }
  let content: unknown
  try {
    content = JSON.parse(text.replace(/^\u{feff}/u, ''))
  } catch (error) {
    return { settings: defaultSettings, reason: error instanceof Error ? error.message : 'not JSON' }
  }
  const file = v.safeParse(fileSchema, content)
  if (!file.success) return { settings: defaultSettings, reason: describe(file.issues[0]) }
  if (file.output.version > settingsVersion) {
    return { settings: fieldByField(file.output.settings).settings, reason: `version ${file.output.version} is newer than this program` }
  }
  return fieldByField(migrateSettings(file.output.version, file.output.settings))
}

export function printSettings(settings: Settings): string {
  return `${JSON.stringify({ version: settingsVersion, settings }, undefined, 2)}\n`
}

function fieldByField(stored: Readonly<Record<string, unknown>>): ParsedSettings {
  const good: Record<string, unknown> = {}
  const reasons: string[] = []
  for (const [name, schema] of Object.entries(settingsSchema.entries)) {
    if (!Object.hasOwn(stored, name)) continue
    const checked = v.safeParse(schema, stored[name])
    if (checked.success) good[name] = checked.output
    else reasons.push(`${name}: ${checked.issues[0].message}`)
  }
  const settings = { ...defaultSettings, ...good }
  return reasons.length === 0 ? { settings } : { settings, reason: reasons.join('; ') }
}

function describe(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`
}
