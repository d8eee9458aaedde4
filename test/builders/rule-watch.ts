/**
 * One rule, or the whole diagnosis, over looks made of friendly rows. Time is a parameter: each look says how long after the one
 * before it is.
 *
 *   const watch = new RuleWatch(closeWaitLeak)
 *   watch.full(rows)
 *   const [candidate] = watch.look({ afterMs: 61_000, removed: [1] })
 */
import { Diagnosis } from '../../src-main/diagnosis/diagnosis.ts'
import { ObservedTable } from '../../src-main/diagnosis/observed-table.ts'
import type { Candidate, Rule } from '../../src-main/diagnosis/rule.ts'
import { rowsByState } from '../../src-main/diagnosis/rows-by-state.ts'
import { noSurroundings, type Surroundings } from '../../src-main/diagnosis/surroundings.ts'
import type { DiagnosisReport, Finding } from '../../src-shared/contract/diagnosis.ts'
import { thresholdsInForce, type ChosenThresholds } from '../../src-shared/model/thresholds.ts'
import { builderTakenAt, ChangeSetBuilder, type DeltaInput, type RowInput } from './mirror-builder.ts'

export interface LookInput extends Omit<DeltaInput, 'takenAt' | 'since'> {
  /** Milliseconds since the look before; default 1000. */
  readonly afterMs?: number
  /** So many of a clock that nobody sets; default as many. */
  readonly steadyMs?: number
}

class TableWatch {
  readonly table = new ObservedTable()
  builder = new ChangeSetBuilder()
  surroundings: Surroundings = noSurroundings
  chosen: ChosenThresholds = {}
  now = builderTakenAt
  steadyNow = 0

  /** What is around the rows from the next look on. */
  around(surroundings: Partial<Surroundings>): this {
    this.surroundings = { ...this.surroundings, ...surroundings }
    return this
  }

  protected observeFull(rows: readonly RowInput[], afterMs: number): void {
    this.now += afterMs
    this.steadyNow += afterMs
    if (!this.table.observe(this.builder.full(rows, this.now), this.steadyNow)) throw new Error('a full set was refused')
  }

  protected observeDelta({ afterMs = 1000, steadyMs = afterMs, ...delta }: LookInput): void {
    this.now += afterMs
    this.steadyNow += steadyMs
    if (!this.table.observe(this.builder.delta({ ...delta, takenAt: this.now }), this.steadyNow)) throw new Error('a delta was refused')
  }
}

export class RuleWatch<Memory> extends TableWatch {
  readonly #rule: Rule<Memory>
  readonly #memory: Memory

  constructor(rule: Rule<Memory>, chosen: ChosenThresholds = {}) {
    super()
    this.#rule = rule
    this.#memory = rule.start()
    this.chosen = chosen
  }

  full(rows: readonly RowInput[], afterMs = 1000): readonly Candidate[] {
    this.observeFull(rows, afterMs)
    return this.#examine()
  }

  /** A new session with new row ids, as after an engine that renumbered its rows. */
  restart(rows: readonly RowInput[], afterMs = 1000): readonly Candidate[] {
    this.builder = new ChangeSetBuilder(`${this.builder.session}'`)
    return this.full(rows, afterMs)
  }

  look(input: LookInput = {}): readonly Candidate[] {
    this.observeDelta(input)
    return this.#examine()
  }

  /** So many looks in which nothing changes; the candidates of the last one. */
  looks(count: number, afterMs = 1000): readonly Candidate[] {
    let candidates: readonly Candidate[] = []
    for (let index = 0; index < count; index += 1) candidates = this.look({ afterMs })
    return candidates
  }

  /** Row ids of a candidate's evidence, in order. */
  evidence(candidate: Candidate | undefined): number[] {
    const { rowId } = this.table.mirror.columns
    return (candidate?.evidence ?? []).map((slot) => rowId[slot] as number).toSorted((left, right) => left - right)
  }

  #examine(): readonly Candidate[] {
    const { table, surroundings, chosen } = this
    const thresholds = thresholdsInForce(chosen)
    return this.#rule.examine({ table, states: rowsByState(table), thresholds, surroundings, now: table.now }, this.#memory)
  }
}

export class DiagnosisWatch extends TableWatch {
  readonly diagnosis: Diagnosis

  constructor(rules?: readonly Rule[]) {
    super()
    this.diagnosis = new Diagnosis(this.table, rules)
  }

  full(rows: readonly RowInput[], afterMs = 1000): DiagnosisReport {
    this.observeFull(rows, afterMs)
    return this.#examine()
  }

  look(input: LookInput = {}): DiagnosisReport {
    this.observeDelta(input)
    return this.#examine()
  }

  looks(count: number, afterMs = 1000): DiagnosisReport {
    for (let index = 0; index < count; index += 1) this.look({ afterMs })
    return this.diagnosis.report
  }

  #examine(): DiagnosisReport {
    this.diagnosis.examine(this.surroundings, this.chosen)
    return this.diagnosis.report
  }
}

/** The figures of a candidate or a finding by id. */
export function figuresOf(told: Candidate | Finding | undefined): Record<string, number> {
  return Object.fromEntries((told?.figures ?? []).map(({ id, value }) => [id, value]))
}

/** The facts of a candidate or a finding, as `id value`. */
export function factsOf(told: Candidate | Finding | undefined): string[] {
  return (told?.facts ?? []).map(({ id, value }) => `${id} ${value}`)
}

/** A breakdown of a candidate or a finding as label and rows. */
export function partsOf(told: Candidate | Finding | undefined, by: string): Record<string, number> {
  const parts = told?.breakdowns?.find((each) => each.by === by)?.parts ?? []
  return Object.fromEntries(parts.map(({ label, rows }) => [label, rows]))
}

/** `count` rows made by `row` from their index. */
export function manyRows(count: number, row: (index: number) => RowInput): RowInput[] {
  return Array.from({ length: count }, (_each, index) => row(index))
}
