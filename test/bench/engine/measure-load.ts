/** One load: every method in turns, so that whatever else the machine does falls on all of them alike. */
import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findExecutable } from '../../../scripts/run/find-executable.mjs'
import { endProgram, nextMessage, startProgram } from './child-program.ts'
import type { EngineTask, LookCost } from './engine-process.ts'
import { baseline, coldStart, firstLook, likeForLike, median, steadyTick, type LoadFigures } from './figures.ts'
import type { OwnerCheck } from './owner-truth.ts'
import type { Load } from './socket-load.ts'
import { timeCommand, type Spent } from './stopwatch.ts'

const commands: readonly (readonly [method: string, command: readonly string[]])[] = [
  [baseline, ['ss', '-tanp']],
  [likeForLike, ['ss', '-tanpei']],
  ['netstat -tanp', ['netstat', '-tanp']],
  ['lsof -nP -i', ['lsof', '-nP', '-i']],
  ['systeminformation.networkConnections()', [process.execPath, fileURLToPath(new URL('systeminformation-once.ts', import.meta.url))]],
]
const tickIntervalMs = 1000
const ticksPerRound = 3
/** The running engine is long warm when a user looks at it. */
const warmUpTicks = 5

export async function measureLoad(name: string, load: Load, { rounds, checks }: { rounds: number; checks: number }): Promise<LoadFigures> {
  const samples = new Map<string, Spent[]>()
  const skipped = new Map<string, string>()
  const note = (method: string, spent: Spent): void => void samples.set(method, [...(samples.get(method) ?? []), spent])
  const { child: engine } = await startProgram<'ready'>('./engine-process.ts', [])
  const ticks: LookCost[] = []
  try {
    for (let count = 0; count < warmUpTicks; count += 1) await ask(engine, { task: 'tick' })
    await ask(engine, { task: 'cold' })
    for (let round = 0; round < rounds; round += 1) {
      for (const [method, command] of commands) timeOrSkip(method, command, note, skipped)
      note(coldStart, await ask<LookCost>(engine, { task: 'cold' }))
      note(firstLook, await coldInNewProcess())
      await ask(engine, { task: 'tick' }) // catches up on what the other methods took
      for (let count = 0; count < ticksPerRound; count += 1) {
        await wait(tickIntervalMs)
        const cost = await ask<LookCost>(engine, { task: 'tick' })
        ticks.push(cost)
        note(steadyTick, cost)
      }
    }
    const owners = await checkOwners(engine, load, checks)
    const last = ticks.at(-1)
    return {
      load: name,
      rows: last?.rows ?? 0,
      source: last?.source,
      samples,
      skipped,
      addedPerTick: median(ticks.map(({ added }) => added)),
      bytesPerTick: median(ticks.map(({ bytes }) => bytes)),
      owners,
    }
  } finally {
    await endProgram(engine)
  }
}

function timeOrSkip(
  method: string,
  command: readonly string[],
  note: (method: string, spent: Spent) => void,
  skipped: Map<string, string>,
): void {
  if (skipped.has(method)) return
  const [program = ''] = command
  const spent = findExecutable([program]) === undefined ? `there is no ${program} here` : timeCommand(command)
  if (typeof spent === 'string') skipped.set(method, spent)
  else note(method, spent)
}

async function coldInNewProcess(): Promise<LookCost> {
  const { child } = await startProgram<'ready'>('./engine-process.ts', [])
  try {
    return await ask<LookCost>(child, { task: 'cold' })
  } finally {
    await endProgram(child)
  }
}

async function checkOwners(engine: ChildProcess, load: Load, checks: number): Promise<OwnerCheck[]> {
  const found: OwnerCheck[] = []
  for (let count = 0; count < checks; count += 1) {
    await ask(engine, { task: 'tick' })
    await wait(tickIntervalMs)
    found.push(await ask<OwnerCheck>(engine, { task: 'check', loadPids: [...load.pids] }))
  }
  return found
}

function ask<Answer>(engine: ChildProcess, task: EngineTask): Promise<Answer> {
  const answer = nextMessage<Answer>(engine, 'engine-process.ts')
  engine.send(task)
  return answer
}
