/** A threshold as a person types it: seconds, percent and KiB instead of milliseconds, shares and bytes. */
import { thresholds, type ChosenThresholds, type ThresholdId, type ThresholdUnit } from '../../../src-shared/model/thresholds.ts'

interface FieldUnit {
  /** The same in every language. */
  readonly symbol: string
  /** So many units of the setting are one unit of the field. */
  readonly factor: number
  /** Of the setting, not of the field. */
  readonly whole: boolean
}

const fieldUnits: Readonly<Record<ThresholdUnit, FieldUnit>> = {
  count: { symbol: '', factor: 1, whole: true },
  milliseconds: { symbol: 's', factor: 1000, whole: true },
  bytes: { symbol: 'KiB', factor: 1024, whole: true },
  'per-second': { symbol: '/s', factor: 1, whole: false },
  share: { symbol: '%', factor: 0.01, whole: false },
}

/** More digits say nothing about when to speak up. */
const fieldDigits = 3

export function fieldSymbol(id: ThresholdId): string {
  return unitOf(id).symbol
}

/** Only whole numbers make sense in the field. */
export function isWholeField(id: ThresholdId): boolean {
  return thresholds[id].unit === 'count'
}

/** What the field shows for a value of the setting. */
export function toField(id: ThresholdId, value: number): number {
  return rounded(value / unitOf(id).factor)
}

/** The value of the setting; undefined when what was typed is no number or beyond the limits. */
export function fromField(id: ThresholdId, typed: number): number | undefined {
  const { minimum, maximum } = thresholds[id]
  const { factor, whole } = unitOf(id)
  if (!Number.isFinite(typed) || (isWholeField(id) && !Number.isInteger(typed))) return undefined
  const scaled = typed * factor
  const value = whole ? Math.round(scaled) : Number(scaled.toPrecision(12)) // 7 percent shall be 0.07, not 0.07000000000000001
  return value >= minimum && value <= maximum ? value : undefined
}

/** The limits as the field shows them; never wider than those of the setting. */
export function fieldLimits(id: ThresholdId): { readonly minimum: number; readonly maximum: number } {
  const { minimum, maximum } = thresholds[id]
  const digit = 10 ** fieldDigits
  const { factor } = unitOf(id)
  return { minimum: Math.ceil((minimum / factor) * digit) / digit, maximum: Math.floor((maximum / factor) * digit) / digit }
}

/** The chosen thresholds with another value of one; without it where the value is the usual one or none is given. */
export function withThreshold(chosen: ChosenThresholds, id: ThresholdId, value?: number): ChosenThresholds {
  const { [id]: _before, ...others } = chosen
  return value === undefined || value === thresholds[id].usual ? others : { ...others, [id]: value }
}

function unitOf(id: ThresholdId): FieldUnit {
  return fieldUnits[thresholds[id].unit]
}

function rounded(value: number): number {
  return Number(value.toFixed(fieldDigits))
}
