import type { Handlers } from '../../src-shared/contract/api.ts'
import { severities, type Finding, type Severity } from '../../src-shared/contract/diagnosis.ts'
import type { Overview } from '../../src-shared/contract/overview.ts'
import { succeed } from '../../src-shared/contract/result.ts'
import { establishedCode, listenCode } from '../../src-shared/model/tcp-state.ts'
import type { ObservedTable } from '../diagnosis/observed-table.ts'

export interface OverviewOptions {
  readonly table: ObservedTable
  /** Sees to it that the table is followed. */
  readonly start: () => void
  /** Of the last look. */
  readonly findings: () => readonly Pick<Finding, 'severity'>[]
}

/** The call that counts rows and findings. However many ask, counting is done once per look: one pass over a column of bytes. */
export function overviewHandlers({ table, start, findings }: OverviewOptions): Pick<Handlers, 'getOverview'> {
  let kept: { readonly looks: number; readonly overview: Overview } | undefined
  return {
    getOverview: async () => {
      start()
      if (kept?.looks !== table.looks)
        kept = { looks: table.looks, overview: { takenAt: table.now, ...countRows(table), findings: countFindings(findings()) } }
      return succeed(kept.overview)
    },
  }
}

function countRows({ mirror, live }: ObservedTable): Pick<Overview, 'rows' | 'established' | 'listening'> {
  const { state } = mirror.columns
  let rows = 0
  let established = 0
  let listening = 0
  for (let slot = 0; slot < mirror.top; slot += 1) {
    // A slot that was given back keeps its old bytes.
    if (live[slot] !== 1) continue
    rows += 1
    if (state[slot] === establishedCode) established += 1
    else if (state[slot] === listenCode) listening += 1
  }
  return { rows, established, listening }
}

function countFindings(findings: readonly Pick<Finding, 'severity'>[]): Readonly<Record<Severity, number>> {
  const counted = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length
  return Object.fromEntries(severities.map((severity) => [severity, counted(severity)])) as Record<Severity, number>
}
