/** Every setting, once: its type, its limits, its default. Used to check files, messages and forms alike. */
import * as v from 'valibot'
import { keptFiltersSchema, noFilters, recentQueriesSchema } from './kept-filters.ts'
import { keptGroupPagesSchema } from './kept-group-pages.ts'
import { tableLayoutSchema, usualTableLayout } from './table-layout.ts'
import { defaultDetailsLayout, detailsLayoutSchema } from './details-layout.ts'
import { chosenThresholdsSchema } from './thresholds.ts'
import { savedViewsSchema } from './saved-view.ts'
import { defaultWatchTelling, watchRulesSchema, watchTellingSchema } from './watch-rule.ts'

export const minimumIntervalMs = 500
export const maximumIntervalMs = 10_000
const maximumHighlightMs = 60_000
/** As many as the command palette shows first. */
export const maximumRecentCommands = 8
const maximumCommandIdLength = 60

/** From nobody to everybody; a host that only looks lets nobody go further than it was set up. */
export const reverseNamesChoices = ['off', 'public', 'all'] as const
export type ReverseNamesChoice = (typeof reverseNamesChoices)[number]

export function asksMore(wanted: ReverseNamesChoice, now: ReverseNamesChoice): boolean {
  return reverseNamesChoices.indexOf(wanted) > reverseNamesChoices.indexOf(now)
}

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
  /** Whether ports are shown with what they are registered for; tells nobody. */
  serviceNames: v.boolean(),
  /** Whether addresses are shown with their country, from data of this machine; tells nobody. */
  countries: v.boolean(),
  /** Whose host names are asked for: off: nobody's. Every question tells the resolver which address is looked at. */
  reverseNames: v.picklist(reverseNamesChoices),
  /** Whether rows are sorted anew at each look; otherwise they keep their places until the person sorts. */
  keepSorted: v.boolean(),
  details: detailsLayoutSchema,
  /** Columns, order, density and zoom of the table of connections. A change replaces all of it. */
  table: tableLayoutSchema,
  /** What the person wants to be told of. A change replaces all of them. */
  watchRules: watchRulesSchema,
  watchTelling: watchTellingSchema,
  /** Ids of commands lately run from the palette, the latest first. */
  recentCommands: v.pipe(v.array(v.pipe(v.string(), v.maxLength(maximumCommandIdLength))), v.maxLength(maximumRecentCommands)),
  /** The hints for a first run were seen or waved away. */
  tourDone: v.boolean(),
  /** What follows is of the desktop application alone. */
  alwaysOnTop: v.boolean(),
  trayIcon: v.boolean(),
  /** Whether closing the window leaves Sockscope running behind the tray icon; without the icon it never does. */
  closeToTray: v.boolean(),
  /** Whether a start shows no window: only the tray icon where there is one, else an entry of the task bar. */
  startMinimized: v.boolean(),
  /** What the table was limited to when it was last used. A change replaces all of it. */
  filters: keptFiltersSchema,
  /** How the pages of groups were set when they were last used. A change replaces all of it. */
  groupPages: keptGroupPagesSchema,
  /** Whether a start takes `filters` up again, and the searches of `groupPages`. */
  keepFilters: v.boolean(),
  recentQueries: recentQueriesSchema,
  /** Ways of looking that have names, in the order of their menu. A change replaces all of them. */
  views: savedViewsSchema,
} as const

/**
 * Bytes of all settings as JSON, indented, when every list is full of the longest texts in the most wasteful spelling: about two million,
 * as a test works out. Whoever reads, keeps or carries settings must have room for them.
 */
export const maximumSettingsBytes = 3 * 1024 * 1024

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
  serviceNames: true,
  countries: true,
  reverseNames: 'off',
  keepSorted: true,
  details: defaultDetailsLayout,
  table: usualTableLayout,
  watchRules: [],
  watchTelling: defaultWatchTelling,
  recentCommands: [],
  tourDone: false,
  alwaysOnTop: false,
  // Who opens a table of sockets looks at it and closes it: TCPView has no icon, CurrPorts leaves its own off, Apple's guidelines leave the
  // choice to the person, and GNOME shows none without an extension. Whoever lets Sockscope run turns it on.
  trayIcon: false,
  closeToTray: false,
  startMinimized: false,
  filters: noFilters,
  groupPages: {},
  keepFilters: true,
  recentQueries: [],
  views: [],
}
