import type { Api } from '../../../src-shared/contract/api.ts'
import { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { parseState, stateDialects, stateWord, type StateDialect } from '../../../src-shared/model/state-spelling.ts'
import type { RowPredicate } from '../../../src-shared/query/index.ts'
import { choiceOption, numberOption, tellFailure, tellProblems, withEngine, type Command, type CommandContext } from '../command.ts'
import { connectionLine } from '../connection-line.ts'
import { exitCode, type ExitCode } from '../exit-code.ts'
import { readFilter, type Filter } from '../filter.ts'
import { learnServices } from '../learn-names.ts'
import { look, lookOnce, sawNothing } from '../look.ts'
import { problemText } from '../messages/problem-text.ts'
import { newLinesOnly } from '../new-lines-only.ts'
import { createStopper, type Stopper } from '../stopper.ts'
import { coloursFor, type Colours } from '../text/colours.ts'
import { visibleJson, visibleText } from '../../../src-shared/text/visible-text.ts'
import { WatchMemory, watchedFields, type WatchedField, type WatchEvent } from '../watch-memory.ts'

const defaultIntervalS = 1
/** Faster looks cost more than they show; slower ones than a day are a mistake. */
const intervalRange = { least: 0.1, most: 86_400 }
const durationRange = { least: 0.1, most: 31_536_000 }
const countRange = { least: 1, most: 1_000_000_000, whole: true } as const

export const watchCommand: Command = {
  name: 'watch',
  words: 'query',
  options: [
    { name: 'interval', value: 'SECONDS' },
    { name: 'for', value: 'SECONDS' },
    { name: 'count', value: 'N' },
    { name: 'initial' },
    { name: 'services' },
    { name: 'ndjson' },
    { name: 'dialect', value: 'rfc|windows|ss' },
  ],
  run: async (context) => {
    const interval = numberOption(context, 'interval', intervalRange)
    if (!interval.ok) return interval.exit
    const duration = numberOption(context, 'for', durationRange)
    if (!duration.ok) return duration.exit
    const count = numberOption(context, 'count', countRange)
    if (!count.ok) return count.exit
    const dialect = choiceOption(context, 'dialect', stateDialects)
    if (!dialect.ok) return dialect.exit
    const filter = readFilter(context, context.arguments.words.join(' '))
    if (!filter.ok) return filter.exit
    const wanted: Wanted = {
      filter: filter.value,
      intervalMs: (interval.value ?? defaultIntervalS) * 1000,
      durationMs: duration.value === undefined ? undefined : duration.value * 1000,
      count: count.value ?? Number.POSITIVE_INFINITY,
      dialect: dialect.value ?? 'rfc',
    }
    return withEngine(context, (api) => watch(context, api, wanted))
  },
}

interface Wanted {
  readonly filter: Filter
  readonly intervalMs: number
  readonly durationMs: number | undefined
  /** Changes after which to stop. */
  readonly count: number
  readonly dialect: StateDialect
}

async function watch(context: CommandContext, api: Api, wanted: Wanted): Promise<ExitCode> {
  const { environment, messages, tell } = context
  const mirror = new RowMirror()
  const memory = new WatchMemory()
  const stop = createStopper(environment)
  if (wanted.durationMs !== undefined) stop.after(wanted.durationMs)
  try {
    const first = await lookOnce(api, mirror)
    if (!first.ok) return tellFailure(context, first.error)
    tellProblems(context, first.value.problems)
    if (sawNothing(first.value)) return exitCode.failed
    const learned = context.arguments.has('services') ? await learnServices(api, mirror) : undefined
    if (learned?.ok === false) return tellFailure(context, learned.error)
    const matches = await wanted.filter.compile(api)
    const present = memory.begin(mirror, matches)
    if (context.arguments.has('initial')) writeEvents(context, present, wanted.dialect)
    await stop.unless(environment.stdout.drained())
    if (environment.stdout.isTerminal) tell(messages.watch.started(present.length))
    const seen = await keepLooking(context, { api, mirror, memory, matches }, wanted, stop)
    if (seen > 0 || stop.reason() === 'asked') return exitCode.done
    tell(messages.watch.nothingChanged)
    return exitCode.nothing
  } finally {
    stop.dispose()
  }
}

interface Watched {
  readonly api: Api
  readonly mirror: RowMirror
  readonly memory: WatchMemory
  readonly matches: RowPredicate
}

/** The number of changes written. */
async function keepLooking(
  context: CommandContext,
  { api, mirror, memory, matches }: Watched,
  wanted: Wanted,
  stop: Stopper,
): Promise<number> {
  const { environment } = context
  const tellNew = newLinesOnly(context)
  let seen = 0
  let lookedAt = environment.now()
  while (seen < wanted.count) {
    await stop.pause(Math.max(0, lookedAt + wanted.intervalMs - environment.now()))
    if (stop.reason() === 'asked') break
    lookedAt = environment.now()
    const looked = await look(api, mirror)
    if (looked.ok) {
      tellNew(
        looked.value.status.problems.filter(({ severity }) => severity !== 'info').map((problem) => problemText(problem, context.messages)),
      )
      const events = memory.events(mirror, looked.value.slots, matches)
      const written = events.slice(0, wanted.count - seen)
      writeEvents(context, written, wanted.dialect)
      seen += written.length
      // A slow reader gets fewer looks; what it has not taken must not pile up here.
      await stop.unless(environment.stdout.drained())
    } else tellNew([context.messages.watch.lookFailed(visibleText(looked.error.message))])
    if (stop.reason() !== undefined) break // the look after the end of the time still counts
  }
  return seen
}

const signs: Record<WatchEvent['event'], string> = { present: '=', opened: '+', changed: '~', closed: '-' }

function writeEvents(context: CommandContext, events: readonly WatchEvent[], dialect: StateDialect): void {
  const now = context.environment.now()
  if (context.arguments.has('ndjson')) {
    const at = new Date(now).toISOString()
    context.out(...events.map(({ event, changes, connection }) => visibleJson({ event, at, ...(changes && { changes }), connection })))
    return
  }
  const colours = coloursFor(context.environment.stdout, context.environment.variables)
  const paint: Record<WatchEvent['event'], Colours['good']> = {
    present: colours.quiet,
    opened: colours.good,
    changed: colours.warning,
    closed: colours.bad,
  }
  const time = clockTime(new Date(now))
  for (const event of events) {
    const line = connectionLine(event.connection, context.messages, colours, dialect)
    context.out(`${time} ${paint[event.event](signs[event.event])} ${line}${changesText(context, event, dialect)}`)
  }
}

function changesText({ messages }: CommandContext, { changes = {} }: WatchEvent, dialect: StateDialect): string {
  const word = (field: WatchedField, text: string | undefined): string => {
    if (text === undefined) return field === 'owners' ? messages.watch.nobody : '-'
    const state = field === 'state' ? parseState(text) : undefined
    return state === undefined ? visibleText(text) : stateWord(state, dialect)
  }
  const texts = watchedFields.flatMap((field) => {
    const change = changes[field]
    return change === undefined ? [] : `${messages.watch.changed[field]} ${word(field, change.from)} -> ${word(field, change.to)}`
  })
  return texts.length === 0 ? '' : `  (${texts.join('; ')})`
}

const part = (value: number, digits = 2): string => String(value).padStart(digits, '0')

/** The person's own clock. */
function clockTime(date: Date): string {
  return `${part(date.getHours())}:${part(date.getMinutes())}:${part(date.getSeconds())}.${part(date.getMilliseconds(), 3)}`
}
