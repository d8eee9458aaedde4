/**
 * Every call and event between an interface and the engine, declared once: its name, the check of its input, its answer, and what
 * it may do. Adding a call touches this table and its implementation, nothing else.
 */
import * as v from 'valibot'
import type { ChangeSet } from '../model/change-set.ts'
import type { Connection } from '../model/connection.ts'
import { identityPattern } from '../model/identity.ts'
import { settingsPatchSchema, type Settings } from '../model/settings.ts'
import type { ActionOutcome, EndProcessPreview } from './actions.ts'
import type { DiagnosisReport, Evidence } from './diagnosis.ts'
import type { GaugesReport } from './gauges.ts'
import type { Overview } from './overview.ts'
import type { InterfacesReport, KernelSettingsReport, RoutesReport, StatisticsReport } from './network.ts'
import type { DoctorReport, EngineLink, EngineStatus, HostInfo } from './status.ts'
import { maximumTracePackets, maximumTraceSeconds, type TraceAnswer, type TraceFile, type TraceStatus } from './trace.ts'
import type { ProcessDetails } from './process-details.ts'
import { maximumAddressesPerCall, type AddressNames, type NameSources, type ServiceNameList, type WhoisAnswer } from './names.ts'
import type { ConnectionStory } from './story.ts'

/** read: looks. configure: changes this user's settings. act: touches other processes or their connections, or asks other machines. */
export type Access = 'read' | 'configure' | 'act'

export interface Call<Input extends v.GenericSchema = v.GenericSchema, Output = unknown> {
  readonly input: Input
  readonly access: Access
  /** Milliseconds after which a caller stops waiting. */
  readonly timeoutMs: number
  /** Never set; carries the answer's type. */
  readonly output?: Output
}

const usualTimeoutMs = 10_000
/** Ending a process may take the grace period of TERM and then of KILL, for each of several targets at once. */
const endProcessTimeoutMs = 30_000
/** A person selects at most a screen or two of rows; a longer list is a mistake or an attack. */
export const maximumTargets = 1000
/** Room for a rule and two endpoints or a process; a longer id was not made by us. */
const maximumFindingIdLength = 400
/** IPv6 with all its digits and an IPv4 address at its end. */
const maximumAddressLength = 45
/** A resolver that does not answer is given up after two tries. */
const lookUpTimeoutMs = 20_000
/** Three servers, each with its own time to answer. */
const whoisTimeoutMs = 40_000
/** Room for a random id of 128 bits in any spelling. */
const maximumTraceIdLength = 64

function call<Output>() {
  return <Input extends v.GenericSchema>(
    input: Input,
    { access = 'read', timeoutMs = usualTimeoutMs }: { access?: Access; timeoutMs?: number } = {},
  ): Call<Input, Output> => ({ input, access, timeoutMs })
}

const nothing = v.undefined()
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))
const pid = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(0xffffffff))
const process = v.strictObject({ pid, startToken: v.pipe(v.string(), v.minLength(1), v.maxLength(64)) })
const trace = v.pipe(v.string(), v.minLength(1), v.maxLength(maximumTraceIdLength))
const limit = (most: number) => v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most)))
const address = v.pipe(v.string(), v.maxLength(maximumAddressLength), v.ip())
const connectionId = v.pipe(v.string(), v.regex(identityPattern))
const atMost = <Item extends v.GenericSchema>(item: Item) => v.pipe(v.array(item), v.minLength(1), v.maxLength(maximumTargets))

export const contract = {
  /** Who answers, and what it can do here. */
  getHost: call<HostInfo>()(nothing),
  getStatus: call<EngineStatus>()(nothing),
  getEngineLink: call<EngineLink>()(nothing),
  /** Everything that changed since `sequence` of `session`; a full set when that cannot be told. The answer carries bytes. */
  getChanges: call<ChangeSet>()(v.strictObject({ session: v.optional(v.pipe(v.string(), v.maxLength(64))), sequence: count })),
  /** Looks at the operating system now; answers when done. */
  refresh: call<EngineStatus>()(nothing),
  /** One connection as the last look saw it. */
  getConnection: call<Connection>()(v.strictObject({ id: connectionId })),
  /** One process, or nothing when it has ended. The command line only on demand: people put passwords there. */
  getProcess: call<ProcessDetails>()(v.strictObject({ ...process.entries, commandLine: v.optional(v.boolean()) })),
  previewEndProcess: call<EndProcessPreview>()(process),
  /** Without `signal`: TERM, and KILL for what is still there after the grace period. */
  endProcess: call<readonly ActionOutcome[]>()(
    v.strictObject({
      targets: atMost(process),
      signal: v.optional(v.picklist(['TERM', 'KILL'])),
      confirmProtected: v.optional(v.boolean()),
    }),
    { access: 'act', timeoutMs: endProcessTimeoutMs },
  ),
  closeConnections: call<readonly ActionOutcome[]>()(v.strictObject({ ids: atMost(connectionId) }), { access: 'act' }),
  getSettings: call<Settings>()(nothing),
  changeSettings: call<Settings>()(settingsPatchSchema, { access: 'configure' }),
  getDoctorReport: call<DoctorReport>()(nothing),
  /** The protocols' counters since the system started. */
  getStatistics: call<StatisticsReport>()(nothing),
  getInterfaces: call<InterfacesReport>()(nothing),
  getRoutes: call<RoutesReport>()(nothing),
  /** The system's settings that decide how many sockets may be in a state, and for how long. Read only. */
  getKernelSettings: call<KernelSettingsReport>()(nothing),
  /** The life of one connection as looks saw it; explain/ puts it into words. The first question starts the watching. */
  getConnectionStory: call<ConnectionStory>()(v.strictObject({ id: connectionId })),
  /** What is wrong, as of the last look. The first question starts the watching where nobody has. */
  getDiagnosis: call<DiagnosisReport>()(nothing),
  /** The rows that prove a finding. */
  getEvidence: call<Evidence>()(v.strictObject({ finding: v.pipe(v.string(), v.maxLength(maximumFindingIdLength)) })),
  /** Counts of rows and findings, as of the last look. */
  getOverview: call<Overview>()(nothing),
  /** How much of what is limited is used, as of the last look. */
  getGauges: call<GaugesReport>()(nothing),
  /** Captures the headers of one TCP connection. Why it could not begin stands in the status. Nobody asking for it any more ends it. */
  startTrace: call<TraceStatus>()(
    v.strictObject({ id: connectionId, packets: limit(maximumTracePackets), seconds: limit(maximumTraceSeconds) }),
    { access: 'act' },
  ),
  /** Packets from the index on, a bounded number per answer. */
  getTrace: call<TraceAnswer>()(v.strictObject({ trace, from: count })),
  stopTrace: call<TraceStatus>()(v.strictObject({ trace }), { access: 'act' }),
  /** What was captured so far, as a file of headers. The answer carries bytes. */
  getTraceFile: call<TraceFile>()(v.strictObject({ trace })),
  /** Names of all ports that have one. They do not change while the program runs. */
  getServiceNames: call<ServiceNameList>()(nothing),
  /** What is known of the addresses now; asks nobody but, where the settings say so, this machine's resolver, and does not wait for it. */
  getNames: call<{ readonly names: readonly AddressNames[] }>()(
    v.strictObject({ addresses: v.pipe(v.array(address), v.minLength(1), v.maxLength(maximumAddressesPerCall)) }),
  ),
  /** Where names come from. Looks again at the user's own files. */
  getNameSources: call<NameSources>()(nothing),
  /** Asks the resolver for the host name of one address, whatever the settings say, and waits. */
  lookUpName: call<AddressNames>()(v.strictObject({ address }), { access: 'act', timeoutMs: lookUpTimeoutMs }),
  /** Asks registries whom an address belongs to. */
  whois: call<WhoisAnswer>()(v.strictObject({ address }), { access: 'act', timeoutMs: whoisTimeoutMs }),
} as const

export type Contract = typeof contract
export type CallName = keyof Contract
export type InputOf<Name extends CallName> = v.InferOutput<Contract[Name]['input']>
export type OutputOf<Name extends CallName> = NonNullable<Contract[Name]['output']>

/** What an interface may hear without asking. */
export interface Events {
  /** A look at the operating system was finished; ask for changes when you are ready for them. */
  readonly looked: EngineStatus
  readonly engineLink: EngineLink
  readonly settingsChanged: Settings
}
export type EventName = keyof Events
export const eventNames = ['looked', 'engineLink', 'settingsChanged'] as const satisfies readonly EventName[]

export function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(contract, name)
}
