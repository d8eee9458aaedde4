/** `--thresholds close-wait-age=2s,stalled-queue=64KiB,port-share=50%`. */
import { thresholds, thresholdIds, type ChosenThresholds, type ThresholdId, type ThresholdUnit } from '../../src-shared/model/thresholds.ts'
import { nearest } from '../../src-shared/query/nearest.ts'

export type ThresholdProblem =
  | { readonly kind: 'no-value'; readonly entry: string }
  | { readonly kind: 'unknown'; readonly id: string; readonly near?: string }
  | { readonly kind: 'twice'; readonly id: ThresholdId }
  /** `unitMissing`: a bare number, which could be seconds as well as milliseconds. */
  | { readonly kind: 'bad-value'; readonly id: ThresholdId; readonly value: string; readonly unitMissing: boolean }

export type ThresholdOutcome =
  | { readonly ok: true; readonly value: ChosenThresholds }
  | { readonly ok: false; readonly problem: ThresholdProblem }

export function parseThresholds(text: string): ThresholdOutcome {
  const chosen: Partial<Record<ThresholdId, number>> = {}
  for (const entry of text.split(',').map((part) => part.trim())) {
    const sign = entry.indexOf('=')
    if (sign < 1 || sign === entry.length - 1) return { ok: false, problem: { kind: 'no-value', entry } }
    const word = entry.slice(0, sign).trim().toLowerCase()
    const id = thresholdIds.find((known) => known === word)
    if (id === undefined) return { ok: false, problem: unknown(word) }
    if (chosen[id] !== undefined) return { ok: false, problem: { kind: 'twice', id } }
    const value = entry.slice(sign + 1).trim()
    const number = thresholdValue(id, value)
    if (number === undefined) return { ok: false, problem: { kind: 'bad-value', id, value, unitMissing: isBare(id, value) } }
    chosen[id] = number
  }
  return { ok: true, value: chosen }
}

function unknown(id: string): ThresholdProblem {
  const near = nearest(id, thresholdIds)
  return near === undefined ? { kind: 'unknown', id } : { kind: 'unknown', id, near }
}

const kibi = 1024
const kilo = 1000
/** Factors to the threshold's own unit, by lower-case suffix. A time without a unit is refused: it could mean seconds or milliseconds. */
const units: Readonly<Record<ThresholdUnit, Readonly<Record<string, number>>>> = {
  count: { '': 1 },
  milliseconds: { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 },
  bytes: { '': 1, b: 1, kb: kilo, mb: kilo ** 2, gb: kilo ** 3, kib: kibi, mib: kibi ** 2, gib: kibi ** 3 },
  'per-second': { '': 1, '/s': 1 },
  share: { '': 1, '%': 0.01 },
}
const wholeUnits: ReadonlySet<ThresholdUnit> = new Set(['count', 'milliseconds', 'bytes'])

/** In the threshold's unit; undefined when it is no such value or beyond the limits. */
function thresholdValue(id: ThresholdId, text: string): number | undefined {
  const { unit, minimum, maximum } = thresholds[id]
  const match = /^(\d{1,15}(?:\.\d{1,6})?) ?([a-z%/]*)$/i.exec(text)
  const suffix = match?.[2]?.toLowerCase()
  const factor = suffix !== undefined && Object.hasOwn(units[unit], suffix) ? units[unit][suffix] : undefined
  if (match === null || factor === undefined) return undefined
  const value = rounded(Number(match[1]) * factor)
  if (wholeUnits.has(unit) && !Number.isInteger(value)) return undefined
  return value >= minimum && value <= maximum ? value : undefined
}

/** 0.07 is 7 % and not 7.000000000000001 %. */
function rounded(value: number): number {
  return Number(value.toPrecision(12))
}

function isBare(id: ThresholdId, text: string): boolean {
  return thresholds[id].unit === 'milliseconds' && /^\d+(?:\.\d+)?$/.test(text)
}
