/** A parsed expression as instructions of a non-deterministic automaton (Thompson's construction). */
import type { Assertion, CharacterSet, RegexNode } from './regex-node.ts'

export type Instruction =
  | { readonly op: 'set'; readonly set: CharacterSet }
  | { readonly op: 'assert'; readonly what: Assertion }
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'match' }

/** Bounds the memory and time of a step; counted repetition is written out, so this is what `(a{99}){99}` runs into. */
const maximumInstructions = 1000

/** Undefined when it would become too large. */
export function compileProgram(node: RegexNode): readonly Instruction[] | undefined {
  const program: Instruction[] = []
  emit(node, program)
  program.push({ op: 'match' })
  return program.length > maximumInstructions ? undefined : program
}

function emit(node: RegexNode, program: Instruction[]): void {
  if (program.length > maximumInstructions) return
  switch (node.kind) {
    case 'empty':
      return
    case 'set':
      program.push({ op: 'set', set: node.set })
      return
    case 'assert':
      program.push({ op: 'assert', what: node.what })
      return
    case 'sequence':
      for (const part of node.parts) emit(part, program)
      return
    case 'either':
      emitEither(node.options, program)
      return
    case 'repeat':
      emitRepeat(node, program)
  }
}

function emitEither(options: readonly RegexNode[], program: Instruction[]): void {
  const ends: { op: 'jump'; to: number }[] = []
  options.forEach((option, index) => {
    if (index === options.length - 1) {
      emit(option, program)
      return
    }
    const split = { op: 'split' as const, first: program.length + 1, second: 0 }
    program.push(split)
    emit(option, program)
    const end = { op: 'jump' as const, to: 0 }
    program.push(end)
    ends.push(end)
    split.second = program.length
  })
  for (const end of ends) end.to = program.length
}

function emitRepeat(node: Extract<RegexNode, { kind: 'repeat' }>, program: Instruction[]): void {
  for (let count = 0; count < node.minimum && program.length <= maximumInstructions; count += 1) emit(node.node, program)
  if (node.maximum === Infinity) {
    const split = { op: 'split' as const, first: program.length + 1, second: 0 }
    const loop = program.length
    program.push(split)
    emit(node.node, program)
    program.push({ op: 'jump', to: loop })
    split.second = program.length
    return
  }
  const splits: { op: 'split'; first: number; second: number }[] = []
  for (let count = node.minimum; count < node.maximum && program.length <= maximumInstructions; count += 1) {
    const split = { op: 'split' as const, first: program.length + 1, second: 0 }
    program.push(split)
    splits.push(split)
    emit(node.node, program)
  }
  for (const split of splits) split.second = program.length
}
