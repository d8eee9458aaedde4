import type { Trend } from '../../src-shared/contract/diagnosis.ts'

export interface Sample {
  /** Unix milliseconds. */
  readonly at: number
  readonly value: number
}

/** Shorter stretches are noise. */
const minimumSpanMs = 2000
const minuteMs = 60_000
/** More points than these draw no other line. */
const partsOfSpan = 240
/** Less than this share of the mean per minute is no movement. */
const steadyShare = 0.05

/** A straight line through the samples (least squares); undefined while they are too few or too close together. */
export function trendOf(samples: readonly Sample[]): Trend | undefined {
  const first = samples[0]
  const last = samples.at(-1)
  if (first === undefined || last === undefined || last.at - first.at < minimumSpanMs) return undefined
  const meanAt = mean(samples.map(({ at }) => at))
  const meanValue = mean(samples.map(({ value }) => value))
  let product = 0
  let square = 0
  for (const { at, value } of samples) {
    product += (at - meanAt) * (value - meanValue)
    square += (at - meanAt) ** 2
  }
  const perMinute = (product / square) * minuteMs // two samples lie apart, so that the square is positive
  const direction = Math.abs(perMinute) <= Math.abs(meanValue) * steadyShare ? 'steady' : perMinute > 0 ? 'rising' : 'falling'
  return { perMinute, direction }
}

/**
 * The samples of the last `spanMs` with one more, in steps of a `partsOfSpan`th of it at least: so many looks as there may be, the memory
 * is bounded and the span the same. Nothing is after the latest: the clock was set back.
 */
export function withSample(samples: readonly Sample[], sample: Sample, spanMs: number): Sample[] {
  const kept = samples.filter(({ at }) => at < sample.at && sample.at - at <= spanMs)
  const before = kept.at(-2)
  const last = kept.at(-1)
  // The latest stands for the moment until the next step.
  const replaces = last !== undefined && last.at - (before?.at ?? Number.NEGATIVE_INFINITY) < spanMs / partsOfSpan
  return [...(replaces ? kept.slice(0, -1) : kept), sample]
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
