import type { Breakdown, FactId, FigureId, Severity, Trend } from '../../contract/diagnosis.ts'
import type { KernelSetting } from '../../contract/network.ts'
import type { ThresholdId } from '../../model/thresholds.ts'

export interface Term {
  readonly name: string
  /** One sentence. */
  readonly meaning: string
}

/** The words that findings of every rule share. */
export interface TermTexts {
  readonly severities: Readonly<Record<Severity, Term>>
  readonly figures: Readonly<Record<FigureId, Term>>
  readonly facts: Readonly<Record<FactId, string>>
  /** Words that facts have as values; others are shown as they are. */
  readonly factValues: Readonly<Record<FactId, Readonly<Record<string, string>>>>
  readonly breakdowns: Readonly<Record<Breakdown['by'], string>>
  readonly thresholds: Readonly<Record<ThresholdId, Term>>
  readonly trends: Readonly<Record<Trend['direction'], (perMinute: string) => string>>
  readonly settingUnits: Readonly<Record<KernelSetting['unit'], string>>
  readonly since: (duration: string) => string
  readonly endedAfter: (duration: string) => string
}
