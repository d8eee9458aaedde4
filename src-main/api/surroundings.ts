/** What the diagnosis is told beside the rows, put together from what the platform offers, and no oftener than it changes. */
import { capabilitiesOf } from '../../src-shared/model/capabilities.ts'
import type { Capabilities } from '../../src-shared/model/capability.ts'
import type { ProcessIdentity } from '../../src-shared/model/process.ts'
import type { DescribedProcess, Surroundings } from '../diagnosis/surroundings.ts'
import type { NetworkReader } from '../statistics/network-reader.ts'
import { tcpCountersOf } from '../statistics/tcp-counters.ts'
import type { MachineReader } from './machine-reader.ts'
import type { PlatformParts } from './platform-parts.ts'
import { createRouteLookup } from './route-lookup.ts'

export interface SurroundingsOptions {
  readonly platform: string
  readonly network: NetworkReader
  readonly machine: MachineReader
  readonly describeProcess: PlatformParts['describeProcess']
  /** The source in use; undefined before the first look. */
  readonly sourceId: () => string | undefined
  /** Milliseconds of a steady clock. */
  readonly steadyNow: () => number
}

/** An administrator changes a setting or a route by hand; nobody waits for its effect on a finding. */
const settingsAgeMs = 5000
const routesAgeMs = 5000
/** Several rules and gauges ask about the same process in one look. */
const descriptorsAgeMs = 1500
/** Who is whose parent does not change; a rule asks at every look. */
const processesAgeMs = 5000
/** The report of all counters that other systems than Linux make. */
const countersAgeMs = 500
/** More processes are not asked about in the time that answers are kept. */
const maximumProcesses = 1000

/** A function that reads what is fit for the look that was just made. */
export function createSurroundings({
  platform,
  network,
  machine,
  describeProcess,
  sourceId,
  steadyNow,
}: SurroundingsOptions): () => Surroundings {
  const kept = <Value>(ageMs: number, read: () => Value): (() => Value) => keep(steadyNow, ageMs, read)
  const settings = kept(settingsAgeMs, () => new Map(network.kernelSettings().settings.map(({ id, values }) => [id, values] as const)))
  const routeTo = kept(routesAgeMs, () => createRouteLookup(network.routes()))
  const counters = machine.counters ?? kept(countersAgeMs, () => tcpCountersOf(network.statistics().groups))
  const descriptorsOf = keepPerProcess({
    ageMs: descriptorsAgeMs,
    now: steadyNow,
    // Another bearer of the pid has descriptors of its own.
    keyOf: ({ pid, startToken }: ProcessIdentity) => `${pid}@${startToken}`,
    read: ({ pid }) => machine.descriptorsOf?.(pid),
  })
  const described = keepPerProcess({
    ageMs: processesAgeMs,
    now: steadyNow,
    keyOf: (pid: number) => pid,
    read: (pid): DescribedProcess | undefined => describeProcess(pid),
  })
  return () => {
    const capabilities = capabilitiesOf(platform, sourceId())
    return {
      platform,
      counters: counters(),
      settings: settings(),
      ...machine.socketTotals?.(),
      untold: machine.untold,
      ...told(capabilities),
      descriptorsOf,
      activityOf: machine.activityOf ?? (() => undefined),
      describeProcess: described,
      routeTo: (address) => routeTo()(address),
    }
  }
}

function told(capabilities: Capabilities | undefined): { readonly capabilities?: Capabilities } {
  return capabilities === undefined ? {} : { capabilities }
}

/** Reads when first asked, and again when the answer is older than `ageMs`. */
function keep<Value>(now: () => number, ageMs: number, read: () => Value): () => Value {
  let answer: { readonly at: number; readonly value: Value } | undefined
  return () => {
    const at = now()
    if (answer === undefined || at - answer.at >= ageMs) answer = { at, value: read() }
    return answer.value
  }
}

interface KeepPerProcess<Process, Value> {
  readonly ageMs: number
  readonly now: () => number
  readonly keyOf: (process: Process) => string | number
  readonly read: (process: Process) => Value
}

function keepPerProcess<Process, Value>({ ageMs, now, keyOf, read }: KeepPerProcess<Process, Value>): (process: Process) => Value {
  const answers = new Map<string | number, { readonly at: number; readonly value: Value }>()
  return (process) => {
    const at = now()
    const key = keyOf(process)
    const known = answers.get(key)
    if (known !== undefined && at - known.at < ageMs) return known.value
    if (known === undefined && answers.size >= maximumProcesses) answers.clear()
    const value = read(process)
    answers.set(key, { at, value })
    return value
  }
}
