import { describe, expect, it } from 'vitest'
import type { EngineStatus } from '../../../src-shared/contract/status.ts'
import type { Problem } from '../../../src-shared/model/problem.ts'
import { Engine } from '../../../src-main/engine/engine.ts'
import type { OwnerResolver } from '../../../src-main/processes/owner-resolver.ts'
import { SourceChain } from '../../../src-main/sources/source-chain.ts'
import type { ConnectionSource, LookOutcome } from '../../../src-main/sources/source.ts'
import { RowTable } from '../../../src-main/table/row-table.ts'
import { record } from '../../builders/record-builder.ts'

interface Timer {
  readonly at: number
  readonly run: () => void
}

/** An engine over a made-up system, and a clock that moves only when told. */
function setUp({ lookMs = 0 } = {}) {
  let time = 1000
  let timers: Timer[] = []
  let rows = 3
  let outcome: LookOutcome | undefined
  const calls: string[] = []
  const lookedAt: number[] = []
  const resolverProblems: Problem[] = []
  const source: ConnectionSource = {
    id: 'fake',
    look(table) {
      lookedAt.push(time)
      time += lookMs
      if (outcome?.ok === false) return outcome
      for (let id = 1; id <= rows; id += 1) table.upsert(record({ id }))
      return outcome ?? { ok: true, unread: [], problems: [] }
    },
    close: () => void calls.push('source closed'),
  }
  const resolver: OwnerResolver = { resolve: () => resolverProblems, close: () => void calls.push('resolver closed') }
  const engine = new Engine({
    table: new RowTable({ sessionBase: 'test' }),
    source: new SourceChain([{ id: 'fake', open: () => source }]),
    resolver,
    intervalMs: 1000,
    now: () => 1_700_000_000_000 + time,
    steadyNow: () => time,
    startTimer(run, delayMs) {
      const timer = { at: time + delayMs, run }
      timers.push(timer)
      return () => void (timers = timers.filter((one) => one !== timer))
    },
  })
  const statuses: EngineStatus[] = []
  engine.onLooked((status) => statuses.push(status))
  return {
    engine,
    statuses,
    calls,
    lookedAt,
    resolverProblems,
    pending: () => timers.length,
    fail: (reason: string | undefined) => (outcome = reason === undefined ? undefined : { ok: false, reason }),
    setOutcome: (next: LookOutcome) => (outcome = next),
    setRows: (count: number) => (rows = count),
    advance: (byMs: number): void => {
      const end = time + byMs
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).toSorted((left, right) => left.at - right.at)
        if (next === undefined) break
        timers = timers.filter((one) => one !== next)
        time = Math.max(time, next.at)
        next.run()
      }
      time = Math.max(time, end)
    },
  }
}

describe('the loop', () => {
  it('looks at once and then on every interval, with one timer only', () => {
    const { engine, advance, lookedAt, pending } = setUp()
    engine.start()
    engine.start()
    expect([lookedAt, pending()]).toEqual([[1000], 1])
    advance(3500)
    expect([lookedAt, pending()]).toEqual([[1000, 2000, 3000, 4000], 1])
  })

  it('takes the time of a look off the pause that follows it', () => {
    const { engine, advance, lookedAt } = setUp({ lookMs: 300 })
    engine.start()
    advance(3000)
    expect(lookedAt).toEqual([1000, 2000, 3000, 4000])
  })

  it('leaves a pause after looks that take longer than the interval, and never overlaps them', () => {
    const { engine, advance, lookedAt, pending } = setUp({ lookMs: 2500 })
    engine.start()
    advance(6000)
    expect(lookedAt).toEqual([1000, 3550, 6100, 8650])
    expect(pending()).toBe(1)
  })

  it('takes up a new interval at once', () => {
    const { engine, advance, lookedAt, pending } = setUp()
    engine.start()
    advance(400)
    engine.setIntervalMs(500)
    expect(pending()).toBe(1)
    advance(600)
    expect(lookedAt).toEqual([1000, 1900])
    engine.setIntervalMs(500)
    advance(400)
    expect(lookedAt).toEqual([1000, 1900, 2400])
    expect(engine.status.intervalMs).toBe(500)
  })

  it('does not start a timer for a new interval before it was started', () => {
    const { engine, pending } = setUp()
    engine.setIntervalMs(2000)
    expect(pending()).toBe(0)
  })

  it('stops for good: no timer, source and resolver closed', () => {
    const { engine, advance, lookedAt, calls, pending } = setUp()
    engine.start()
    engine.stop()
    advance(5000)
    expect([lookedAt.length, pending(), calls]).toEqual([1, 0, ['source closed', 'resolver closed']])
  })

  it('lets a look out of turn pass without a second timer', () => {
    const { engine, advance, lookedAt, pending } = setUp()
    engine.start()
    advance(100)
    engine.look()
    expect([lookedAt, pending()]).toEqual([[1000, 1100], 1])
  })
})

describe('the status', () => {
  it('tells the look: when, how long, how many rows, from where', () => {
    const { engine, statuses } = setUp({ lookMs: 12.3456 })
    engine.start()
    expect(statuses).toEqual([
      {
        session: 'test-1',
        sequence: 1,
        takenAt: 1_700_000_001_000,
        intervalMs: 1000,
        rows: 3,
        tickMs: 12.35,
        source: 'fake',
        problems: [],
      },
    ])
  })

  it('of a failed look is an error, and the rows stay', () => {
    const { engine, fail, setRows } = setUp()
    engine.look()
    fail('EIO')
    setRows(0)
    expect(engine.look()).toMatchObject({
      rows: 3,
      problems: [{ code: 'source-failed', severity: 'error', parameters: { reason: 'EIO' } }],
    })
    const { header } = engine.changesSince({ session: engine.table.session, sequence: 1 })
    expect([header.added, header.changed, header.removed]).toEqual([0, 0, 0])
    fail(undefined)
    expect(engine.look()).toMatchObject({ rows: 0, problems: [] })
  })

  it('gathers the problems of sources, tables and owners', () => {
    const { engine, setOutcome, resolverProblems } = setUp()
    setOutcome({ ok: true, unread: [{ protocol: 1 }], problems: [{ code: 'table-unreadable', severity: 'warning' }] })
    resolverProblems.push({ code: 'processes-hidden', severity: 'warning' })
    expect(engine.look().problems.map(({ code }) => code)).toEqual(['table-unreadable', 'processes-hidden'])
  })

  it('goes to whoever listens, until they stop', () => {
    const { engine } = setUp()
    const heard: number[] = []
    const stop = engine.onLooked(({ sequence }) => heard.push(sequence))
    engine.look()
    stop()
    engine.look()
    expect(heard).toEqual([1])
  })
})
