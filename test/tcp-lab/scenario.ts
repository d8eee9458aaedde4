/** Something that goes wrong on a network, made for real: for the tests of the diagnosis, and for `npm run lab -- <name>`. */
import type { ChosenThresholds } from '../../src-shared/model/thresholds.ts'
import type { Lab } from './network/lab.ts'
import type { Namespace } from './network/namespace.ts'
import type { Family } from './network/pair.ts'

export interface LabScenario {
  /** In kebab case: what `npm run lab` is given. */
  readonly name: string
  readonly title: string
  /** What goes wrong, why, and how a person meets it outside the lab. */
  readonly about: string
  /** With addresses of this family, where it is about addresses at all. */
  build(lab: Lab, family: Family): Promise<BuiltScenario>
}

export interface BuiltScenario {
  /** Where to look from. */
  readonly watched: Namespace
  /** What was done, step by step, for people. */
  readonly ladder: readonly string[]
  /** With which the finding comes within seconds; a person who wants to wait takes the usual ones. */
  readonly thresholds?: ChosenThresholds
  /** Takes the cause away; the finding has to end. */
  cure(): Promise<void>
}
