/** Runs real commands in-process against an engine made of change sets, and hands back everything they said. */
import type { ActionOutcome, EndProcessPreview } from '../../../src-shared/contract/actions.ts'
import type { Api } from '../../../src-shared/contract/api.ts'
import type { ServiceNameList } from '../../../src-shared/contract/names.ts'
import { fail, succeed, type Result } from '../../../src-shared/contract/result.ts'
import type { DoctorReport, EngineStatus } from '../../../src-shared/contract/status.ts'
import type { ChangeSet } from '../../../src-shared/model/change-set.ts'
import type { Problem } from '../../../src-shared/model/problem.ts'
import type { CliEnvironment, OutputStream } from '../../../src-main/cli/environment.ts'
import type { StoredSettings } from '../../../src-main/api/stored-settings.ts'
import { defaultSettings } from '../../../src-shared/model/settings.ts'
import { openListing } from '../../../src-main/api/open-listing.ts'
import { readTextInput, type TextInput } from '../../../src-main/cli/text-input.ts'
import { runCli } from '../../../src-main/cli/index.ts'
import { builderTakenAt, ChangeSetBuilder, type RowInput } from '../../builders/mirror-builder.ts'

export interface FakeEngineOptions {
  rows?: readonly RowInput[]
  /** Answers to the second and later looks; the last one is followed by empty ones. */
  later?: readonly ((builder: ChangeSetBuilder) => ChangeSet)[]
  problems?: readonly Problem[]
  previews?: readonly EndProcessPreview[]
  endProcess?: (input: {
    targets: readonly { pid: number; startToken: string }[]
    signal?: string
    confirmProtected?: boolean
  }) => readonly ActionOutcome[]
  closeConnections?: (ids: readonly string[]) => readonly ActionOutcome[]
  doctor?: DoctorReport
  refresh?: () => Result<EngineStatus>
  /** Answers of the calls about the network, by name; a list is answered one after the other. */
  network?: Readonly<Record<string, object | readonly object[]>>
  /** Answers in place of all others, by name; `looks` is how often changes were asked for. */
  answers?: Readonly<Record<string, (input: never, looks: number) => Result<unknown>>>
}

export class FakeEngine {
  readonly calls: { name: string; input: unknown }[] = []
  readonly api: Api
  stopped = false
  readonly #options: FakeEngineOptions
  readonly #builder = new ChangeSetBuilder()
  #looks = 0

  constructor(options: FakeEngineOptions) {
    this.#options = options
    this.api = {
      call: (async (name: string, input: never) => {
        this.calls.push({ name, input })
        return this.#answer(name, input)
      }) as Api['call'],
      on: () => () => {},
    }
  }

  inputsOf(name: string): unknown[] {
    return this.calls.filter((call) => call.name === name).map(({ input }) => input)
  }

  #answer(name: string, input: never): Result<unknown> {
    const { rows = [], later = [], problems = [], previews = [], endProcess, closeConnections, doctor, refresh } = this.#options
    const answer = this.#options.answers?.[name]
    if (answer !== undefined) return answer(input, this.#looks)
    switch (name) {
      case 'refresh':
        return (
          refresh?.() ??
          succeed({ session: 's', sequence: 1, takenAt: builderTakenAt, intervalMs: 1000, rows: rows.length, tickMs: 1, problems })
        )
      case 'getChanges': {
        this.#looks += 1
        if (this.#looks === 1) return succeed(this.#builder.full(rows))
        return succeed(later[this.#looks - 2]?.(this.#builder) ?? this.#builder.delta({}))
      }
      case 'getHost':
        return succeed({ userName: 'ana' })
      case 'previewEndProcess': {
        const { pid, startToken } = input as { pid: number; startToken: string }
        const found = previews.find((candidate) => candidate.pid === pid && candidate.startToken === startToken)
        return found === undefined ? fail('not-found', 'gone') : succeed(found)
      }
      case 'endProcess':
        return succeed(endProcess?.(input) ?? (input as { targets: { pid: number }[] }).targets.map(({ pid }) => done(String(pid), 'TERM')))
      case 'closeConnections': {
        const { ids } = input as { ids: string[] }
        return succeed(closeConnections?.(ids) ?? ids.map((id) => done(id, 'sock-destroy')))
      }
      case 'getDoctorReport':
        return doctor === undefined ? fail('internal', 'no report') : succeed(doctor)
      default: {
        const answers = this.#options.network?.[name]
        const asked = this.calls.filter((call) => call.name === name).length
        const told: unknown = Array.isArray(answers) ? answers[asked - 1] : answers
        return told === undefined ? fail('unknown-call', name) : succeed(told)
      }
    }
  }
}

export const done = (target: string, means: 'TERM' | 'sock-destroy'): ActionOutcome => ({ target, status: 'done', means })

export function previewOf(pid: number, more: Partial<EndProcessPreview> = {}): EndProcessPreview {
  return { pid, startToken: `t${pid}`, name: `proc${pid}`, connections: 0, listeners: [], children: [], ...more }
}

export interface RunOptions extends FakeEngineOptions {
  terminal?: { columns: number }
  variables?: Record<string, string>
  /** What the person types; without it nobody can be asked. */
  answer?: string
  /** A reader that is slower than the command. */
  drained?: () => Promise<void>
  /** What lies on the disk; without it nothing can be written. */
  files?: Map<string, Uint8Array>
  /** Thread numbers with the processes that they belong to. */
  threads?: Readonly<Record<number, number>>
  /** What the settings file tells; without it there is none. */
  stored?: Partial<StoredSettings>
  /** What comes in on standard input, piece by piece. */
  input?: readonly Buffer[]
  /** Called when the command waits: the fake clock then goes on by the delay. */
  onWait?: (stop: () => void) => void
}

function readTextOf({ files, input }: RunOptions, file: string, mostBytes: number): Promise<TextInput> {
  const bytes = files?.get(file)
  if (file !== '-' && bytes === undefined) return Promise.resolve({ ok: false, trouble: 'missing' })
  return readTextInput(inputOf(file === '-' || bytes === undefined ? (input ?? []) : [Buffer.from(bytes)]), mostBytes)
}

async function* inputOf(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* pieces
}

export interface RunResult {
  readonly exit: number
  readonly out: string
  readonly err: string
  readonly engine: FakeEngine
  readonly questions: readonly string[]
}

export async function run(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const engine = new FakeEngine(options)
  const written = { out: '', err: '' }
  const questions: string[] = []
  const stream = (name: 'out' | 'err'): OutputStream => ({
    write: (text) => void (written[name] += text),
    drained: () => options.drained?.() ?? Promise.resolve(),
    isTerminal: options.terminal !== undefined,
    columns: options.terminal?.columns,
  })
  const clock = new FakeClock(options.onWait)
  const environment: CliEnvironment = {
    version: '9.8.7',
    variables: options.variables ?? {},
    stdout: stream('out'),
    stderr: stream('err'),
    canAsk: options.answer !== undefined,
    ask: (question) => {
      questions.push(question)
      return Promise.resolve(options.answer)
    },
    openEngine: () => Promise.resolve({ api: engine.api, stop: () => void (engine.stopped = true) }),
    openListing: (file) =>
      openListing(
        file === '-' ? inputOf(options.input ?? []) : file,
        () => clock.now,
        () => servicesInTests,
      ),
    readSettings: () => Promise.resolve({ file: '/home/ana/settings.json', settings: defaultSettings, ...options.stored }),
    readText: (file, mostBytes) => readTextOf(options, file, mostBytes),
    fileExists: (file) => Promise.resolve(options.files?.has(file) ?? false),
    writePrivateFile: (file, bytes) => {
      options.files?.set(file, bytes)
      return Promise.resolve(options.files === undefined ? 'EROFS' : undefined)
    },
    processOfThread: (id) => Promise.resolve(options.threads?.[id]),
    identifyProcess: (pid) => {
      const found = options.previews?.find((candidate) => candidate.pid === pid)
      return Promise.resolve(found && { pid, startToken: found.startToken })
    },
    now: () => clock.now,
    startTimer: (delayMs, callback) => clock.startTimer(delayMs, callback),
    onStop: (listener) => clock.onStop(listener),
  }
  const exit = await runCli(args, environment)
  return { exit, out: written.out, err: written.err, engine, questions }
}

/** What a listing tells of ports; the fake engine answers `getServiceNames` the same way where a test says so. */
export const servicesInTests: ServiceNameList = { both: { 80: 'http', 443: 'https' }, tcp: { 8080: 'http-alt' }, udp: { 53: 'domain' } }

/** Time goes on only when the command waits for it: then the earliest timer fires. */
class FakeClock {
  now = builderTakenAt
  #timers = new Set<{ at: number; run: () => void }>()
  #stopListeners = new Set<() => void>()
  readonly #onWait: ((stop: () => void) => void) | undefined
  #scheduled = false

  constructor(onWait: ((stop: () => void) => void) | undefined) {
    this.#onWait = onWait
  }

  startTimer(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.now + delayMs, run: callback }
    this.#timers.add(timer)
    this.#schedule()
    return () => void this.#timers.delete(timer)
  }

  onStop(listener: () => void): () => void {
    this.#stopListeners.add(listener)
    return () => void this.#stopListeners.delete(listener)
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    // setImmediate: all promises of the command are settled by then, it really waits
    setImmediate(() => {
      this.#scheduled = false
      this.#onWait?.(() => {
        for (const listener of this.#stopListeners) listener()
      })
      const [next] = [...this.#timers].toSorted((first, second) => first.at - second.at)
      if (next === undefined) return
      this.#timers.delete(next)
      this.now = Math.max(this.now, next.at)
      next.run()
      if (this.#timers.size > 0) this.#schedule()
    })
  }
}
