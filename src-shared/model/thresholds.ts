/**
 * When a diagnosis rule fires. Every number is a setting; the settings keep only what a person changed, the rest is the default.
 * Ids are words of the settings file, of `sockscope diagnose --thresholds` and of findings; they never change.
 */
import * as v from 'valibot'

export type ThresholdUnit = 'count' | 'milliseconds' | 'bytes' | 'per-second' | 'share'

export interface Threshold {
  readonly unit: ThresholdUnit
  readonly usual: number
  readonly minimum: number
  readonly maximum: number
}

const count = (usual: number, maximum = 100_000): Threshold => ({ unit: 'count', usual, minimum: 1, maximum })
/** At least one look apart, at most a day. */
const milliseconds = (usual: number): Threshold => ({ unit: 'milliseconds', usual, minimum: 500, maximum: 86_400_000 })
const share = (usual: number): Threshold => ({ unit: 'share', usual, minimum: 0.01, maximum: 1 })

export const thresholds = {
  /** close-wait-leak */
  'close-wait-count': count(10),
  'close-wait-age': milliseconds(60_000),
  /** syn-sent-stalled */
  'syn-sent-count': count(3),
  'syn-sent-age': milliseconds(3000),
  /** syn-sent-fanout */
  'fanout-endpoints': count(20),
  'fanout-window': milliseconds(10_000),
  /** syn-received-flood: share of the listener's backlog. */
  'syn-received-share': share(0.5),
  /** accept-queue-full: share of the listener's backlog. */
  'accept-queue-share': share(1),
  /** port-exhaustion: share of the dynamic port range. */
  'port-share': share(0.8),
  /** fin-wait-2-stuck */
  'fin-wait-2-count': count(5),
  'fin-wait-2-age': milliseconds(60_000),
  /** fin-wait-1-pile, last-ack-pile */
  'pile-count': count(20),
  'pile-age': milliseconds(10_000),
  /** half-open: retransmits of the same data without any answer. */
  'half-open-retransmits': count(3, 255),
  /** idle-without-keepalive */
  'idle-age': milliseconds(7_200_000),
  /** reader-stalled, sender-stalled */
  'stalled-queue': { unit: 'bytes', usual: 65_536, minimum: 1, maximum: 2 ** 32 - 1 },
  'stalled-time': milliseconds(10_000),
  /** connection-churn */
  'churn-rate': { unit: 'per-second', usual: 50, minimum: 1, maximum: 1_000_000 },
  'churn-window': milliseconds(5000),
  /** fd-pressure: share of the process's limit. */
  'descriptor-share': share(0.8),
  /** retransmission-storm: share of the segments sent. */
  'retransmit-share': share(0.05),
  'retransmit-window': milliseconds(30_000),
} as const satisfies Readonly<Record<string, Threshold>>

export type ThresholdId = keyof typeof thresholds
/** In units of each threshold. */
export type Thresholds = Readonly<Record<ThresholdId, number>>

export const thresholdIds = Object.keys(thresholds) as ThresholdId[]

const schemaOf = ({ unit, minimum, maximum }: Threshold) => {
  const inRange = v.pipe(v.number(), v.minValue(minimum), v.maxValue(maximum))
  return unit === 'share' || unit === 'per-second' ? inRange : v.pipe(inRange, v.integer())
}
const entries = Object.fromEntries(thresholdIds.map((id) => [id, schemaOf(thresholds[id])])) as {
  readonly [Id in ThresholdId]: ReturnType<typeof schemaOf>
}

/** What a person set; absent ids have their usual value. */
export const chosenThresholdsSchema = v.partial(v.strictObject(entries))
export type ChosenThresholds = v.InferOutput<typeof chosenThresholdsSchema>

export function thresholdsInForce(chosen: ChosenThresholds): Thresholds {
  return Object.fromEntries(thresholdIds.map((id) => [id, chosen[id] ?? thresholds[id].usual])) as Record<ThresholdId, number>
}
