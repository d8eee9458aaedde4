import type { Api } from '../../../src-shared/contract/api.ts'
import { succeed, type Result } from '../../../src-shared/contract/result.ts'
import { connectionAt, type Connection } from '../../../src-shared/model/connection.ts'
import { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { stateDialects, stateWord, type StateDialect } from '../../../src-shared/model/state-spelling.ts'
import {
  badChoice,
  choiceOption,
  tellFailure,
  tellLimits,
  tellProblems,
  withEngine,
  type Command,
  type CommandContext,
} from '../command.ts'
import { exitCode, type ExitCode } from '../exit-code.ts'
import { readFilter, type Filter } from '../filter.ts'
import { learnNames, learnServices } from '../learn-names.ts'
import { withListing } from '../listing.ts'
import {
  addressNameColumns,
  listColumnNames,
  listColumns,
  portNameColumns,
  usualColumns,
  usualCsvColumns,
  type CellContext,
  type ListColumnName,
} from '../list-columns.ts'
import { inOrder, type SortKey } from '../list-order.ts'
import type { ViewInList } from '../view-in-list.ts'
import { readView } from '../view-option.ts'
import { lookOnce, sawNothing } from '../look.ts'
import { coloursFor } from '../text/colours.ts'
import { csvRecord } from '../../../src-shared/text/csv-record.ts'
import { tableLines, type TableCell } from '../../../src-shared/text/text-table.ts'
import { visibleJson, visibleText } from '../../../src-shared/text/visible-text.ts'

const formats = ['json', 'csv', 'ndjson'] as const
type Format = (typeof formats)[number] | 'table'

interface Wanted {
  readonly filter: Filter
  readonly format: Format
  readonly columns: readonly ListColumnName[]
  readonly sort: readonly SortKey[]
  readonly dialect: StateDialect
}
type WantedOutcome = { readonly ok: true; readonly value: Wanted } | { readonly ok: false; readonly exit: ExitCode }

export const listCommand: Command = {
  name: 'list',
  words: 'query',
  options: [
    { name: 'json' },
    { name: 'ndjson' },
    { name: 'csv' },
    { name: 'columns', value: 'A,B,…' },
    { name: 'sort', value: 'COLUMN', dashValue: true },
    { name: 'all' },
    { name: 'from', value: 'FILE', dashValue: true },
    { name: 'view', value: 'NAME|FILE|-', dashValue: true },
    { name: 'services' },
    { name: 'country' },
    { name: 'resolve' },
    { name: 'dialect', value: 'rfc|windows|ss' },
    { name: 'verbose' },
  ],
  run: async (context) => {
    const wanted = await readWanted(context)
    if (!wanted.ok) return wanted.exit
    return withRows(context, async (api) => {
      const mirror = new RowMirror()
      const status = await lookOnce(api, mirror)
      if (!status.ok) return tellFailure(context, status.error)
      tellProblems(context, status.value.problems)
      if (sawNothing(status.value)) return exitCode.failed
      const { filter, sort } = wanted.value
      const named = await learnWhatIsWanted(context, wanted.value, api, mirror)
      if (!named.ok) return tellFailure(context, named.error)
      const matches = await filter.compile(api)
      const slots = [...mirror.liveSlots()].filter((slot) => matches(mirror, slot))
      const connections = slots.map((slot) => connectionAt(mirror, slot))
      write(context, wanted.value, inOrder(connections, sort))
      // Nothing found may also mean: the owner that was asked for is hidden.
      const ownersMissing = slots.length === 0 || connections.some(({ visibility }) => visibility === 'not-permitted')
      tellLimits(context, status.value.problems, ownersMissing)
      return conclude(context, filter, slots.length, mirror)
    })
  },
}

/** A saved listing has its names of addresses with it; of the machine only what is asked for is looked up. */
async function learnWhatIsWanted(
  { arguments: given, environment }: CommandContext,
  { filter, columns, sort }: Wanted,
  api: Api,
  mirror: RowMirror,
): Promise<Result<undefined>> {
  const used = [...columns, ...sort.map(({ column }) => column)]
  if (given.has('services') || used.some((name) => portNameColumns.has(name))) {
    const learned = await learnServices(api, mirror)
    if (!learned.ok) return learned
  }
  const options = given.has('country') || given.has('resolve') || given.valueOf('from') !== undefined
  if (!options && filter.nameKeys.size === 0 && !used.some((name) => addressNameColumns.has(name))) return succeed(undefined)
  const wait = (delayMs: number): Promise<void> => new Promise((resolve) => void environment.startTimer(delayMs, resolve))
  return learnNames(api, mirror, { hosts: given.has('resolve'), now: () => environment.now(), wait })
}

/** The machine, or a saved listing. */
function withRows(context: CommandContext, work: (api: Api) => Promise<ExitCode>): Promise<ExitCode> {
  const file = context.arguments.valueOf('from')
  return file === undefined ? withEngine(context, work) : withListing(context, file, work)
}

function conclude(context: CommandContext, filter: Filter, shown: number, { rowCount: all, names }: RowMirror): ExitCode {
  const { messages, environment, tell } = context
  if (shown === 0) {
    tell(filter.text === '' ? messages.list.nothingThere : messages.list.nothingMatched(visibleText(filter.text)))
    const nameless = filter.nameKeys.size > 0 && names.version === 0 && context.arguments.valueOf('from') !== undefined
    if (nameless && all > 0) tell(messages.listing.nameless)
    return exitCode.nothing
  }
  if (environment.stdout.isTerminal) tell(messages.list.rows(shown, all))
  return exitCode.done
}

async function readWanted(context: CommandContext): Promise<WantedOutcome> {
  const given = formats.filter((format) => context.arguments.has(format))
  const [format = 'table', other] = given
  const { messages } = context
  const clash = (first: string, second: string): WantedOutcome => ({
    ok: false,
    exit: context.misuse(messages.usage.notTogether(`--${first}`, `--${second}`)),
  })
  if (other !== undefined) return clash(format, other)
  if (format === 'json' || format === 'ndjson') {
    for (const option of ['columns', 'all', 'dialect']) {
      if (context.arguments.has(option) || context.arguments.valueOf(option) !== undefined) return clash(format, option)
    }
  }
  if (context.arguments.has('all') && context.arguments.valueOf('columns') !== undefined) return clash('all', 'columns')
  const dialect = choiceOption(context, 'dialect', stateDialects)
  if (!dialect.ok) return dialect
  if (context.arguments.valueOf('from') === '-' && context.arguments.valueOf('view') === '-') return clash('from -', 'view -')
  const view = await readView(context)
  if (!view.ok) return view
  const columns = readColumns(context, format, view.value)
  if (!columns.ok) return columns
  const sort = readSort(context, view.value)
  if (!sort.ok) return sort
  const filter = readFilter(context, context.arguments.words.join(' '), {
    names: true,
    ...(view.value === undefined ? {} : { within: view.value.query }),
  })
  if (!filter.ok) return filter
  const saved = context.arguments.valueOf('from') !== undefined
  // A listing keeps the names that it was saved with, and nobody is asked about what it tells.
  if (saved && context.arguments.has('resolve')) return clash('from', 'resolve')
  const asksHost = filter.value.nameKeys.has('host') || namesHost(context, columns.value, sort.value)
  if (asksHost && !saved && !context.arguments.has('resolve')) return { ok: false, exit: context.misuse(messages.usage.hostNeedsResolve) }
  return {
    ok: true,
    value: { filter: filter.value, format, columns: columns.value, sort: sort.value, dialect: dialect.value ?? 'rfc' },
  }
}

type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly exit: ExitCode }

/** What is asked for here wins over what the view has. */
function readColumns(context: CommandContext, format: Format, view: ViewInList | undefined): Read<readonly ListColumnName[]> {
  if (context.arguments.has('all')) return { ok: true, value: listColumnNames }
  const text = context.arguments.valueOf('columns')
  const usual = view?.columns ?? (format === 'csv' ? usualCsvColumns : usualColumns)
  if (text === undefined) return { ok: true, value: [...new Set([...usual, ...namesAdded(context)])] }
  const columns: ListColumnName[] = []
  for (const word of text.split(',').map((part) => part.trim().toLowerCase())) {
    const column = listColumnNames.find((name) => name === word)
    if (column === undefined) return { ok: false, exit: context.misuse(...badChoice(context, '--columns', word, listColumnNames)) }
    columns.push(column)
  }
  return { ok: true, value: columns }
}

/** Whether host names are shown or sorted by because of what was asked for here. */
function namesHost({ arguments: given }: CommandContext, columns: readonly ListColumnName[], sort: readonly SortKey[]): boolean {
  const shown = given.valueOf('columns') !== undefined && columns.includes('host')
  return shown || (given.valueOf('sort') !== undefined && sort.some(({ column }) => column === 'host'))
}

/** Columns that the options bring along. */
function namesAdded({ arguments: given }: CommandContext): ListColumnName[] {
  return [
    ...(given.has('services') ? [...portNameColumns] : []),
    ...(given.has('resolve') ? (['host'] as const) : []),
    ...(given.has('country') ? (['country', 'network'] as const) : []),
  ]
}

function readSort(context: CommandContext, view: ViewInList | undefined): Read<readonly SortKey[]> {
  const text = context.arguments.valueOf('sort')
  if (text === undefined) return { ok: true, value: view?.sort ?? [] }
  const descending = text.startsWith('-')
  const word = (descending ? text.slice(1) : text).toLowerCase()
  const column = listColumnNames.find((name) => name === word)
  if (column === undefined) return { ok: false, exit: context.misuse(...badChoice(context, '--sort', word, listColumnNames)) }
  return { ok: true, value: [{ column, descending }] }
}

function write(context: CommandContext, wanted: Wanted, connections: readonly Connection[]): void {
  const { out, environment } = context
  if (wanted.format === 'json') out(visibleJson(connections, 2))
  else if (wanted.format === 'ndjson') out(...connections.map((connection) => visibleJson(connection)))
  else if (wanted.format === 'csv') {
    const records = connections.map((connection) =>
      csvRecord(wanted.columns.map((name) => String(listColumns[name].value(connection) ?? ''))),
    )
    environment.stdout.write(csvRecord(wanted.columns) + records.join(''))
  } else if (connections.length > 0) writeTable(context, wanted, connections)
}

function writeTable({ out, environment, messages }: CommandContext, wanted: Wanted, connections: readonly Connection[]): void {
  const colours = coloursFor(environment.stdout, environment.variables)
  const cells: CellContext = {
    stateWord: ({ state }) => (state === undefined ? undefined : stateWord(state, wanted.dialect)),
    whyNoOwner: ({ visibility }) => messages.owner[visibility],
  }
  const rows = connections.map((connection) =>
    wanted.columns.map((name): TableCell => {
      const column = listColumns[name]
      const value = 'text' in column ? column.text(connection, cells) : column.value(connection)
      const text = value === undefined ? '-' : visibleText(String(value))
      const paint = name === 'state' ? colours.state(connection.state) : undefined
      return paint === undefined ? { text } : { text, paint }
    }),
  )
  const columns = wanted.columns.map((name) => ({ ...listColumns[name], header: messages.column[name] }))
  out(...tableLines(columns, rows, environment.stdout.columns, colours.header))
}
