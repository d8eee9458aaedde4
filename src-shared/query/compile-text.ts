/** Tests over texts, and over the processes and users of rows. Each text and each process is matched once, then remembered. */
import type { ProcessRecord } from '../model/process.ts'
import type { RowMirror } from '../model/row-mirror.ts'
import type { TextTest } from './query.ts'
import type { NameKey, TextKey } from './query-keys.ts'
import { compileRegex } from './regex/linear-regex.ts'
import { costs, type CostedTest } from './row-test.ts'
import { wildcardTest } from './wildcard.ts'

export type StringTest = (text: string) => boolean

/** Long enough for every path that a program can be started by on Linux (PATH_MAX); no text is matched further than this. */
const maximumTextLength = 4096
/** Processes and users come and go while a query stays for days; beyond this the memory starts over. */
const maximumRemembered = 50_000

/** `plainAs` says what a text without wildcards has to be. */
export function compileTextTest(test: TextTest, plainAs: (wanted: string) => StringTest): StringTest {
  if (test.kind === 'wildcard') return bounded(wildcardTest(test.text))
  if (test.kind === 'plain') return bounded(plainAs(test.text.toLowerCase()))
  const outcome = compileRegex(test.source, test.ignoreCase)
  // A query that was not made by parseQuery may hold a pattern that does not compile.
  return outcome.ok ? bounded((text) => outcome.regex.test(text)) : () => false
}

export const equalTo =
  (wanted: string): StringTest =>
  (text) =>
    text.toLowerCase() === wanted
export const containing =
  (wanted: string): StringTest =>
  (text) =>
    text.toLowerCase().includes(wanted)

/** The whole path, or its last part or parts: `exe:firefox` means `/usr/lib/firefox/firefox` too. */
export const pathEndingIn =
  (wanted: string): StringTest =>
  (text) => {
    const lower = text.toLowerCase()
    return lower === wanted || lower.endsWith(`/${wanted}`) || lower.endsWith(`\\${wanted}`)
  }

/** `process:`, `exe:` and `user:`; the user of a row is the one of its socket or of any of its owners. */
export function compileTextKey(key: Exclude<TextKey, NameKey>, tests: readonly TextTest[]): CostedTest {
  const plainAs = key === 'exe' ? pathEndingIn : equalTo
  const compiled = tests.map((test) => compileTextTest(test, plainAs))
  const matches: StringTest = (text) => compiled.some((test) => test(text))
  if (key === 'process') return ownerTest(({ name }) => name !== undefined && matches(name))
  if (key === 'exe') return ownerTest(({ executable }) => executable !== undefined && matches(executable))
  return userTest(matches)
}

export function userTest(matches: StringTest): CostedTest {
  const remembered = rememberedTest(matches)
  const owner = ownerTest(({ user }) => user !== undefined && remembered(user))
  const test = (mirror: RowMirror, slot: number): boolean => {
    const reference = mirror.columns.user[slot] ?? 0
    const user = reference === 0 ? undefined : mirror.stringAt(reference)
    return (user !== undefined && remembered(user)) || owner.test(mirror, slot)
  }
  return { test, cost: owner.cost + costs.owner }
}

/** True when any owner of the row passes. A process is asked again only when its record was replaced. */
export function ownerTest(matches: (process: ProcessRecord) => boolean): CostedTest {
  const results = new Map<ProcessRecord, boolean>()
  let lastProcess: ProcessRecord | undefined
  let lastResult = false
  const passes = (process: ProcessRecord): boolean => {
    if (process === lastProcess) return lastResult
    let result = results.get(process)
    if (result === undefined) {
      if (results.size >= maximumRemembered) results.clear()
      result = matches(process)
      results.set(process, result)
    }
    lastProcess = process
    lastResult = result
    return result
  }
  const test = (mirror: RowMirror, slot: number): boolean => {
    const first = mirror.columns.owner[slot] ?? 0
    if (first === 0) return false
    const process = mirror.processes.get(first)
    if (process !== undefined && passes(process)) return true
    for (const reference of mirror.ownersOf(slot)) {
      const other = reference === first ? undefined : mirror.processes.get(reference)
      if (other !== undefined && passes(other)) return true
    }
    return false
  }
  return { test, cost: costs.owner }
}

export function rememberedTest(matches: StringTest): StringTest {
  const results = new Map<string, boolean>()
  return (text) => {
    let result = results.get(text)
    if (result === undefined) {
      if (results.size >= maximumRemembered) results.clear()
      result = matches(text)
      results.set(text, result)
    }
    return result
  }
}

function bounded(matches: StringTest): StringTest {
  return (text) => matches(text.length > maximumTextLength ? text.slice(0, maximumTextLength) : text)
}
