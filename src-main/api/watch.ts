/** Follows the table from look to look for everything that needs time: the diagnosis. Consumers of change sets, never of the OS. */
import type { Handlers } from '../../src-shared/contract/api.ts'
import { fail, succeed } from '../../src-shared/contract/result.ts'
import type { ChosenThresholds } from '../../src-shared/model/thresholds.ts'
import { Diagnosis } from '../diagnosis/diagnosis.ts'
import { ObservedTable } from '../diagnosis/observed-table.ts'
import { toldPortRange } from '../diagnosis/port-range.ts'
import { StateJournal } from '../diagnosis/state-journal.ts'
import { noSurroundings, type Surroundings } from '../diagnosis/surroundings.ts'
import { thinned } from '../diagnosis/thinned.ts'
import type { Engine } from '../engine/engine.ts'
import { gaugesHandlers } from './gauges.ts'
import { overviewHandlers } from './overview.ts'
import { storyHandlers } from './story.ts'

export interface WatchOptions {
  readonly engine: Engine
  /** Read anew for every look. */
  readonly surroundings: () => Surroundings
  readonly thresholds: () => ChosenThresholds
}

export interface Watch {
  /** From now on every look is followed. Without it, following begins with the first question. */
  start(): void
  readonly handlers: Pick<Handlers, 'getDiagnosis' | 'getEvidence' | 'getConnectionStory' | 'getGauges' | 'getOverview'>
}

export function createWatch({ engine, surroundings, thresholds }: WatchOptions): Watch {
  const table = new ObservedTable()
  const diagnosis = new Diagnosis(table)
  const journal = new StateJournal()
  let told = noSurroundings
  let following = false

  function follow(): void {
    const { session, sequence } = table.mirror
    const known = session === undefined ? { sequence: 0 } : { session, sequence }
    const { steadyAt } = engine.table
    if (!table.observe(engine.changesSince(known), steadyAt)) table.observe(engine.changesSince({ sequence: 0 }), steadyAt)
    journal.follow(table)
    told = surroundings()
    diagnosis.examine(told, thresholds())
  }
  function start(): void {
    if (following) return
    following = true
    engine.onLooked(follow)
    if (engine.status.takenAt > 0) follow()
  }

  return {
    start,
    handlers: {
      ...storyHandlers({ table, journal, start, portRange: () => toldPortRange(told) }),
      ...gaugesHandlers({ table, start, surroundings: () => told }),
      ...overviewHandlers({ table, start, findings: () => diagnosis.report.findings }),
      getDiagnosis: async () => {
        start()
        return succeed(thinned(diagnosis.report))
      },
      getEvidence: async ({ finding }) => {
        const evidence = diagnosis.evidenceOf(finding)
        return evidence === undefined ? fail('not-found', 'There is no such finding any more.', { finding }) : succeed(evidence)
      },
    },
  }
}
