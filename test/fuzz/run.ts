/**
 * Every decoder and parser under mutated inputs: run.ts [--seconds 60] [--seed N] [--target TEXT]
 *
 * Ends with 1 when one throws, breaks a promise or hangs; the input is saved. The seed makes the same inputs again.
 */
import { randomInt } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { allTargets } from './all-targets.ts'
import type { FuzzFailure, FuzzPlan, TargetReport } from './fuzz-worker.ts'
import { inputOf } from './mutate-input.ts'

/** No input of ours takes a hundredth of it. */
const hangMs = 10_000
const checkMs = 1000

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, target: { type: 'string', default: '' } },
})
const seconds = Number(values.seconds)
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed)
const targets = [...allTargets.keys()].filter((index) => allTargets[index]!.name.includes(values.target))
if (!(seconds > 0) || !Number.isSafeInteger(seed) || targets.length === 0) {
  console.error('--seconds takes a number above 0, --seed a whole number, --target a part of the name of a target.')
  process.exitCode = 2
} else process.exitCode = await run()

async function run(): Promise<number> {
  console.log(`seed ${seed}, ${targets.length} targets, ${seconds} s; Node ${process.version}`)
  const progress = new Int32Array(new SharedArrayBuffer(8))
  const plan: FuzzPlan = { seed, msPerTarget: (seconds * 1000) / targets.length, targets, progress }
  const worker = new Worker(new URL('fuzz-worker.ts', import.meta.url), { workerData: plan })
  const reports: TargetReport[] = []
  worker.on('message', (report: TargetReport) => {
    reports.push(report)
    tell(report)
  })
  const broken = await endOf(worker, progress)
  const executions = reports.reduce((sum, report) => sum + report.executions, 0)
  const failures = reports.reduce((sum, report) => sum + report.failures.length, 0) + (broken ? 1 : 0)
  console.log(`${executions} executions, ${failures === 0 ? 'no failure' : `${failures} failures`}; seed ${seed}`)
  return failures === 0 ? 0 : 1
}

/** True when the worker hung or broke. */
function endOf(worker: Worker, progress: Int32Array): Promise<boolean> {
  return new Promise((resolve) => {
    let seen = ''
    let seenAt = performance.now()
    const end = (broken: boolean): void => {
      clearInterval(check)
      resolve(broken)
    }
    const check = setInterval(() => {
      const now = progress.join(' ')
      if (now !== seen) [seen, seenAt] = [now, performance.now()]
      if (performance.now() - seenAt < hangMs) return
      tellFailure(progress[0]!, { execution: progress[1]!, reason: `no end after ${hangMs} ms` })
      void worker.terminate().then(() => end(true))
    }, checkMs)
    worker.once('error', (error) => {
      tellFailure(progress[0]!, { execution: progress[1]!, reason: String(error) })
      end(true)
    })
    worker.once('exit', (code) => end(code !== 0))
  })
}

function tell({ target, executions, perSecond, slowestMs, slowest, failures }: TargetReport): void {
  const { name } = allTargets[target]!
  const rate = `${Math.round(perSecond)}/s`.padStart(10)
  console.log(`${name.padEnd(26)} ${String(executions).padStart(9)} ${rate}  slowest ${slowestMs.toFixed(1)} ms (execution ${slowest})`)
  for (const failure of failures) tellFailure(target, failure)
}

function tellFailure(target: number, { execution, reason }: FuzzFailure): void {
  const { name, samples } = allTargets[target]!
  const file = join(mkdtempSync(join(tmpdir(), 'sockscope-fuzz-')), `${name.replaceAll(/[^a-z0-9]+/g, '-')}-${seed}-${execution}.bin`)
  writeFileSync(file, inputOf(samples, seed, execution))
  console.log(`FAILED ${name}, execution ${execution}, input in ${file}\n${reason}`)
}
