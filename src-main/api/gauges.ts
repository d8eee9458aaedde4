import type { Handlers } from '../../src-shared/contract/api.ts'
import type { GaugesReport } from '../../src-shared/contract/gauges.ts'
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

/** The call that tells how much of what is limited is used. However many ask, it is made once per look. */
export function gaugesHandlers({ table, start, surroundings }: GaugesOptions): Pick<Handlers, 'getGauges'> {
  let kept: { readonly looks: number; readonly report: GaugesReport } | undefined
  return {
    getGauges: async () => {
      start()
      if (kept?.looks !== table.looks) kept = { looks: table.looks, report: gaugesReport(table, surroundings()) }
      return succeed(kept.report)
    },
  }
}
