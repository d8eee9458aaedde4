/**
 * A view as one line of text, to be sent to somebody and read by both of you:
 *
 *   sockscope-view:1 page=connections name="Web servers" query="port:80,443" hide=udp,ipv6 states=ESTABLISHED columns=process,state
 *
 * Values with anything but letters, digits and `. _ , : * / + -` stand in double quotes, with `\"` and `\\` inside. What comes from others
 * is checked part by part: a value that is wrong, and a part of a newer version, are told and left out.
 */
import * as v from 'valibot'
import { parseQuery } from '../query/parse-query.ts'
import { keptFiltersSchema, noFilters } from './kept-filters.ts'
import { viewContentSchema, viewNameSchema, type ViewContent } from './saved-view.ts'
import { densities, tableLayoutSchema, usualTableLayout } from './table-layout.ts'

export const viewTextVersion = 1
/** A query of the greatest length, every column, and quotes. */
export const maximumViewTextLength = 8000
const mark = 'sockscope-view:'

export interface ReadView {
  readonly name: string | undefined
  readonly content: ViewContent
  /** Parts that were not understood, as they were written. */
  readonly ignored: readonly string[]
}

/** no-view: no text of this kind. newer: of a version that this one does not know. no-page: it does not say a page that exists. */
export type ViewTextProblem = 'no-view' | 'newer' | 'no-page' | 'too-long'
export type ViewTextOutcome = { readonly ok: true; readonly view: ReadView } | { readonly ok: false; readonly problem: ViewTextProblem }

export function viewText(content: ViewContent, name?: string): string {
  const { page, filters, grouping, groupSort, table } = content
  const parts: (readonly [key: string, value: string])[] = [
    ['page', page],
    ['name', name ?? ''],
    ['query', filters.text],
    ['hide', filters.hidden.join(',')],
    ['states', filters.states.join(',')],
    ['group', grouping ?? ''],
    ['order', groupSort === undefined ? '' : sortText([groupSort])],
    ['columns', table?.columns.map(columnText).join(',') ?? ''],
    ['sort', table === undefined ? '' : sortText(table.sort)],
    ['density', table?.density ?? ''],
  ]
  const written = parts.filter(([, value]) => value !== '').map(([key, value]) => `${key}=${quoted(value)}`)
  return [`${mark}${viewTextVersion}`, ...written].join(' ')
}

/** Total: any text gives a view or the reason why it is none. */
export function readViewText(text: string): ViewTextOutcome {
  const trimmed = text.trim()
  if (trimmed.length > maximumViewTextLength) return { ok: false, problem: 'too-long' }
  const version = new RegExp(`^${mark}(\\d{1,9})(?=\\s|$)`, 'u').exec(trimmed)
  if (version === null) return { ok: false, problem: 'no-view' }
  if (Number(version[1]) !== viewTextVersion) return { ok: false, problem: 'newer' }
  const ignored: string[] = []
  const values = new Map<string, string>()
  for (const part of trimmed.slice(version[0].length).match(/\S+?="(?:[^"\\]|\\.)*"|\S+/gu) ?? []) {
    const equals = part.indexOf('=')
    const key = part.slice(0, Math.max(0, equals))
    if (Object.hasOwn(readers, key) && !values.has(key)) values.set(key, unquoted(part.slice(equals + 1)))
    else ignored.push(part)
  }
  return build(values, ignored)
}

interface Draft {
  page?: ViewContent['page']
  name?: string
  filters: ViewContent['filters']
  grouping?: string
  groupSort?: { column: string; descending: boolean }
  table?: NonNullable<ViewContent['table']>
}

const { table: tableSchema, grouping: groupingSchema, page: pageSchema } = viewContentSchema.entries
const list = (value: string): string[] => value.split(',').filter((word) => word !== '')
const withTable = (draft: Draft, change: object): boolean => {
  const { columns, sort, density } = usualTableLayout
  const result = v.safeParse(tableSchema, { columns, sort, density, ...draft.table, ...change })
  if (!result.success || result.output === undefined) return false
  draft.table = result.output
  return true
}
const withFilters = (draft: Draft, change: object): boolean => {
  const result = v.safeParse(keptFiltersSchema, { ...draft.filters, ...change })
  if (result.success) draft.filters = result.output
  return result.success
}

/** Each takes one part in, or says false when its value is wrong. */
const readers: Readonly<Record<string, (draft: Draft, value: string) => boolean>> = {
  page: (draft, value) => {
    const result = v.safeParse(pageSchema, value)
    if (result.success) draft.page = result.output
    return result.success
  },
  name: (draft, value) => {
    const result = v.safeParse(viewNameSchema, value)
    if (result.success) draft.name = result.output
    return result.success
  },
  query: (draft, value) => parseQuery(value).ok && withFilters(draft, { text: value }),
  hide: (draft, value) => withFilters(draft, { hidden: list(value) }),
  states: (draft, value) => withFilters(draft, { states: list(value) }),
  group: (draft, value) => {
    const result = v.safeParse(groupingSchema, value)
    if (result.success && result.output !== undefined) draft.grouping = result.output
    return result.success
  },
  order: (draft, value) => {
    const [term, ...others] = sortTerms(value)
    const result = v.safeParse(viewContentSchema.entries.groupSort, term)
    if (!result.success || result.output === undefined || others.length > 0) return false
    draft.groupSort = result.output
    return true
  },
  columns: (draft, value) => withTable(draft, { columns: list(value).map(columnOf) }),
  sort: (draft, value) => withTable(draft, { sort: sortTerms(value) }),
  density: (draft, value) => densities.some((density) => density === value) && withTable(draft, { density: value }),
}

function build(values: ReadonlyMap<string, string>, ignored: string[]): ViewTextOutcome {
  const draft: Draft = { filters: noFilters }
  for (const [key, value] of values) if (readers[key]?.(draft, value) !== true) ignored.push(`${key}=${quoted(value)}`)
  const { name, page, ...content } = draft
  if (page === undefined) return { ok: false, problem: 'no-page' }
  return { ok: true, view: { name, content: { page, ...content }, ignored } }
}

const sortText = (terms: readonly { readonly column: string; readonly descending: boolean }[]): string =>
  terms.map(({ column, descending }) => (descending ? `-${column}` : column)).join(',')
const sortTerms = (value: string): { column: string; descending: boolean }[] =>
  list(value).map((term) => ({ column: term.replace(/^-/u, ''), descending: term.startsWith('-') }))

type Column = v.InferOutput<typeof tableLayoutSchema>['columns'][number]

/** `name`, `name:120` with a width; `+` before it pins, `-` hides. */
function columnText({ id, width, hidden, pinned }: Column): string {
  return `${hidden ? '-' : ''}${pinned ? '+' : ''}${id}${width === undefined ? '' : `:${width}`}`
}

function columnOf(text: string): unknown {
  const [, hidden, pinned, id = '', width] = /^(-?)(\+?)([^:]*)(?::(\d{1,5}))?$/u.exec(text) ?? []
  return { id, hidden: hidden === '-', pinned: pinned === '+', ...(width === undefined ? {} : { width: Number(width) }) }
}

function quoted(value: string): string {
  return /^[\w.,:*/+-]+$/u.test(value) ? value : `"${value.replaceAll(/["\\]/gu, (sign) => `\\${sign}`)}"`
}

function unquoted(value: string): string {
  if (!/^".*"$/su.test(value)) return value
  return value.slice(1, -1).replaceAll(/\\(.)/gsu, (_, sign: string) => sign)
}
