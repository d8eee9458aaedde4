/** Suggestions for the piece of a search at the caret: keys, named sets, states in all spellings, and what the table holds. Pure. */
import { stateSpellings } from '../../../src-shared/model/state-spelling.ts'
import { tcpStates, type TcpState } from '../../../src-shared/model/tcp-state.ts'
import { completionPlace, queryKeys, setNames, type CompletionPlace, type QueryKey, type SetName } from '../../../src-shared/query/index.ts'
import { protocolNames, type QueryKeyName } from '../../../src-shared/query/query-keys.ts'
import { quoteWhereNeeded } from '../../../src-shared/query/query-text.ts'
import type { CompletionWords, CountedWord } from './completion-words.ts'
import { valueExamples } from './value-examples.ts'

export type CompletionAbout =
  | { readonly kind: 'key'; readonly key: QueryKeyName }
  | { readonly kind: 'set'; readonly set: SetName }
  | { readonly kind: 'state'; readonly state: TcpState }
  | { readonly kind: 'rows'; readonly count: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'none' }

export interface Completion {
  /** What is put in the place of the piece. */
  readonly insert: string
  readonly start: number
  readonly end: number
  /** Only carries on what was typed; another spelling or another term does not. */
  readonly continues: boolean
  readonly about: CompletionAbout
}

export interface CompletionInput {
  readonly text: string
  readonly caret: number
  /** Asked for at most once. */
  readonly words: () => CompletionWords
  /** The registered name of a port. */
  readonly serviceName?: ((port: number) => string | undefined) | undefined
  /** The person asked: also where nothing is typed yet. */
  readonly asked?: boolean
}

/** What fits on a small screen below the box. */
export const maximumCompletions = 9
/** Shorter beginnings fit too many names and states. */
const shortestWord = 2

interface Candidate {
  readonly insert: string
  readonly about: CompletionAbout
  /** The smaller the better. */
  readonly rank: number
}

/** Best first; empty where nothing fits or what stands there is complete. */
export function completions(input: CompletionInput): readonly Completion[] {
  const place = completionPlace(input.text, input.caret)
  if (place === undefined) return []
  const candidates = place.kind === 'value' ? valueCandidates(place, input) : termCandidates(place, input)
  const standing = input.text.slice(place.start, place.end).toLowerCase()
  const typed = place.typed.toLowerCase()
  const seen = new Set([standing])
  return candidates
    .toSorted((a, b) => a.rank - b.rank)
    .filter(({ insert }) => seen.size !== seen.add(insert.toLowerCase()).size)
    .slice(0, maximumCompletions)
    .map(({ insert, about }) => ({
      insert,
      start: place.start,
      end: place.end,
      continues: typed !== '' && (insert.toLowerCase().startsWith(typed) || insert.toLowerCase().startsWith(standing)),
      about,
    }))
}

function termCandidates({ kind, typed }: CompletionPlace, { words, asked }: CompletionInput): Candidate[] {
  if (typed === '' && asked !== true) return []
  const lower = typed.toLowerCase()
  const keys = queryKeys
    .filter(({ name, valueKind }: QueryKey) => valueKind !== 'planned' && name.startsWith(lower))
    .map(({ name }, index): Candidate => ({ insert: `${name}:`, about: { kind: 'key', key: name }, rank: index / 100 }))
  if (kind === 'key' || typed === '') return keys
  const sets = setNames
    .filter((name) => name.startsWith(lower))
    .map((set, index): Candidate => ({ insert: `is:${set}`, about: { kind: 'set', set }, rank: 2 + index / 100 }))
  if (typed.length < shortestWord) return [...keys, ...sets]
  const states = stateCandidates(typed).map((each) => asTerm('state', each, 3))
  const processes = textCandidates(words().process, typed).map((each) => asTerm('process', each, 1))
  return [...keys, ...sets, ...states, ...processes]
}

function asTerm(key: QueryKeyName, { insert, about, rank }: Candidate, behind: number): Candidate {
  return { insert: `${key}:${insert}`, about, rank: rank + behind }
}

function valueCandidates({ key = '', typed }: CompletionPlace, { words, serviceName }: CompletionInput): Candidate[] {
  if (key === 'state') return stateCandidates(typed)
  if (key === 'is') return named(setNames, typed, (set) => ({ kind: 'set', set }))
  if (key === 'proto') return named(protocolNames, typed, () => ({ kind: 'none' }))
  if (key === 'pid') return pidCandidates(typed, words())
  if (key === 'port' || key === 'lport' || key === 'rport')
    return [...portCandidates(key, typed, words(), serviceName), ...examples(key, typed)]
  if (key === 'local' || key === 'remote') return textCandidates(words()[key], typed, (text) => text)
  const texts = textWords.find((name) => name === key)
  return texts === undefined ? examples(key, typed) : textCandidates(words()[texts], typed)
}

const textWords = ['process', 'user', 'exe', 'host', 'country', 'asn'] as const

/** By the number or by the name of the process. */
function pidCandidates(typed: string, { pid }: CompletionWords): Candidate[] {
  const lower = typed.toLowerCase()
  return pid
    .filter(({ text, name }) => text.startsWith(typed) || name?.toLowerCase().startsWith(lower) === true)
    .map(({ text, name, count }) => ({
      insert: text,
      about: name === undefined ? { kind: 'rows', count } : { kind: 'text', text: name },
      rank: 0,
    }))
}

/** With any sign, or none, between the parts of a state's word. */
function stateCandidates(typed: string): Candidate[] {
  const wanted = plainState(typed)
  return tcpStates.flatMap((state, index): Candidate[] => {
    const spellings = stateSpellings(state).map(plainState)
    const own = spellings[0]?.startsWith(wanted) === true
    const part = state.split('_').some((word) => word.startsWith(wanted))
    if (!own && !part && !spellings.some((spelling) => spelling.startsWith(wanted))) return []
    return [{ insert: state.toLowerCase(), about: { kind: 'state', state }, rank: (own ? 0 : 0.5) + index / 100 }]
  })
}

const plainState = (text: string): string => text.toUpperCase().replaceAll(/[-_ ]/g, '')

function named<Name extends string>(names: readonly Name[], typed: string, about: (name: Name) => CompletionAbout): Candidate[] {
  const lower = typed.toLowerCase()
  return names.filter((name) => name.startsWith(lower)).map((name, index) => ({ insert: name, about: about(name), rank: index / 100 }))
}

function textCandidates(words: readonly CountedWord[], typed: string, write = quoteWhereNeeded): Candidate[] {
  const lower = typed.toLowerCase()
  return words.flatMap(({ text, count }, index): Candidate[] => {
    const at = text.toLowerCase().indexOf(lower)
    if (at === -1 || unfit(text)) return []
    // At the beginning of the text or of the last part of a path comes first; the lists are ordered by frequency already.
    const begins = at === 0 || /[/\\]/.test(text.charAt(at - 1))
    return [{ insert: write(text), about: { kind: 'rows', count }, rank: (begins ? 0 : 0.5) + index / 10_000 }]
  })
}

/** A line of text cannot hold these; such names are reached by a right click on them. */
const unfit = (text: string): boolean => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(text)

function portCandidates(
  key: 'port' | 'lport' | 'rport',
  typed: string,
  words: CompletionWords,
  serviceName: CompletionInput['serviceName'],
): Candidate[] {
  const ports = key === 'port' ? [...words.lport, ...words.rport] : words[key]
  const lower = typed.toLowerCase()
  return ports
    .map(({ text, count }) => ({ text, count, service: serviceName?.(Number(text)) }))
    .filter(({ text, service }) => text.startsWith(typed) || service?.toLowerCase().startsWith(lower) === true)
    .toSorted((a, b) => b.count - a.count)
    .map(({ text, count, service }, index) => ({
      insert: text,
      about: service === undefined ? { kind: 'rows', count } : { kind: 'text', text: service },
      // A port with a name is what people look for; among the others the commonest.
      rank: (service === undefined ? 0.5 : 0) + index / 10_000,
    }))
}

function examples(key: string, typed: string): Candidate[] {
  return (valueExamples[key] ?? [])
    .filter((example) => example.startsWith(typed))
    .map((insert, index) => ({ insert, about: { kind: 'none' }, rank: 2 + index / 100 }))
}
