/**
 * Regular expressions whose time grows with the text only: the automaton's state sets are computed as texts need them and kept
 * (a lazy DFA). JavaScript's own engine backtracks, and a query may come from a saved view or an alert while process names come
 * from anybody, so no pair of the two may hang the table.
 */
import { isWordUnit, setContains } from './character-set.ts'
import { parseRegex } from './parse-regex.ts'
import type { RegexProblem } from './regex-node.ts'
import { compileProgram, type Instruction } from './regex-program.ts'

export interface LinearRegex {
  /** True when the expression matches somewhere in the text. */
  readonly test: (text: string) => boolean
}

export type RegexOutcome = { readonly ok: true; readonly regex: LinearRegex } | { readonly ok: false; readonly problem: RegexProblem }

export function compileRegex(source: string, ignoreCase: boolean): RegexOutcome {
  const parse = parseRegex(source)
  if (!parse.ok) return parse
  const program = compileProgram(parse.node)
  if (program === undefined) return { ok: false, problem: { kind: 'bad', reason: 'too-complex', at: 0 } }
  return { ok: true, regex: new Matcher(program, ignoreCase) }
}

/** Half a kilobyte each; a pattern that needs more starts over with an empty cache. */
const maximumStates = 500
const asciiUnits = 128
const unknown = -1
const matched = -2

const edge = 0
const wordKind = 1
const otherKind = 2
type Kind = typeof edge | typeof wordKind | typeof otherKind

interface State {
  /** Program counters before anything that consumes nothing was followed. */
  readonly counters: readonly number[]
  readonly previous: Kind
  /** State number per ASCII unit. */
  readonly next: Int16Array
  atEnd: boolean | undefined
}

class Matcher implements LinearRegex {
  readonly #program: readonly Instruction[]
  readonly #ignoreCase: boolean
  readonly #visited: Uint32Array
  #visit = 0
  #states: State[] = []
  #numberOf = new Map<string, number>()

  constructor(program: readonly Instruction[], ignoreCase: boolean) {
    this.#program = program
    this.#ignoreCase = ignoreCase
    this.#visited = new Uint32Array(program.length)
    this.#clear()
  }

  test(text: string): boolean {
    let state = this.#state(0)
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index)
      let next = unit < asciiUnits ? (state.next[unit] ?? unknown) : unknown
      if (next === unknown) next = this.#advance(state, unit)
      if (next === matched) return true
      state = this.#state(next)
    }
    state.atEnd ??= this.#follow(state, edge) === undefined
    return state.atEnd
  }

  #state(number: number): State {
    const state = this.#states[number]
    if (state === undefined) throw new Error('the automaton lost a state')
    return state
  }

  #clear(): void {
    this.#states = []
    this.#numberOf = new Map()
    this.#numberFor([0], edge)
  }

  #advance(state: State, unit: number): number {
    const kind = isWordUnit(unit) ? wordKind : otherKind
    const reached = this.#follow(state, kind)
    let next = matched
    if (reached !== undefined) {
      const counters = new Set([0]) // A match may start at any unit.
      for (const counter of reached) {
        const instruction = this.#program[counter]
        if (instruction?.op === 'set' && setContains(instruction.set, unit, this.#ignoreCase)) counters.add(counter + 1)
      }
      next = this.#numberFor(
        [...counters].toSorted((a, b) => a - b),
        kind,
      )
    }
    if (unit < asciiUnits) state.next[unit] = next
    return next
  }

  /** Where the state stands once everything that consumes nothing is followed; undefined when that is a match. */
  #follow(state: State, following: Kind): number[] | undefined {
    this.#visit += 1
    const reached: number[] = []
    const pending = [...state.counters]
    for (let counter = pending.pop(); counter !== undefined; counter = pending.pop()) {
      if (this.#visited[counter] === this.#visit) continue
      this.#visited[counter] = this.#visit
      const instruction = this.#program[counter]
      if (instruction === undefined || instruction.op === 'match') return undefined
      if (instruction.op === 'set') reached.push(counter)
      else if (instruction.op === 'jump') pending.push(instruction.to)
      else if (instruction.op === 'split') pending.push(instruction.first, instruction.second)
      else if (holds(instruction.what, state.previous, following)) pending.push(counter + 1)
    }
    return reached
  }

  #numberFor(counters: readonly number[], previous: Kind): number {
    const key = `${previous} ${counters.join(' ')}`
    const known = this.#numberOf.get(key)
    if (known !== undefined) return known
    if (this.#states.length >= maximumStates) this.#clear()
    const number = this.#states.length
    this.#states.push({ counters, previous, next: new Int16Array(asciiUnits).fill(unknown), atEnd: undefined })
    this.#numberOf.set(key, number)
    return number
  }
}

function holds(what: 'start' | 'end' | 'word-boundary' | 'no-word-boundary', previous: Kind, following: Kind): boolean {
  if (what === 'start') return previous === edge
  if (what === 'end') return following === edge
  return ((previous === wordKind) !== (following === wordKind)) === (what === 'word-boundary')
}
