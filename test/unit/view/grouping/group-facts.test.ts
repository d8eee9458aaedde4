import { remoteCount } from '../../../../src-renderer/view/grouping/distinct-remotes.ts'
import { expect, test } from 'vitest'
import { medianRoundTrip, ownerCountAmong, ownersAmong, servicePorts } from '../../../../src-renderer/view/grouping/group-facts.ts'
import { buildMirror } from '../../../builders/mirror-builder.ts'

const mirror = buildMirror([
  { local: '10.0.0.1:443', remote: '192.0.2.1:5000', owners: ['a', 'b'], roundTripMs: 30 },
  { local: '10.0.0.1:443', remote: '192.0.2.1:5001', owner: 'a', roundTripMs: 10 },
  { local: '10.0.0.1:6000', remote: '192.0.2.2:443', owner: 'c', roundTripMs: 20 },
  { local: '10.0.0.1:443', remote: '192.0.2.3:7000', state: 'TIME_WAIT', roundTripMs: 500 },
  { local: '[2001:db8::1]:7', remote: '[2001:db8::2]:53', protocol: 'udp' },
  { local: '0.0.0.0:443', owner: 'a' },
])
const all = [0, 1, 2, 3, 4, 5]

test('remote addresses are counted once each, and sockets without a peer have none', () => {
  expect(remoteCount(mirror, all)).toBe(4)
  expect(remoteCount(mirror, [5])).toBe(0)
})

test('all owners of shared sockets are among the owners; first owners are counted', () => {
  expect(ownersAmong(mirror, [0, 2]).map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  expect(ownerCountAmong(mirror, all)).toBe(2)
})

test('the service is the listening end, else the remote one, the most frequent first', () => {
  expect(servicePorts(mirror, [0, 1, 2, 4], (port) => port === 443)).toEqual([
    { port: 443, inward: true, protocol: 'tcp' },
    { port: 443, inward: false, protocol: 'tcp' },
    { port: 53, inward: false, protocol: 'udp' },
  ])
})

test('the median leaves out what is over and what is not told', () => {
  expect(medianRoundTrip(mirror, all)).toBe(20)
  expect(medianRoundTrip(mirror, [0, 1])).toBe(20)
  expect(medianRoundTrip(mirror, [3, 4])).toBeNaN()
})
