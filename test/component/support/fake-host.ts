/**
 * An engine behind a real memory channel and the real RPC server: stores are tested through everything that is between them and the
 * engine, with answers that a test sets.
 */
import type { Api, Handlers } from '../../../src-shared/contract/api.ts'
import type { CallName, EventName, Events } from '../../../src-shared/contract/contract.ts'
import { fail, succeed, type Result } from '../../../src-shared/contract/result.ts'
import type { EngineStatus, HostInfo } from '../../../src-shared/contract/status.ts'
import { defaultSettings, type Settings } from '../../../src-shared/model/settings.ts'
import type { Channel } from '../../../src-shared/rpc/channel.ts'
import { createMemoryChannel } from '../../../src-shared/rpc/memory-channel.ts'
import { serveRpc } from '../../../src-shared/rpc/server.ts'
import { createApiLink, type ApiLink } from '../../../src-renderer/transport/api-link.ts'
import { ChangeSetBuilder, type RowInput } from '../../builders/mirror-builder.ts'
import { diagnosisReport } from './diagnosis-report.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'

type Answers = { -readonly [Name in CallName]?: Handlers[Name] }

export interface FakeHost {
  readonly link: ApiLink
  readonly clock: FakeClock
  readonly builder: ChangeSetBuilder
  /** Every call that arrived, with its input. */
  readonly calls: { readonly name: CallName; readonly input: unknown }[]
  /** Answers that replace the usual ones. */
  readonly answers: Answers
  rows: RowInput[]
  settings: Settings
  status(): EngineStatus
  emit<Name extends EventName>(name: Name, value: Events[Name]): void
  callsOf(name: CallName): unknown[]
  /** The host goes away; connecting again fails until `comeBack`. */
  goAway(): void
  comeBack(): void
}

export const usualHost: HostInfo = {
  host: 'web',
  version: '0.1.0',
  platform: 'linux',
  machine: 'box',
  userName: 'ana',
  elevated: false,
  actionsAllowed: true,
  endProcessSupported: true,
  closeConnectionSupported: true,
  ownPids: [1],
}

export function createFakeHost(rows: RowInput[] = [], { actionsAllowed = true } = {}): FakeHost {
  const clock = createFakeClock()
  const listeners = new Map<EventName, Set<(value: never) => void>>()
  const builder = new ChangeSetBuilder()
  const calls: { name: CallName; input: unknown }[] = []
  const answers: Answers = {}
  let away = false
  let server: Channel | undefined

  const usual: Partial<Handlers> = {
    getHost: async () => succeed({ ...usualHost, actionsAllowed }),
    getStatus: async () => succeed(host.status()),
    getEngineLink: async () => succeed({ state: 'running', restarts: 0 }),
    getChanges: async () => succeed(builder.full(host.rows, clock.now())),
    refresh: async () => succeed(host.status()),
    // Copies, as everything is that comes through a socket.
    getSettings: async () => succeed(structuredClone(host.settings)),
    getDiagnosis: async () => succeed(diagnosisReport([], { takenAt: clock.now() })),
    changeSettings: async (patch) => {
      host.settings = { ...host.settings, ...(patch as Partial<Settings>) }
      return succeed(structuredClone(host.settings))
    },
  }
  const api: Api = {
    call(name, input) {
      calls.push({ name, input })
      const handler = (answers[name] ?? usual[name]) as ((input: unknown) => Promise<Result<never>>) | undefined
      return handler?.(input) ?? Promise.resolve(fail('internal', `the test has no answer for ${name}`))
    },
    on(name, listener) {
      const of = listeners.get(name) ?? new Set()
      listeners.set(name, of.add(listener))
      return () => void of.delete(listener)
    },
  }
  const connect = async (): Promise<Channel> => {
    if (away) throw new Error('nobody there')
    const [near, far] = createMemoryChannel()
    server = far
    serveRpc({ channel: far, api, allows: (access) => actionsAllowed || access !== 'act' })
    return near
  }
  const host: FakeHost = {
    link: createApiLink({ connect, startTimer: clock.startTimer }),
    clock,
    builder,
    calls,
    answers,
    rows,
    // The hints for a first run would lie over what a test looks at.
    settings: { ...defaultSettings, tourDone: true },
    status: () => ({
      session: builder.session,
      sequence: builder.sequence,
      takenAt: clock.now(),
      intervalMs: 1000,
      rows: host.rows.length,
      tickMs: 2,
      source: 'netlink',
      problems: [],
    }),
    emit(name, value) {
      for (const listener of listeners.get(name) ?? []) listener(value as never)
    },
    callsOf: (name) => calls.filter((call) => call.name === name).map(({ input }) => input),
    goAway() {
      away = true
      server?.close()
    },
    comeBack() {
      away = false
    },
  }
  return host
}
