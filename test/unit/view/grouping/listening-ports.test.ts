import { describe, expect, it } from 'vitest'
import { acceptedSlots, listeningPorts, listeningPortSet } from '../../../../src-renderer/view/grouping/listening-ports.ts'
import { buildMirror, builderTakenAt, type RowInput } from '../../../builders/mirror-builder.ts'

const nginx = { name: 'nginx', executable: '/usr/sbin/nginx', pid: 1, startToken: 'a' }
const worker = { ...nginx, pid: 2, startToken: 'b' }
const ports = (rows: readonly RowInput[]) => listeningPorts(buildMirror(rows)).ports
const brief = (rows: readonly RowInput[]) =>
  ports(rows).map(({ protocol, port, slots, scope, accepted }) => [protocol, port, slots.length, scope, accepted])

describe('listening ports', () => {
  it('are TCP in LISTEN and UDP without a peer, and nothing else', () => {
    expect(
      brief([
        { local: '127.0.0.1:80' },
        { local: '127.0.0.1:81', remote: '127.0.0.1:9' },
        { local: '127.0.0.1:82', state: 'BOUND' },
        { protocol: 'udp', local: '10.0.0.1:53' },
        { protocol: 'udp', local: '10.0.0.1:54', remote: '10.0.0.2:53' },
        { protocol: 'udp', local: '0.0.0.0:0' },
      ]),
    ).toEqual([
      ['tcp', 80, 1, 'loopback', 0],
      ['udp', 53, 1, 'private', undefined],
    ])
  })

  it('of one program are one entry for both families and all addresses, as wide as the widest', () => {
    expect(
      brief([
        { local: '127.0.0.1:80', owner: nginx },
        { local: '[::]:80', owner: nginx },
        { local: '192.168.1.4:80', owner: worker },
        { local: '192.168.1.5:80', owner: 'other' },
      ]),
    ).toEqual([
      ['tcp', 80, 3, 'any', 0],
      ['tcp', 80, 1, 'private', 0],
    ])
  })

  it('count the connections that came in through them: the listener of their address before the one of every address', () => {
    const found = ports([
      { local: '0.0.0.0:80', owner: 'wide' },
      { local: '10.0.0.1:80', owner: 'narrow' },
      { local: '[::]:80', owner: 'six' },
      { local: '10.0.0.1:80', remote: '10.0.0.9:1', owner: 'narrow' },
      { local: '10.0.0.2:80', remote: '10.0.0.9:2', owner: 'wide' },
      { local: '10.0.0.2:80', remote: '10.0.0.9:3', state: 'CLOSE_WAIT', owner: 'wide' },
      { local: '10.0.0.2:80', remote: '10.0.0.9:4', state: 'TIME_WAIT' },
      { local: '10.0.0.2:80', remote: '10.0.0.9:5', state: 'SYN_RECEIVED' },
      { local: '[2001:db8::1]:80', remote: '[2001:db8::2]:6', owner: 'six' },
      { protocol: 'udp', local: '10.0.0.2:80', remote: '10.0.0.9:7' },
    ])
    expect(found.map(({ owners, accepted }) => [owners[0]?.name, accepted])).toEqual([
      ['wide', 2],
      ['narrow', 1],
      ['six', 1],
    ])
  })

  it('add up the queues of sockets that share a port, as far as they are told', () => {
    const [shared, untold] = ports([
      { local: '0.0.0.0:80', owner: nginx, receiveQueue: 3, sendQueue: 128 },
      { local: '0.0.0.0:80', owner: worker, receiveQueue: 1, sendQueue: 128 },
      { local: '0.0.0.0:81', owner: nginx },
    ])
    expect([shared?.queued, shared?.backlog, shared?.owners.length]).toEqual([4, 256, 2])
    expect([untold?.queued, untold?.backlog]).toEqual([undefined, undefined])
  })

  it('that were there at the first look may be older', () => {
    const early = builderTakenAt - 60_000
    const found = ports([
      { local: '0.0.0.0:80', firstSeenAt: early },
      { local: '0.0.0.0:81', firstSeenAt: builderTakenAt },
    ])
    expect(found.map(({ port, mayBeOlder }) => [port, mayBeOlder])).toEqual([
      [80, true],
      [81, false],
    ])
  })

  it('know the connections that came in through them, and not those of a port on another address', () => {
    const mirror = buildMirror([
      { local: '0.0.0.0:80', owner: nginx },
      { local: '10.0.0.2:80', owner: { name: 'other', pid: 77, startToken: 'o' } },
      { local: '10.0.0.2:80', remote: '10.0.0.9:1' },
      { local: '10.0.0.3:80', remote: '10.0.0.9:2' },
      { local: '10.0.0.3:80', remote: '10.0.0.9:3', state: 'TIME_WAIT' },
      { local: '10.0.0.3:81', remote: '10.0.0.9:4' },
      { protocol: 'udp', local: '0.0.0.0:80' },
    ])
    const found = listeningPorts(mirror).ports
    expect(found.map((port) => [port.protocol, port.slots[0], acceptedSlots(mirror, port)])).toEqual([
      ['tcp', 0, [3]],
      ['tcp', 1, [2]],
      ['udp', 6, []],
    ])
    expect(found.map(({ accepted }) => accepted)).toEqual([1, 1, undefined])
  })

  it('count the same connections whichever others are filtered away', () => {
    const mirror = buildMirror([
      { local: '0.0.0.0:443', owner: nginx },
      { local: '[::]:443', owner: worker },
      { local: '10.0.0.5:443', owner: 'envoy' },
      ...[1, 2, 3].map((port): RowInput => ({ local: '10.0.0.5:443', remote: `10.0.0.9:${port}`, owner: 'envoy' })),
      { local: '10.0.0.6:443', remote: '10.0.0.9:4', owner: nginx },
    ])
    const accepted = (chosen: (slot: number) => boolean) =>
      listeningPorts(mirror, (_, slot) => chosen(slot)).ports.map((port) => [
        port.owners[0]?.name,
        port.accepted,
        acceptedSlots(mirror, port).length,
      ])
    expect(accepted(() => true)).toEqual([
      ['nginx', 1, 1],
      ['envoy', 3, 3],
    ])
    expect(accepted((slot) => slot === 2)).toEqual([['envoy', 3, 3]])
    expect(accepted((slot) => slot < 2)).toEqual([['nginx', 1, 1]])
    expect(accepted((slot) => slot === 1)).toEqual([['nginx', 1, 1]])
  })

  it('are filtered, and their connections are counted all the same', () => {
    const mirror = buildMirror([{ local: '0.0.0.0:80' }, { local: '0.0.0.0:81' }, { local: '10.0.0.2:80', remote: '10.0.0.9:2' }])
    expect(listeningPorts(mirror, (_, slot) => slot === 0).ports.map(({ port, accepted }) => [port, accepted])).toEqual([[80, 1]])
    const isListening = listeningPortSet(mirror)
    expect([80, 81, 2].map(isListening)).toEqual([true, true, false])
  })
})
