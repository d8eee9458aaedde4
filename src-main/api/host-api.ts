/**
 * The contract as a graphical host offers it: the engine's answers, completed by what only the host knows (who it is, the link to
 * the engine, the settings of this user, its own problems).
 */
import type { Api } from '../../src-shared/contract/api.ts'
import { contract, type CallName, type EventName, type Events, type InputOf, type OutputOf } from '../../src-shared/contract/contract.ts'
import { fail, succeed, type Result } from '../../src-shared/contract/result.ts'
import type { EngineLink, HostInfo, HostRuntime } from '../../src-shared/contract/status.ts'
import type { Problem } from '../../src-shared/model/problem.ts'
import { asksMore, type Settings, type SettingsPatch } from '../../src-shared/model/settings.ts'
import type { SettingsStore } from '../settings/settings-store.ts'

/** What of the supervisor is needed; its `api` fails with `engine-unavailable` while the engine is down. */
export interface SupervisedEngine {
  readonly api: Api
  getLink(): EngineLink
  onLink(listener: (link: EngineLink) => void): () => void
}

export interface HostApiOptions {
  readonly engine: SupervisedEngine
  readonly settings: SettingsStore
  readonly host: {
    readonly host: HostInfo['host']
    readonly version: string
    /** Pids of the host's own processes, beside those the engine names. */
    readonly ownPids: () => readonly number[]
    readonly runtime: HostRuntime
  }
  /** False: this host refuses calls marked `act`. */
  readonly actionsAllowed: boolean
  /** Problems of the host itself, beside those of the settings. */
  readonly extraProblems?: () => readonly Problem[]
  /** Told when the engine did not take the settings; for the log. */
  readonly onTrouble?: (reason: string) => void
}

type Listener = (value: never) => void

export function createHostApi({ engine, settings, host, actionsAllowed, extraProblems, onTrouble }: HostApiOptions): Api {
  const listeners = new Map<EventName, Set<Listener>>()
  const emit = <Name extends EventName>(name: Name, value: Events[Name]): void => {
    for (const listener of listeners.get(name) ?? []) listener(value as never)
  }
  const withHostProblems = <Value extends { readonly problems: readonly Problem[] }>(value: Value): Value => {
    const own = [...settings.problems(), ...(extraProblems?.() ?? [])]
    return own.length === 0 ? value : { ...value, problems: [...value.problems, ...own] }
  }
  const forward = <Name extends CallName>(name: Name, input: InputOf<Name>): Promise<Result<OutputOf<Name>>> => engine.api.call(name, input)
  const tellEngine = async (current: Settings): Promise<void> => {
    const told = await forward('changeSettings', current)
    if (!told.ok && told.error.code !== 'engine-unavailable') onTrouble?.(`The engine did not take the settings: ${told.error.message}`)
  }
  const changeSettings = async (patch: SettingsPatch): Promise<Result<Settings>> => {
    // Who may not look up one name may not have all of them looked up, in the name of the user whose settings these are.
    if (!actionsAllowed && patch.reverseNames !== undefined && asksMore(patch.reverseNames, settings.get().reverseNames))
      return fail('not-allowed', 'Asking for more host names is not allowed here.', { call: 'changeSettings' })
    const next = settings.change(patch)
    await tellEngine(next)
    return succeed(next)
  }
  const asHost = (answer: HostInfo): HostInfo => ({
    ...answer,
    host: host.host,
    version: host.version,
    runtime: host.runtime,
    actionsAllowed,
    ownPids: [...new Set([...answer.ownPids, ...host.ownPids()])],
  })

  engine.api.on('looked', (status) => emit('looked', withHostProblems(status)))
  engine.onLink((link) => {
    emit('engineLink', link)
    if (link.state === 'running') void tellEngine(settings.get())
  })
  if (engine.getLink().state === 'running') void tellEngine(settings.get())
  settings.onChange((changed) => emit('settingsChanged', changed))

  const answers = {
    getHost: async () => map(await forward('getHost', undefined), asHost),
    getEngineLink: () => Promise.resolve(succeed(engine.getLink())),
    getStatus: async () => map(await forward('getStatus', undefined), withHostProblems),
    refresh: async () => map(await forward('refresh', undefined), withHostProblems),
    getDoctorReport: async () => map(await forward('getDoctorReport', undefined), withHostProblems),
    getSettings: () => Promise.resolve(succeed(settings.get())),
    changeSettings,
  } satisfies { readonly [Name in CallName]?: (input: InputOf<Name>) => Promise<Result<OutputOf<Name>>> }
  const refuses = (name: CallName): boolean => !actionsAllowed && contract[name].access === 'act'

  return {
    call<Name extends CallName>(name: Name, input: InputOf<Name>): Promise<Result<OutputOf<Name>>> {
      if (refuses(name)) return Promise.resolve(fail('not-allowed', `${name} is not allowed here.`, { call: name }))
      const answer = (answers as Partial<Record<CallName, (given: InputOf<Name>) => Promise<Result<OutputOf<Name>>>>>)[name]
      return answer === undefined ? forward(name, input) : answer(input)
    },
    on<Name extends EventName>(name: Name, listener: (value: Events[Name]) => void): () => void {
      const of = listeners.get(name) ?? new Set()
      listeners.set(name, of.add(listener))
      return () => void of.delete(listener)
    },
  }
}

function map<From, To>(result: Result<From>, change: (value: From) => To): Result<To> {
  return result.ok ? succeed(change(result.value)) : result
}
