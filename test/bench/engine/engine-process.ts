/** The engine in a process of its own, as the hosts run it. Does what it is told by messages and answers with what it cost. */
import { userInfo } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { createLinuxParts } from '../../../src-main/api/linux/linux-parts.ts'
import type { ChangeSet } from '../../../src-shared/model/change-set.ts'
import { Engine } from '../../../src-main/engine/engine.ts'
import { SourceChain } from '../../../src-main/sources/source-chain.ts'
import { RowTable } from '../../../src-main/table/row-table.ts'
import { endWithParent } from './child-program.ts'
import { checkOwners, readTruth, type OwnerCheck } from './owner-truth.ts'
import type { Spent } from './stopwatch.ts'

export type EngineTask = { readonly task: 'tick' | 'cold' } | { readonly task: 'check'; readonly loadPids: readonly number[] }

export interface LookCost extends Spent {
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly removed: number
  readonly bytes: number
  readonly source: string | undefined
}

interface Consumed {
  readonly engine: Engine
  readonly set: ChangeSet
}

let lives = 0
/** The engine whose ticks are measured, and what its consumer knows. */
let steady: { readonly engine: Engine; known: { readonly session?: string; readonly sequence: number } } | undefined

endWithParent()
process.on('message', (message) => process.send?.(perform(message as EngineTask)))
process.send?.('ready')

function perform(order: EngineTask): LookCost | OwnerCheck {
  if (order.task === 'check') return check(new Set(order.loadPids))
  return order.task === 'tick' ? measure(tick) : coldStart()
}

/** A fresh table and resolver, the first look and the full set for a consumer. */
function coldStart(): LookCost {
  let engine: Engine | undefined
  const cost = measure(() => {
    engine = createEngine()
    engine.look()
    return { engine, set: engine.changesSince({ sequence: 0 }) }
  })
  engine?.stop()
  return cost
}

/** One look and what a consumer of the one before gets. */
function tick(): Consumed {
  steady ??= { engine: createEngine(), known: { sequence: 0 } }
  const { engine } = steady
  engine.look()
  const set = engine.changesSince(steady.known)
  steady.known = { session: set.header.session, sequence: set.header.sequence }
  return { engine, set }
}

function check(loadPids: ReadonlySet<number>): OwnerCheck {
  const before = readTruth()
  const { engine } = tick()
  return checkOwners(engine.table, before, readTruth(), loadPids)
}

function createEngine(): Engine {
  const { username, uid } = userInfo()
  const parts = createLinuxParts({ steadyNow, delay: (ms) => wait(ms), isOwn: () => false, userName: username, userId: uid })
  lives += 1
  return new Engine({
    table: new RowTable({ sessionBase: `bench-${lives}` }),
    source: new SourceChain(parts.sources),
    resolver: parts.resolver,
    intervalMs: 1000,
    now: () => Date.now(),
    steadyNow,
    startTimer: () => () => {}, // looks happen on request only
  })
}

function steadyNow(): number {
  return performance.now()
}

function measure(run: () => Consumed): LookCost {
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  const { engine, set } = run()
  const wallMs = performance.now() - startedAt
  const { user, system } = process.cpuUsage(cpuBefore)
  const { added, changed, removed } = set.header
  const { rows, source } = engine.status
  return { wallMs, cpuMs: (user + system) / 1000, rows, added, changed, removed, bytes: set.bytes.length, source }
}
