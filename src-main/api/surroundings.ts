/** What the diagnosis is told beside the rows, put together from what the platform offers, and no oftener than it changes. */
import { capabilitiesOf } from '../../src-shared/model/capabilities.ts'
import type { Capabilities } from '../../src-shared/model/capability.ts'
import type { DescriptorUse, Surroundings } from '../diagnosis/surroundings.ts'
import type { NetworkReader } from '../statistics/network-reader.ts'
import { tcpCountersOf } from '../statistics/tcp-counters.ts'
import type { MachineReader } from './machine-reader.ts'
import { createRouteLookup } from './route-lookup.ts'

export interface SurroundingsOptions {
  readonly platform: string
  readonly network: NetworkReader
  readonly machine: MachineReader
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
/** The report of all counters that other systems than Linux make. */
const countersAgeMs = 500
/** More processes are not asked about in the time that answers are kept. */
const maximumProcesses = 1000

/** A function that reads what is fit for the look that was just made. */
export function createSurroundings({ platform, network, machine, sourceId, steadyNow }: SurroundingsOptions): () => Surroundings {
  const kept = <Value>(ageMs: number, read: () => Value): (() => Value) => keep(steadyNow, ageMs, read)
  const settings = kept(settingsAgeMs, () => new Map(network.kernelSettings().settings.map(({ id, values }) => [id, values] as const)))
  const routeTo = kept(routesAgeMs, () => createRouteLookup(network.routes()))
  const counters = machine.counters ?? kept(countersAgeMs, () => tcpCountersOf(network.statistics().groups))
  const descriptorsOf = keepPerProcess(steadyNow, machine.descriptorsOf ?? (() => undefined))
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

function keepPerProcess(now: () => number, read: (pid: number) => DescriptorUse | undefined): (pid: number) => DescriptorUse | undefined {
  const answers = new Map<number, { readonly at: number; readonly value: DescriptorUse | undefined }>()
  return (pid) => {
    const at = now()
    const known = answers.get(pid)
    if (known !== undefined && at - known.at < descriptorsAgeMs) return known.value
    if (known === undefined && answers.size >= maximumProcesses) answers.clear()
    const value = read(pid)
    answers.set(pid, { at, value })
    return value
  }
}
