import { describe, expect, it } from 'vitest'
import { RowMirror } from '../../../../src-shared/model/row-mirror.ts'
import { stateCode } from '../../../../src-shared/model/tcp-state.ts'
import { groupingByOwner, ownerGroupings } from '../../../../src-renderer/view/grouping/owner-groupings.ts'
import { groupingByRemote, remoteGroupings } from '../../../../src-renderer/view/grouping/remote-groupings.ts'
import { RowGroups, statePlaces, type Grouping } from '../../../../src-renderer/view/grouping/row-groups.ts'
import { applyOrThrow, buildMirror, ChangeSetBuilder, type RowInput } from '../../../builders/mirror-builder.ts'
import { Churn } from '../churn.ts'
import { seededRandom } from '../random.ts'

interface Told {
  readonly sockets: number
  readonly slots: readonly number[]
  readonly states: readonly number[]
  readonly figures: readonly number[]
}

const round = (value: number | undefined): number => Math.round((value ?? 0) * 1000) / 1000

/** Everything that is said of every group, by key. */
function told(groups: RowGroups): ReadonlyMap<string, Told> {
  const { totals } = groups
  return new Map(
    [...groups.ids()]
      .map((group): [string, Told] => [
        groups.keyOf(group),
        {
          sockets: totals.sockets[group] ?? 0,
          slots: [...groups.slotsOf(group)].toSorted((a, b) => a - b),
          states: [...totals.byState.subarray(group * statePlaces, (group + 1) * statePlaces)],
          figures: [totals.received, totals.sent, totals.receiveRate, totals.sendRate, totals.firstSeenAt, totals.listening].map((column) =>
            round(column[group]),
          ),
        },
      ])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}

function groupsOf(rows: readonly RowInput[], grouping: Grouping): RowGroups {
  const groups = new RowGroups(grouping)
  groups.update(buildMirror(rows))
  return groups
}

const groupings: readonly (readonly [string, () => Grouping])[] = [
  ...ownerGroupings.map((by) => [`by ${by}`, () => groupingByOwner(by)] as const),
  ...remoteGroupings.map((by) => [`by remote ${by}`, () => groupingByRemote(by)] as const),
]

describe('groups of rows', () => {
  it.each(groupings)('%s say after any change what they would say of the same rows seen for the first time', (_name, make) => {
    const churn = new Churn(seededRandom(7))
    const mirror = new RowMirror()
    const groups = new RowGroups(make())
    applyOrThrow(mirror, churn.full(200))
    for (let step = 0; step < 60; step += 1) {
      // Full sets of the same session and of a new one lie between the changes, as after a gap and after a restart.
      const outcome = mirror.apply(step % 20 === 19 ? churn.full(150, step === 39) : churn.delta(40))
      if (outcome.ok && !outcome.slots.reset) for (const slot of outcome.slots.removed) mirror.release(slot)
      groups.update(mirror)
      const anew = new RowGroups(make())
      anew.update(mirror)
      expect(told(groups)).toEqual(told(anew))
      const counted = [...told(groups).values()].reduce((sum, { sockets }) => sum + sockets, 0)
      expect(counted).toBeLessThanOrEqual(mirror.rowCount)
    }
  })

  it('sum what is known and count by state', () => {
    const web = { name: 'web', pid: 7, startToken: 'a' }
    const groups = groupsOf(
      [
        { local: '0.0.0.0:80', owner: web, firstSeenAt: 500 },
        { remote: '192.0.2.1:4000', owner: web, receivedBytes: 10, sentBytes: 1, receiveRate: 5, sendRate: 2, firstSeenAt: 900 },
        { remote: '192.0.2.2:4000', owner: web, state: 'CLOSE_WAIT', receivedBytes: 30, sentBytes: 2, firstSeenAt: 700 },
        { protocol: 'udp', local: '0.0.0.0:53', owner: web },
        { protocol: 'udp', local: '0.0.0.0:5000', remote: '192.0.2.3:53', owner: web },
      ],
      groupingByOwner('process'),
    )
    const [group] = [...groups.ids()]
    const { totals } = groups
    const at = group ?? -1
    expect(groups.keyOf(at)).toBe('7/a')
    expect([
      totals.sockets[at],
      totals.listening[at],
      totals.received[at],
      totals.sent[at],
      totals.receiveRate[at],
      totals.firstSeenAt[at],
    ]).toEqual([5, 2, 40, 3, 5, 500])
    expect([totals.counted[at], totals.rated[at]]).toEqual([2, 1])
    expect(totals.byState[at * statePlaces + stateCode('CLOSE_WAIT')]).toBe(1)
  })

  it('keep a group whose rows are all filtered out, and give it back with its rows', () => {
    const mirror = buildMirror([{ remote: '192.0.2.1:1' }, { remote: '192.0.2.2:1' }])
    const groups = new RowGroups(groupingByRemote('address'))
    groups.update(mirror, () => false)
    expect([...groups.ids()]).toEqual([])
    groups.update(mirror, (_, slot) => slot === 1)
    expect([...groups.ids()].map((group) => groups.slotsOf(group).join(' '))).toEqual(['1'])
    groups.update(mirror)
    expect([...groups.ids()]).toHaveLength(2)
  })

  it('count what passes and what there is, rows in no group left out', () => {
    const mirror = buildMirror([{ remote: '192.0.2.1:1' }, { remote: '192.0.2.2:1' }, { local: '0.0.0.0:80' }])
    const groups = new RowGroups(groupingByRemote('address'))
    groups.update(mirror, (_, slot) => slot === 1)
    expect(groups.counts).toEqual({ shown: 1, all: 2 })
  })

  it.each(groupings)('%s are found by their keys', (_name, make) => {
    const mirror = new RowMirror()
    const groups = new RowGroups(make())
    applyOrThrow(mirror, new Churn(seededRandom(3)).full(200))
    groups.update(mirror)
    const ids = [...groups.ids()]
    expect(ids.map((group) => groups.idOfKey(groups.keyOf(group)))).toEqual(ids)
    expect(ids.map((group) => groups.firstSlotOf(group))).toEqual(ids.map((group) => groups.slotsOf(group)[0]))
    expect(groups.idOfKey('nobody')).toBe(undefined)
  })

  it('follow a row to another group when its peer or its owner changes', () => {
    const builder = new ChangeSetBuilder()
    const mirror = new RowMirror()
    applyOrThrow(mirror, builder.full([{ id: 1, protocol: 'udp', local: '0.0.0.0:9', owner: 'a' }]))
    const byRemote = new RowGroups(groupingByRemote('address'))
    const byOwner = new RowGroups(groupingByOwner('executable'))
    const keys = (groups: RowGroups): string[] => {
      groups.update(mirror)
      return [...groups.ids()].map((group) => groups.keyOf(group))
    }
    expect([keys(byRemote), keys(byOwner)]).toEqual([[], ['a']])
    applyOrThrow(mirror, builder.delta({ changed: [{ id: 1, protocol: 'udp', local: '0.0.0.0:9', remote: '192.0.2.1:53', owner: 'b' }] }))
    expect([keys(byRemote), keys(byOwner)]).toEqual([[String(0xc0000201)], ['b']])
  })

  it('of remote ends take an IPv4 peer of an IPv6 socket for that peer, and networks for /24 and /64', () => {
    const rows: RowInput[] = [
      { remote: '192.0.2.1:443' },
      { family: 6, local: '[::ffff:192.0.2.9]:1', remote: '[::ffff:192.0.2.1]:443' },
      { remote: '192.0.2.77:443' },
      { local: '[2001:db8::9]:1', remote: '[2001:db8::1]:443' },
      { local: '[2001:db8::9]:2', remote: '[2001:db8::2]:443' },
      { local: '[2001:db8::9]:3', remote: '[2001:db8:0:1::2]:443' },
    ]
    const sizes = (by: 'address' | 'network'): number[] =>
      [...told(groupsOf(rows, groupingByRemote(by))).values()].map(({ sockets }) => sockets)
    expect(sizes('address').toSorted((a, b) => a - b)).toEqual([1, 1, 1, 1, 2])
    expect(sizes('network').toSorted((a, b) => a - b)).toEqual([1, 2, 3])
  })

  it('by host join the addresses of one name as soon as the name is known', () => {
    const mirror = buildMirror([{ remote: '192.0.2.1:443' }, { remote: '192.0.2.2:443' }])
    const groups = new RowGroups(groupingByRemote('host'))
    const count = (): number => {
      groups.update(mirror)
      return [...groups.ids()].length
    }
    expect(count()).toBe(2)
    mirror.names.learn('192.0.2.1', { host: 'cdn.example.net' })
    mirror.names.learn('192.0.2.2', { host: 'CDN.example.net' })
    expect(count()).toBe(1)
  })

  it('tell rows without an owner apart by why it is not known', () => {
    const groups = groupsOf(
      [{ visibility: 'not-permitted' }, { visibility: 'not-permitted' }, { visibility: 'gone', state: 'TIME_WAIT' }],
      groupingByOwner('process'),
    )
    expect([...groups.ids()].map((group) => groups.totals.sockets[group])).toEqual([2, 1])
  })
})
