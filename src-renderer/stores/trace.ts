/** The trace of one connection: asked for, running, and what it showed. Asking for it is what keeps it running. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { fail, type Failure, type Result } from '../../src-shared/contract/result.ts'
import {
  usualTracePackets,
  usualTraceSeconds,
  type TraceFile,
  type TracePacket,
  type TraceStatus,
} from '../../src-shared/contract/trace.ts'
import type { Connection } from '../../src-shared/model/connection.ts'
import { readLadder } from '../../src-shared/trace/read-ladder.ts'
import type { TraceStep } from '../../src-shared/trace/trace-step.ts'
import { summarise } from '../../src-shared/trace/trace-summary.ts'
import { useHostAccess } from './host-access.ts'

export type TracePhase = 'closed' | 'ready' | 'starting' | 'running' | 'ended'

export interface TraceLimits {
  readonly packets: number
  readonly seconds: number
}

/** A person sees a step come within half a second; the engine ends a trace that nobody asks for within seconds. */
const askEveryMs = 400

export const useTrace = defineStore('trace', () => {
  const { link, clock } = useHostAccess()
  const phase = shallowRef<TracePhase>('closed')
  const target = shallowRef<Connection>()
  const limits = shallowRef<TraceLimits>({ packets: usualTracePackets, seconds: usualTraceSeconds })
  const status = shallowRef<TraceStatus>()
  const steps = shallowRef<readonly TraceStep[]>([])
  const failure = shallowRef<Failure>()
  /** Milliseconds since it began, by this machine's steady clock: the host's may differ. */
  const elapsedMs = shallowRef(0)
  let beganAt = 0
  let packets: TracePacket[] = []
  let round = 0
  let cancelAsking: (() => void) | undefined

  const end = (reason?: Failure): void => {
    failure.value = reason
    phase.value = 'ended'
  }
  const ask = async (asked: number, trace: string): Promise<void> => {
    const answer = await link.api.call('getTrace', { trace, from: packets.length })
    if (asked !== round) return
    if (!answer.ok) return end(answer.error)
    status.value = answer.value.status
    elapsedMs.value = clock.steadyNow() - beganAt
    if (answer.value.packets.length > 0) {
      packets = [...packets, ...answer.value.packets]
      steps.value = readLadder(packets, { stateAtStart: answer.value.status.stateAtStart })
    }
    const complete = packets.length >= answer.value.status.packets
    if (answer.value.status.state !== 'running' && complete) end()
    else if (complete) cancelAsking = clock.startTimer(() => void ask(asked, trace), askEveryMs)
    else await ask(asked, trace)
  }
  const letGo = (): void => {
    round += 1
    cancelAsking?.()
    const running = status.value?.state === 'running' ? status.value.trace : undefined
    if (running !== undefined) void link.api.call('stopTrace', { trace: running })
    packets = []
    steps.value = []
    status.value = undefined
    failure.value = undefined
  }

  return {
    phase: computed(() => phase.value),
    target: computed(() => target.value),
    limits: computed(() => limits.value),
    status: computed(() => status.value),
    steps: computed(() => steps.value),
    summary: computed(() => summarise(steps.value)),
    failure: computed(() => failure.value),
    elapsedMs: computed(() => elapsedMs.value),
    open(connection: Connection): void {
      letGo()
      target.value = connection
      phase.value = 'ready'
    },
    setLimits(changed: Partial<TraceLimits>): void {
      limits.value = { ...limits.value, ...changed }
    },
    async start(): Promise<void> {
      if (target.value === undefined || (phase.value !== 'ready' && phase.value !== 'ended')) return
      letGo()
      const asked = round
      phase.value = 'starting'
      const started = await link.api.call('startTrace', { id: target.value.id, ...limits.value })
      if (asked !== round) {
        // The dialog was closed meanwhile: nobody would ask for it.
        if (started.ok && started.value.state === 'running') void link.api.call('stopTrace', { trace: started.value.trace })
        return
      }
      if (!started.ok) return end(started.error)
      status.value = started.value
      if (started.value.state === 'failed') return end()
      phase.value = 'running'
      beganAt = clock.steadyNow()
      await ask(asked, started.value.trace)
    },
    /** The tool still takes a moment to end; asking goes on until it has. */
    stop(): void {
      if (status.value?.state === 'running') void link.api.call('stopTrace', { trace: status.value.trace })
    },
    async file(): Promise<Result<TraceFile>> {
      const trace = status.value?.trace
      return trace === undefined ? fail('not-found', 'There is no trace.') : link.api.call('getTraceFile', { trace })
    },
    close(): void {
      letGo()
      phase.value = 'closed'
    },
  }
})
