/** Figures of candidates; what is unknown is left out. */
import type { Figure, FigureId, FigureUnit } from '../../src-shared/contract/diagnosis.ts'
import { thresholds as table, type ThresholdId, type Thresholds } from '../../src-shared/model/thresholds.ts'

/** Spread into a list: nothing for an unknown value. */
export function known(id: FigureId, unit: FigureUnit, value: number | undefined): readonly Figure[] {
  return value === undefined ? [] : [{ id, unit, value }]
}

/** A figure with the threshold that it is measured against, in the threshold's unit. */
export function measured(id: FigureId, value: number, threshold: ThresholdId, inForce: Thresholds): Figure {
  return { id, unit: table[threshold].unit, value, threshold: { id: threshold, value: inForce[threshold] } }
}
