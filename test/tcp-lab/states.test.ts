/**
 * What Sockscope shows of each TCP state, beside what is known to have been done and what `ss` says: the word, the colour, whose it is or
 * why nobody's, the timer, the queues, and since when. Through sock_diag and through /proc/net, for IPv4 and IPv6.
 */
import { release } from 'node:os'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Connection } from '../../src-shared/model/connection.ts'
import { stateDialects, stateWord } from '../../src-shared/model/state-spelling.ts'
import { stateClass } from '../../src-renderer/view/state-class.ts'
import type { EngineInNamespace } from './network/engine-in-namespace.ts'
import { openLab } from './network/lab.ts'
import type { Family } from './network/pair.ts'
import { Bench, openStage, type Stage } from './states/bench.ts'
import { backlog, recipeNamed, stateRecipes } from './states/recipes.ts'
import { shownOf, spelt, type Shown } from './states/shown.ts'
import type { StateRecipe } from './states/state-recipe.ts'

const sides = ['server', 'client'] as const
const sources = ['netlink', 'procfs'] as const
type Side = (typeof sides)[number]
type Source = (typeof sources)[number]

const lab = await openLab()
afterAll(() => {
  if (!('unavailable' in lab)) lab.close()
})
beforeEach(({ skip }) => {
  if ('unavailable' in lab) skip(lab.unavailable)
})

describe.each([4, 6] as const)('IPv%i', (family) => {
  let stage: Stage
  const engines: Record<Side, Record<Source, EngineInNamespace>> = {} as never
  let lastIndex = 0
  /** Builds a recipe without its last step on addresses of its own. */
  const begin = async ({ steps }: StateRecipe): Promise<Bench> => {
    const bench = new Bench(stage, family, (lastIndex += 1))
    for (const step of steps.slice(0, -1)) await step.do(bench)
    return bench
  }
  const build = async (recipe: StateRecipe): Promise<Bench> => {
    const bench = await begin(recipe)
    await recipe.steps.at(-1)!.do(bench)
    return bench
  }
  const rowOf = async (bench: Bench, side: Side, source: Source): Promise<Connection | undefined> =>
    bench.rowIn((await engines[side][source].look()).connections, side)
  const rowInState = ({ state, side }: StateRecipe, bench: Bench, source: Source): Promise<Connection> =>
    engines[side][source].lookFor(({ connections }) => {
      const row = bench.rowIn(connections, side)
      return row?.state === state ? row : undefined
    })

  beforeAll(async () => {
    if ('unavailable' in lab) return
    stage = await openStage(lab)
    for (const side of sides) {
      const namespace = stage.pair[side]
      engines[side] = { netlink: await namespace.engine(), procfs: await namespace.engine({ source: 'procfs' }) }
      // Since when a row of the first look is in its state, nobody can tell.
      for (const source of sources) await engines[side][source].look()
    }
  })

  describe.each(stateRecipes)('$name', (recipe) => {
    const { name, state, side, steps } = recipe
    const shown = shownOf(name)
    let bench: Bench
    const before: Partial<Record<Source, Connection>> = {}
    const after: Partial<Record<Source, Connection>> = {}

    beforeAll(async () => {
      if ('unavailable' in lab) return
      bench = await begin(recipe)
      const seen = async (row: (source: Source) => Promise<Connection | undefined>, into: typeof before): Promise<void> => {
        for (const source of sources) Object.assign(into, { [source]: await row(source) })
      }
      if (shown.before !== undefined) await seen((source) => rowOf(bench, side, source), before)
      await steps.at(-1)!.do(bench)
      await seen((source) => (isTold(recipe, source) ? rowInState(recipe, bench, source) : rowOf(bench, side, source)), after)
    })

    it.each(sources)('shows word, colour, owner or the reason for none, timer and queues through %s', (source) => {
      const { owner, before: _before, timer, ...rest } = shown
      const told = {
        row: { protocol: 'tcp', family: `ipv${family}`, state, words: spelt[state], ...rest },
        owners: [stage[owner].pid],
        user: rest.visibility === 'kernel' ? undefined : 'root',
        timer: timer?.kind,
        isTimerPossible: true,
      }
      // /proc/net does not tell a listener's limit.
      const expected = source === 'procfs' ? { ...told, row: { ...told.row, backlog: undefined } } : told
      expect(partsOf(after[source], rest, timer)).toEqual(isTold(recipe, source) ? expected : undefined)
    })

    it.each(sources)('keeps its row, and since when it is in its state, through %s', async (source) => {
      const now = after[source]
      const later = await rowOf(bench, side, source)
      expect([later?.id, later?.stateSinceAt]).toEqual([now?.id, now?.stateSinceAt])
      expect(before[source]?.state).toBe(shown.before)
      expect(now === undefined ? undefined : historyOf(before[source], now)).toEqual(
        !isTold(recipe, source)
          ? undefined
          : { isSameRow: shown.before !== undefined, stateSince: stateSince[shown.before === state ? 'same' : 'moved'] },
      )
    })

    it('is the same in ss', async ({ skip }) => {
      skip(state === 'BOUND', 'ss lists sockets that are bound only since iproute2 6.8, and only when asked')
      const { out, code } = await stage.pair[side].run('ss', ['-Htan'])
      skip(code !== 0, 'ss cannot be run here')
      const lines = out.split('\n').map((line) => line.trim().split(/\s+/).join(' '))
      expect(lines).toContain(ssLine((await rowOf(bench, side, 'netlink'))!, family))
    })
  })

  it.each(sources)('a handshake that comes to its end keeps its row, which becomes that of who accepts it (%s)', async (source) => {
    const recipe = recipeNamed('syn-received')
    const bench = await build(recipe)
    const halfOpen = await rowInState(recipe, bench, source)
    bench.heal('to-client')
    await bench.accept()
    const open = (await rowOf(bench, 'server', source))!
    expect(open).toMatchObject({ id: halfOpen.id, state: 'ESTABLISHED', visibility: 'full' })
    expect(open.owners.map(({ pid }) => pid)).toEqual([stage.server.pid])
    expect(Date.parse(open.stateSinceAt!)).toBeGreaterThan(Date.parse(halfOpen.stateSinceAt!))
  })

  it('an orphan whose process no look ever saw has no owner, and says that there is none any more', async () => {
    const bench = await build(recipeNamed('fin-wait-1-orphan'))
    for (const source of sources)
      expect(await rowOf(bench, 'client', source)).toMatchObject({ state: 'FIN_WAIT_1', owners: [], visibility: 'gone' })
  })

  it('what is not accepted counts in the queue of its listener', async () => {
    const bench = await build(recipeNamed('not-accepted'))
    const listener = async (source: Source): Promise<Connection | undefined> =>
      bench.listenerIn((await engines.server[source].look()).connections)
    expect(await listener('netlink')).toMatchObject({ state: 'LISTEN', receiveQueue: 1, backlog })
    expect(await listener('procfs')).toMatchObject({ state: 'LISTEN', receiveQueue: 1 })
  })

  it('repeats are counted where the source tells them', async () => {
    const bench = await build(recipeNamed('fin-wait-1'))
    const row = await engines.client.netlink.lookFor(({ connections }) => {
      const seen = bench.rowIn(connections, 'client')
      return (seen?.retransmits ?? 0) >= 2 ? seen : undefined
    })
    expect(row.timer?.kind).toBe('retransmit')
    expect((await rowOf(bench, 'client', 'procfs'))!.retransmits).toBeUndefined()
  })
})

/** What sockets that are bound only are told by: TCP_BOUND_INACTIVE of Linux 6.8, never by /proc/net. */
function isTold({ state }: StateRecipe, source: Source): boolean {
  const [major = 0, minor = 0] = release().split('.').map(Number)
  return state !== 'BOUND' || (source === 'netlink' && (major > 6 || (major === 6 && minor >= 8)))
}

/** The row reduced to what is compared, with the names in `shown`. */
function partsOf(row: Connection | undefined, shown: object, timer: Shown['timer']): unknown {
  if (row === undefined) return undefined
  const { protocol, family, state, owners, user } = row
  const words = [...stateDialects.map((dialect) => stateWord(state!, dialect)), stateClass(state)]
  const rest = Object.fromEntries(Object.keys(shown).map((name) => [name, row[name as keyof Connection]]))
  const expiresInMs = row.timer?.expiresInMs ?? 0
  return {
    row: { protocol, family, state, words, ...rest },
    owners: owners.map(({ pid }) => pid),
    user,
    timer: row.timer?.kind,
    isTimerPossible: expiresInMs >= 0 && expiresInMs <= (timer?.atMostMs ?? 0),
  }
}

const stateSince = { same: 'the same as before', moved: 'a later look than before, or the first that saw the row' } as const

function historyOf(before: Connection | undefined, { id, firstSeenAt, stateSinceAt }: Connection): unknown {
  const known = before?.stateSinceAt ?? firstSeenAt
  const isLater = before === undefined ? stateSinceAt === known : Date.parse(stateSinceAt!) > Date.parse(known)
  return {
    isSameRow: before?.id === id && before.firstSeenAt === firstSeenAt,
    stateSince: isLater ? stateSince.moved : stateSinceAt === known ? stateSince.same : stateSinceAt,
  }
}

/** A line of `ss -Htan` with one space between its columns. */
function ssLine({ state, receiveQueue, sendQueue, backlog: limit, local, remote }: Connection, family: Family): string {
  const ends = [local, remote ?? { address: family === 4 ? '0.0.0.0' : '::', port: '*' }]
  const texts = ends.map(({ address, port }) => `${family === 4 ? address : `[${address}]`}:${port}`)
  return [stateWord(state!, 'ss'), receiveQueue, sendQueue ?? limit, ...texts].join(' ')
}
