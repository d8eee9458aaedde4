/** Runs targets one after the other for their share of the time. The other thread sees from `progress` when one hangs. */
import { parentPort, workerData } from 'node:worker_threads'
import { allTargets } from './all-targets.ts'
import { inputOf } from './mutate-input.ts'

export interface FuzzPlan {
  readonly seed: number
  readonly msPerTarget: number
  /** Positions in the list of targets. */
  readonly targets: readonly number[]
  /** Two words: the target's position, the execution. */
  readonly progress: Int32Array
}

export interface TargetReport {
  readonly target: number
  readonly executions: number
  readonly perSecond: number
  readonly slowestMs: number
  readonly slowest: number
  readonly failures: readonly FuzzFailure[]
}

export interface FuzzFailure {
  readonly execution: number
  readonly reason: string
}

/** A parser that throws does so often; the first few say enough. */
const mostFailures = 5
const executionsPerClock = 16

const { seed, msPerTarget, targets, progress } = workerData as FuzzPlan
for (const target of targets) parentPort?.postMessage(fuzz(target))

function fuzz(target: number): TargetReport {
  const { samples, run } = allTargets[target]!
  const failures: FuzzFailure[] = []
  const startedAt = performance.now()
  const endsAt = startedAt + msPerTarget
  let executions = 0
  let slowestMs = 0
  let slowest = 0
  Atomics.store(progress, 0, target)
  while (failures.length < mostFailures && (executions % executionsPerClock !== 0 || performance.now() < endsAt)) {
    Atomics.store(progress, 1, executions)
    const input = inputOf(samples, seed, executions)
    const before = performance.now()
    try {
      run(input)
    } catch (error) {
      failures.push({ execution: executions, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
    const took = performance.now() - before
    if (took > slowestMs) [slowestMs, slowest] = [took, executions]
    executions += 1
  }
  const seconds = (performance.now() - startedAt) / 1000
  return { target, executions, perSecond: executions / seconds, slowestMs, slowest, failures }
}
