import type { CommandContext } from './command.ts'

/** The same trouble at every look is said once, and again after it was away. */
export function newLinesOnly({ tell }: CommandContext): (texts: readonly string[]) => void {
  let last: readonly string[] = []
  return (texts) => {
    tell(...texts.filter((text) => !last.includes(text)))
    last = texts
  }
}
