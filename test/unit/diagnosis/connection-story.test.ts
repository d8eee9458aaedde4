import { describe, expect, it } from 'vitest'
import { connectionStory } from '../../../src-main/diagnosis/connection-story.ts'
import type { PortRange } from '../../../src-main/diagnosis/port-range.ts'
import { ObservedTable } from '../../../src-main/diagnosis/observed-table.ts'
import { StateJournal } from '../../../src-main/diagnosis/state-journal.ts'
import { ChangeSetBuilder, builderTakenAt, type RowInput } from '../../builders/mirror-builder.ts'
import type { ChangeSet } from '../../../src-shared/model/change-set.ts'

const range: PortRange = { first: 32_768, last: 60_999 }

function storyAfter(sets: readonly ChangeSet[], rowId = 1, portRange: PortRange | 'unknown' = range) {
  const table = new ObservedTable()
  const journal = new StateJournal()
  for (const set of sets) {
    if (!table.observe(set)) throw new Error('the set did not fit')
    journal.follow(table)
  }
  return connectionStory(table.mirror, journal, table.mirror.slotOfRow(rowId)!, portRange === 'unknown' ? undefined : portRange)
}

const storyOf = (rows: readonly RowInput[], portRange?: PortRange) => storyAfter([new ChangeSetBuilder().full(rows)], 1, portRange)

describe('the role of this side', () => {
  const cases: readonly (readonly [title: string, rows: readonly RowInput[], role: object | undefined])[] = [
    [
      'who calls right now is seen to call',
      [{ local: '192.0.2.1:40000', remote: '198.51.100.3:443', state: 'SYN_SENT' }],
      { side: 'client', from: 'seen' },
    ],
    [
      'who answers a call right now was called',
      [{ local: '192.0.2.1:40000', remote: '198.51.100.3:443', state: 'SYN_RECEIVED' }],
      { side: 'server', from: 'seen' },
    ],
    [
      'with a listener on the local endpoint it was probably called',
      [{ local: '192.0.2.1:8080', remote: '198.51.100.3:50000' }, { local: '0.0.0.0:8080' }],
      { side: 'server', from: 'guessed' },
    ],
    [
      'with a listener of this machine on the remote endpoint it probably called',
      [{ local: '127.0.0.1:20000', remote: '127.0.0.1:8080' }, { local: '0.0.0.0:8080' }],
      { side: 'client', from: 'guessed' },
    ],
    [
      'a listener for every address says nothing about a port of another machine',
      [{ local: '192.0.2.1:20000', remote: '198.51.100.3:8080' }, { local: '0.0.0.0:8080' }],
      undefined,
    ],
    [
      'from a dynamic port to a fixed one it probably called',
      [{ local: '192.0.2.1:40000', remote: '198.51.100.3:443' }],
      { side: 'client', from: 'guessed' },
    ],
    ['between two dynamic ports nobody knows', [{ local: '192.0.2.1:40000', remote: '198.51.100.3:50000' }], undefined],
    ['a listening socket has no role', [{ local: '0.0.0.0:8080' }], undefined],
    ['UDP has no role', [{ protocol: 'udp', local: '192.0.2.1:40000', remote: '198.51.100.3:53' }], undefined],
    [
      'two listeners contradict each other',
      [{ local: '127.0.0.1:8080', remote: '127.0.0.1:9090' }, { local: '127.0.0.1:8080' }, { local: '127.0.0.1:9090' }],
      undefined,
    ],
    [
      'an IPv6 listener of another family takes IPv4 calls where nothing better listens',
      [{ local: '192.0.2.1:8080', remote: '198.51.100.3:50000' }, { local: '[::]:8080' }],
      { side: 'server', from: 'guessed' },
    ],
  ]
  it.each(cases)('%s', (_title, rows, role) => {
    expect(storyOf(rows, range).role).toEqual(role)
  })

  it('does not guess from ports when the range is unknown', () => {
    expect(
      storyAfter([new ChangeSetBuilder().full([{ local: '192.0.2.1:40000', remote: '198.51.100.3:443' }])], 1, 'unknown').role,
    ).toBeUndefined()
  })

  it('remembers the call after the connection is open', () => {
    const builder = new ChangeSetBuilder()
    const row: RowInput = { id: 1, local: '192.0.2.1:20', remote: '198.51.100.3:443' }
    const story = storyAfter([
      builder.full([{ ...row, state: 'SYN_SENT', stateSinceAt: builderTakenAt }]),
      builder.delta({ changed: [{ ...row, state: 'ESTABLISHED', firstSeenAt: builderTakenAt, stateSinceAt: builderTakenAt + 1000 }] }),
    ])
    expect(story.role).toEqual({ side: 'client', from: 'seen' })
    expect(story.path).toEqual([
      { state: 'SYN_SENT', since: builderTakenAt },
      { state: 'ESTABLISHED', since: builderTakenAt + 1000 },
    ])
  })
})

describe('the other end and the listener', () => {
  it('finds the row with swapped endpoints, and its owner with it', () => {
    const { peer } = storyOf([
      { local: '127.0.0.1:40000', remote: '127.0.0.1:8080', state: 'CLOSE_WAIT', owner: 'leaky' },
      { local: '127.0.0.1:8080', remote: '127.0.0.1:40000', state: 'FIN_WAIT_2', owner: 'server' },
      { local: '127.0.0.1:8080', remote: '127.0.0.1:40001' },
    ])
    expect(peer).toMatchObject({ state: 'FIN_WAIT_2', owners: [{ name: 'server' }] })
  })

  it('finds the IPv4 end of an IPv6 socket', () => {
    const story = storyOf([
      { local: '127.0.0.1:40000', remote: '127.0.0.1:8080' },
      { local: '127.0.0.1:8080', remote: '127.0.0.1:40000', family: 6 },
    ])
    expect(story.peer).toMatchObject({ family: 'ipv6', v4Mapped: true })
  })

  it('does not take a UDP socket or itself for the other end', () => {
    expect(
      storyOf([
        { local: '127.0.0.1:5', remote: '127.0.0.1:6' },
        { protocol: 'udp', local: '127.0.0.1:6', remote: '127.0.0.1:5' },
      ]).peer,
    ).toBeUndefined()
    expect(storyOf([{ local: '127.0.0.1:5', remote: '127.0.0.1:5' }]).peer).toBeUndefined()
  })

  it('prefers the listener with the very address', () => {
    const { listener } = storyOf([
      { local: '127.0.0.1:8080', remote: '127.0.0.1:40000' },
      { local: '0.0.0.0:8080', identityLow: 0xa },
      { local: '127.0.0.1:8080', identityLow: 0xb },
    ])
    expect(listener).toEqual({ id: 'c000000000000000b', local: { address: '127.0.0.1', port: 8080 } })
  })

  it('forgets an end that is gone', () => {
    const builder = new ChangeSetBuilder()
    const story = storyAfter([
      builder.full([
        { local: '127.0.0.1:5', remote: '127.0.0.1:6' },
        { local: '127.0.0.1:6', remote: '127.0.0.1:5' },
      ]),
      builder.delta({ removed: [2] }),
      builder.delta({}),
    ])
    expect(story.peer).toBeUndefined()
  })
})
