/** A scenario of the lab in the steps that a test needs: ready, broken, cured, and what the diagnosis should say between. */
import type { FactId, FigureId, RuleId, Severity } from '../../../src-shared/contract/diagnosis.ts'
import type { Connection, Endpoint } from '../../../src-shared/model/connection.ts'
import type { ChosenThresholds } from '../../../src-shared/model/thresholds.ts'
import type { Lab } from '../network/lab.ts'
import type { Namespace } from '../network/namespace.ts'
import type { Family } from '../network/pair.ts'
import type { LabScenario } from '../scenario.ts'

/** Both ends of a row; a listener has no remote one. */
export interface Ends {
  readonly local: Endpoint
  readonly remote?: Endpoint
}

/** What the diagnosis should say of the trouble, known from what the programs were told to do and from nothing else. */
export interface Expected {
  readonly rule: RuleId
  readonly severity: Severity
  /** Pid of the program that it is about; absent where it is about none. */
  readonly pid?: number
  /** Of all further programs that it names. */
  readonly otherPids?: readonly number[]
  /** Instead of both: of the programs that it is about, none before the other. */
  readonly equalPids?: readonly number[]
  /** Exactly the rows that prove it; where connections come and go too fast for that, absent, and `proves` says which of the rows of a look do. */
  readonly evidence?: readonly Ends[]
  readonly proves?: (row: Connection) => boolean
  /** Least and greatest value that is right, in the figure's unit. */
  readonly figures: Partial<Record<FigureId, readonly [least: number, greatest: number]>>
  readonly facts?: Partial<Record<FactId, string>>
  readonly local?: Endpoint
  readonly remote?: Endpoint
}

export interface Stage {
  readonly watched: Namespace
  /** Ages and windows with which a test takes seconds; a person waits for the usual ones. */
  readonly thresholds: ChosenThresholds
  /** What `begin` does, for people. */
  readonly ladder: readonly string[]
  /** How long must have been watched before the rule says anything; 0 where a first look is enough. */
  readonly watchedBeforeMs?: number
  /** Makes the trouble. A test is looking by then: rows that were there before the first look have no known age. */
  begin(): Promise<void>
  /** The one finding that there should be. */
  expected(): Expected
  /** True when the rows of a look at `now` (Unix milliseconds) reach the thresholds, whatever the diagnosis thinks. */
  reached(rows: readonly Connection[], now: number): boolean
  cure(): Promise<void>
  /** Seconds for which the rule remembers what it counts; 0 where the rows alone tell. */
  readonly rememberedSeconds?: number
}

export interface Trouble {
  readonly name: string
  readonly title: string
  readonly about: string
  /** Programs and networks are ready, nothing is wrong yet. */
  readonly prepare: (lab: Lab, family: Family) => Promise<Stage>
}

/** The trouble as `npm run lab` shows it. */
export function scenarioOf({ name, title, about, prepare }: Trouble): LabScenario {
  return {
    name,
    title,
    about,
    build: async (lab, family) => {
      const stage = await prepare(lab, family)
      await stage.begin()
      return { watched: stage.watched, ladder: stage.ladder, thresholds: stage.thresholds, cure: () => stage.cure() }
    },
  }
}
