import type { Handlers } from '../../src-shared/contract/api.ts'
import { succeed } from '../../src-shared/contract/result.ts'
import { gaugesReport } from '../diagnosis/gauges/gauges-report.ts'
import type { ObservedTable } from '../diagnosis/observed-table.ts'
import type { Surroundings } from '../diagnosis/surroundings.ts'

export interface GaugesOptions {
  readonly table: ObservedTable
  /** Sees to it that the table is followed. */
  readonly start: () => void
  /** Of the last look. */
  readonly surroundings: () => Surroundings
}

/** The call that tells how much of what is limited is used. */
export function gaugesHandlers({ table, start, surroundings }: GaugesOptions): Pick<Handlers, 'getGauges'> {
  return {
    getGauges: async () => {
      start()
      return succeed(gaugesReport(table, surroundings()))
    },
  }
}
