/** The contract's calls about traces: from a row to a plan for the capture tool, and the answers. */
import { randomUUID } from 'node:crypto'
import type { Handlers } from '../../src-shared/contract/api.ts'
import { fail, succeed, type Result } from '../../src-shared/contract/result.ts'
import type { DoctorCheck } from '../../src-shared/contract/status.ts'
import { maximumPacketsPerAnswer, type TraceStatus } from '../../src-shared/contract/trace.ts'
import type { Route } from '../../src-shared/contract/network.ts'
import type { Connection, Endpoint } from '../../src-shared/model/connection.ts'
import { captureHeaders, findTool, ownAddresses, probeCapture } from '../native/capture-headers.ts'
import type { ConversationTrace } from '../trace/conversation-trace.ts'
import { isRefusal, reasonOf } from '../trace/tool-words.ts'
import { traceFilter } from '../trace/trace-filter.ts'
import { traceInterface } from '../trace/trace-interface.ts'
import { Traces, type TracesOptions } from '../trace/traces.ts'

/** The doors to the system; a parameter for the tests. */
export interface TraceSystem {
  readonly capture: TracesOptions['capture']
  readonly findTool: (name: string) => string | undefined
  readonly ownAddresses: () => readonly string[]
  /** What the tool says when it opens an interface. */
  readonly probe: (tool: string, onInterface: string) => Promise<string>
}

export interface TraceCallsOptions extends Pick<TracesOptions, 'now' | 'steadyNow' | 'startTimer'> {
  readonly platform: string
  readonly findConnection: (id: string) => Result<Connection>
  readonly routes: () => readonly Route[]
  readonly system?: TraceSystem
}

export interface TraceCalls {
  readonly handlers: Pick<Handlers, 'startTrace' | 'getTrace' | 'stopTrace' | 'getTraceFile'>
  doctorChecks(): Promise<readonly DoctorCheck[]>
  close(): void
}

const realSystem: TraceSystem = { capture: captureHeaders, findTool, ownAddresses, probe: probeCapture }
const toolName = 'tcpdump'
/** Asking starts the tool: however many ask, it is started once in this time. */
const doctorKeptMs = 30_000

export function createTraceCalls(options: TraceCallsOptions): TraceCalls {
  const { platform, findConnection, routes, system = realSystem } = options
  const traces = new Traces({ ...options, capture: system.capture, newId: randomUUID })

  const start: Handlers['startTrace'] = async ({ id, packets, seconds }) => {
    if (!canTrace(platform)) return succeed(traces.refuse('platform-cannot'))
    const found = findConnection(id)
    if (!found.ok) return found.error.code === 'not-found' ? succeed(traces.refuse('connection-gone')) : found
    const { protocol, local, remote, state } = found.value
    const filter = remote === undefined || protocol !== 'tcp' ? undefined : traceFilter(local, remote)
    if (remote === undefined || filter === undefined) return succeed(traces.refuse('nothing-to-trace', { local }))
    const tool = system.findTool(toolName)
    if (tool === undefined) return succeed(traces.refuse('tcpdump-missing', { local, remote }))
    const facts = { platform, remoteAddress: remote.address, ownAddresses: system.ownAddresses(), routes }
    return succeed(
      await traces.start({ local, remote, stateAtStart: state, interface: traceInterface(facts), filter, tool, packets, seconds }),
    )
  }
  const withTrace = <Value>(id: string, answer: (trace: ConversationTrace) => Value): Result<Value> => {
    const trace = traces.find(id)
    return trace === undefined ? fail('not-found', 'There is no such trace any more.', { trace: id }) : succeed(answer(trace))
  }
  return {
    handlers: {
      startTrace: start,
      getTrace: async ({ trace: id, from }) =>
        withTrace(id, (trace) => ({
          status: trace.status,
          packets: trace.packets.slice(from, from + maximumPacketsPerAnswer).map(({ packet }) => packet),
        })),
      stopTrace: async ({ trace: id }): Promise<Result<TraceStatus>> => {
        const trace = traces.find(id)
        if (trace === undefined) return fail('not-found', 'There is no such trace any more.', { trace: id })
        trace.stop()
        return succeed(trace.status)
      },
      getTraceFile: async ({ trace: id }) =>
        withTrace(id, (trace) => ({ bytes: trace.file(), name: fileName(trace.plan.local, trace.plan.remote, trace.status.startedAt) })),
    },
    doctorChecks: keptFor(doctorKeptMs, options.steadyNow, () => doctorChecks(platform, system)),
    close: () => traces.close(),
  }
}

/** One answer for everybody who asks within the time. */
function keptFor<Value>(keptMs: number, steadyNow: () => number, ask: () => Promise<Value>): () => Promise<Value> {
  let kept: { readonly answer: Promise<Value>; readonly until: number } | undefined
  return () => {
    if (kept === undefined || steadyNow() >= kept.until) kept = { answer: ask(), until: steadyNow() + keptMs }
    return kept.answer
  }
}

function canTrace(platform: string): platform is 'linux' | 'darwin' {
  return platform === 'linux' || platform === 'darwin'
}

/** Where the platform cannot, the capability table says so. */
async function doctorChecks(platform: string, system: TraceSystem): Promise<readonly DoctorCheck[]> {
  if (!canTrace(platform)) return []
  const tool = system.findTool(toolName)
  // Not "missing": everything but traces works without it.
  if (tool === undefined) return [{ id: `trace-tool-${platform}`, status: 'limited' }]
  const words = await system.probe(tool, traceInterface({ platform, remoteAddress: '127.0.0.1', ownAddresses: [], routes: () => [] }))
  if (!isRefusal(words)) return [{ id: 'trace-works', status: 'ok', parameters: { tool } }]
  return [{ id: `trace-rights-${platform}`, status: 'limited', parameters: { tool, reason: reasonOf(words) ?? '' } }]
}

/** Signs that a file name may have everywhere; the time in UTC, seconds exact. */
function fileName(local: Endpoint, remote: Endpoint, startedAt: number): string {
  const time = new Date(startedAt).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')
  return `sockscope-${time}Z-${endInName(local)}-${endInName(remote)}.pcap`
}

function endInName({ address, port }: Endpoint): string {
  return `${address.replaceAll(':', '-')}_${port}`
}
