/**
 * A system library that may be missing, as may any of its exports (older Windows, Wine, a stripped server). What is missing answers
 * with the system's own code for that, so that callers have one kind of failure to handle.
 */
import koffi from 'koffi'

export interface DynamicLibrary {
  /** The function of a C prototype; where it does not exist, one that always answers `whenMissing`. */
  declare(prototype: string, whenMissing: number): never
}

export function openLibrary(file: string): DynamicLibrary {
  const library = loadOrUndefined(file)
  return {
    declare: (prototype, whenMissing) => (declareOrUndefined(library, prototype) ?? missing(whenMissing)) as never,
  }
}

function loadOrUndefined(file: string): ReturnType<typeof koffi.load> | undefined {
  try {
    return koffi.load(file)
  } catch {
    return undefined // told by every function of it, see above
  }
}

function declareOrUndefined(library: ReturnType<typeof koffi.load> | undefined, prototype: string): unknown {
  try {
    return library?.func(prototype)
  } catch {
    return undefined // told by the answer of the stand-in, see above
  }
}

function missing(answer: number): unknown {
  const standIn = (): number => answer
  return Object.assign(standIn, {
    async: (...args: readonly unknown[]) => (args.at(-1) as (error: null, result: number) => void)(null, answer),
  })
}
