import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

// What Rolldown writes: static imports and exports, and import() of a plain string.
const relativeImport = /(?:(?<!\.)\bfrom\s*|\bimport\s*\(?\s*)["'](\.{1,2}\/[^"']+)["']/g

/** The built files that `entries` need, themselves included, as sorted paths below `folder`. */
export function builtModules(folder, entries) {
  const needed = new Set()
  const waiting = [...entries]
  while (waiting.length > 0) {
    const file = waiting.pop()
    if (needed.has(file)) continue
    needed.add(file)
    const text = readFileSync(join(folder, file), 'utf8')
    for (const [, specifier] of text.matchAll(relativeImport)) waiting.push(posix.join(posix.dirname(file), specifier))
  }
  return [...needed].toSorted((left, right) => (left < right ? -1 : 1))
}
