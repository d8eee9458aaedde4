/** The engine's own implementation of the contract: everything below it put together for one platform, in this process. */
import { hostname } from 'node:os'
import type { Api, Handlers } from '../../src-shared/contract/api.ts'
import type { EndProcessPreview } from '../../src-shared/contract/actions.ts'
import type { CallName, EventName, Events, InputOf, OutputOf } from '../../src-shared/contract/contract.ts'
import { fail, succeed, type Result } from '../../src-shared/contract/result.ts'
import type { HostInfo } from '../../src-shared/contract/status.ts'
import { connectionAt, withoutUndefined, type Connection } from '../../src-shared/model/connection.ts'
import { parseIdentity } from '../../src-shared/model/identity.ts'
import { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { defaultSettings, type Settings } from '../../src-shared/model/settings.ts'
import { Engine } from '../engine/engine.ts'
import { SourceChain } from '../sources/source-chain.ts'
import { packRow } from '../table/pack-change-set.ts'
import { RowTable } from '../table/row-table.ts'
import { actionSupport, capabilityChecks } from './capability-checks.ts'
import { OwnProcesses } from './own-processes.ts'
import { processHandlers } from './process-details.ts'
import { previewEndProcess } from './preview-end-process.ts'
import { remoteAddressesAmong } from './remote-addresses.ts'
import { selectNetworkReader } from './select-network-reader.ts'
import { selectPlatform } from './select-platform.ts'
import { createSurroundings } from './surroundings.ts'
import { createNamesCalls, locateData } from './names-calls.ts'
import { createTraceCalls } from './trace-calls.ts'
import { version } from './version.ts'
import { createWatch } from './watch.ts'

export interface LocalApiOptions {
  readonly platform: string
  /** System release, for `doctor`. */
  readonly kernel: string
  /** The environment: where this user's own files lie. */
  readonly variables?: Readonly<Record<string, string | undefined>>
  readonly userName: string | undefined
  readonly userId: number | undefined
  /** Pids of Sockscope's processes; they and what they started are ended only with the explicit second step. */
  readonly ownPids: readonly number[]
  /** Names this life of the engine; another life must have another name. */
  readonly sessionBase: string
  readonly now: () => number
  readonly steadyNow: () => number
  readonly startTimer: (run: () => void, delayMs: number) => () => void
}

export interface LocalApi {
  readonly api: Api
  /** Looks now and then on every interval; without it, only `refresh` looks. */
  start(): void
  stop(): void
}

export function createLocalApi(options: LocalApiOptions): LocalApi {
  const { startTimer } = options
  const parts = selectPlatform(options.platform, {
    steadyNow: options.steadyNow,
    delay: (ms) => new Promise((resolve) => void startTimer(resolve, ms)),
    isOwn: (pid) => own.has(pid),
    userName: options.userName,
    userId: options.userId,
  })
  const own = new OwnProcesses(options.ownPids, () => parts.parentsNow())
  const network = selectNetworkReader(options.platform)
  const stamped = <Told extends object>(told: Told): Told & { readonly takenAt: number } => ({ takenAt: options.now(), ...told })
  const table = new RowTable({ sessionBase: options.sessionBase })
  const source = new SourceChain(parts.sources)
  const engine = new Engine({ ...options, table, source, resolver: parts.resolver, intervalMs: defaultSettings.intervalMs })
  const settingsListeners = new Set<(settings: Settings) => void>()
  let settings = defaultSettings
  const traces = createTraceCalls({ ...options, findConnection: (id) => findConnection(table, id), routes: () => network.routes().routes })
  const names = createNamesCalls({
    ...options,
    settings: () => settings,
    data: locateData(options.platform, options.variables ?? {}),
    remotesAmong: (addresses) => remoteAddressesAmong(table, addresses),
  })
  const { machine } = parts
  const surroundings = createSurroundings({
    ...options,
    network,
    machine,
    describeProcess: (pid) => parts.describeProcess(pid),
    sourceId: () => source.currentId,
  })
  const watch = createWatch({ engine, surroundings, thresholds: () => settings.thresholds })

  const handlers: Handlers = {
    getHost: async () => succeed(describeHost(options, parts.elevated)),
    getStatus: async () => succeed(engine.status),
    getEngineLink: async () => succeed({ state: 'running', restarts: 0 }),
    getChanges: async (known) => succeed(engine.changesSince(known)),
    refresh: async () => succeed(engine.look()),
    getConnection: async ({ id }) => findConnection(table, id),
    previewEndProcess: async (target): Promise<Result<EndProcessPreview>> => {
      own.lookAgain()
      return previewEndProcess({ parts, table, isOwn: (pid) => own.has(pid) }, target)
    },
    endProcess: async ({ targets, signal, confirmProtected = false }) => {
      own.lookAgain()
      return succeed(await Promise.all(targets.map((target) => parts.terminator.end(target, { signal, confirmProtected }))))
    },
    closeConnections: async ({ ids }) => succeed(await Promise.all(ids.map(async (id) => parts.closer.close(table, id)))),
    getSettings: async () => succeed(settings),
    changeSettings: async (patch) => {
      settings = { ...settings, ...withoutUndefined(patch) }
      engine.setIntervalMs(settings.intervalMs)
      names.settingsChanged()
      for (const listener of settingsListeners) listener(settings)
      return succeed(settings)
    },
    getDoctorReport: async () =>
      succeed(
        withoutUndefined({
          platform: options.platform,
          kernel: options.kernel,
          source: source.currentId,
          checks: [...parts.doctorChecks(), ...(await traces.doctorChecks()), ...capabilityChecks(options.platform, source.currentId)],
          problems: engine.status.problems,
        }),
      ),
    getStatistics: async () => succeed(stamped(network.statistics())),
    getInterfaces: async () => succeed(stamped(network.interfaces())),
    getRoutes: async () => succeed(stamped(network.routes())),
    getKernelSettings: async () => succeed(stamped(network.kernelSettings())),
    ...processHandlers({ ...options, parts }),
    ...watch.handlers,
    ...traces.handlers,
    ...names.handlers,
  }

  return {
    api: {
      call: <Name extends CallName>(name: Name, input: InputOf<Name>): Promise<Result<OutputOf<Name>>> => handlers[name](input),
      on<Name extends EventName>(name: Name, listener: (value: Events[Name]) => void): () => void {
        if (name === 'looked') return engine.onLooked(listener as (value: Events['looked']) => void)
        if (name !== 'settingsChanged') return () => {} // the link to the engine is its host's business
        settingsListeners.add(listener as (value: Settings) => void)
        return () => void settingsListeners.delete(listener as (value: Settings) => void)
      },
    },
    start: () => {
      watch.start()
      engine.start()
    },
    stop: () => {
      engine.stop()
      traces.close()
      parts.closer.dispose()
    },
  }
}

function describeHost({ platform, userName, ownPids }: LocalApiOptions, elevated: boolean): HostInfo {
  return withoutUndefined<HostInfo>({
    host: 'cli',
    version,
    platform,
    machine: hostname(),
    userName,
    elevated,
    actionsAllowed: true,
    ...actionSupport(platform),
    ownPids,
  })
}

function findConnection(table: RowTable, id: string): Result<Connection> {
  const identity = parseIdentity(id)
  const slot = identity === undefined ? -1 : table.findIdentity(identity.low, identity.high)
  if (slot === -1) return fail('not-found', `There is no connection ${id} any more.`, { id })
  const mirror = new RowMirror()
  const applied = mirror.apply(packRow(table, slot))
  const row = applied.ok ? applied.slots.added[0] : undefined
  return row === undefined ? fail('internal', `The row of ${id} could not be packed.`) : succeed(connectionAt(mirror, row))
}
