/** Rules of "tell me when …": which rows a person wants to hear of, and how. Kept with the settings, evaluated by the interface. */
import * as v from 'valibot'

export const watchKinds = ['row', 'remote', 'listener', 'above', 'below'] as const
/**
 * row: a row comes to match. remote: a remote address is seen for the first time among matching rows. listener: a matching socket
 * begins to listen. above, below: the number of matching rows passes `count`, or falls below it.
 */
export type WatchKind = (typeof watchKinds)[number]

/** Each rule is asked about every row that a look touched. */
export const maximumWatchRules = 50
export const maximumWatchNameLength = 80
/** Ten times what anybody writes by hand. */
export const maximumWatchQueryLength = 1000
const maximumIdLength = 64
/** More sockets than a machine can hold. */
export const maximumWatchCount = 10_000_000
/** A day: whoever wants to hear less often wants to switch the rule off. */
export const maximumCoolDownMs = 86_400_000
const minutesPerDay = 1440

const text = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most))
const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most))
const minuteOfDay = whole(minutesPerDay - 1)

const watchRuleSchema = v.strictObject({
  id: text(maximumIdLength),
  name: text(maximumWatchNameLength),
  /** In the filter language; empty for every row. */
  query: v.pipe(v.string(), v.maxLength(maximumWatchQueryLength)),
  kind: v.picklist(watchKinds),
  /** For `above` and `below`. */
  count: whole(maximumWatchCount),
  /** Milliseconds after an alarm in which the rule only counts. */
  coolDownMs: whole(maximumCoolDownMs),
  enabled: v.boolean(),
  sound: v.boolean(),
})
export const watchRulesSchema = v.pipe(v.array(watchRuleSchema), v.maxLength(maximumWatchRules))
export type WatchRule = v.InferOutput<typeof watchRuleSchema>

/** How alarms are told. In the quiet hours they only go to the log. Minutes count from midnight, local time; `from` may lie after `to`. */
export const watchTellingSchema = v.strictObject({
  desktop: v.boolean(),
  quiet: v.boolean(),
  quietFromMinute: minuteOfDay,
  quietToMinute: minuteOfDay,
})
export type WatchTelling = v.InferOutput<typeof watchTellingSchema>

export const defaultWatchTelling: WatchTelling = { desktop: false, quiet: false, quietFromMinute: 22 * 60, quietToMinute: 7 * 60 }
