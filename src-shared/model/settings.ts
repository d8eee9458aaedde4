/** Every setting, once: its type, its limits, its default. Used to check files, messages and forms alike. */
import * as v from 'valibot'
import { chosenThresholdsSchema } from './thresholds.ts'

export const minimumIntervalMs = 500
export const maximumIntervalMs = 10_000
const maximumHighlightMs = 60_000

const entries = {
  /** Milliseconds between two looks at the operating system. */
  intervalMs: v.pipe(v.number(), v.integer(), v.minValue(minimumIntervalMs), v.maxValue(maximumIntervalMs)),
  /** Milliseconds that new, changed and closed rows stay coloured; closed rows stay on screen for as long. */
  highlightMs: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(maximumHighlightMs)),
  theme: v.picklist(['system', 'light', 'dark']),
  language: v.picklist(['system', 'en', 'zh-CN']),
  /** Whose words to use for TCP states. */
  stateDialect: v.picklist(['rfc', 'windows', 'ss']),
  /** When diagnosis rules fire, as far as the person changed it. A change replaces all of them. */
  thresholds: chosenThresholdsSchema,
} as const

export const settingsSchema = v.object(entries)
export const settingsPatchSchema = v.partial(v.strictObject(entries))
export type Settings = v.InferOutput<typeof settingsSchema>
export type SettingsPatch = v.InferOutput<typeof settingsPatchSchema>

export const defaultSettings: Settings = {
  intervalMs: 1000,
  highlightMs: 2000,
  theme: 'system',
  language: 'system',
  stateDialect: 'rfc',
  thresholds: {},
}
