/** A listing with everything that one can tell, as the product itself prints it. */
import { connectionAt, type Connection } from '../../../../src-shared/model/connection.ts'
import { buildMirror, builderTakenAt } from '../../../builders/mirror-builder.ts'

const at = Date.parse('2026-11-21T04:00:00.250Z')

export function printedConnections(): Connection[] {
  const mirror = buildMirror([
    {
      local: '127.0.0.1:8080',
      owners: [
        { pid: 812, name: 'nginx', executable: '/usr/sbin/nginx', user: 'www', startedAt: at - 5000 },
        { pid: 813, name: 'nginx: 工作', user: 'www' },
      ],
      user: 'www',
      receiveQueue: 3,
      sendQueue: 511,
      identityHigh: 0xffffffff,
    },
    {
      local: '127.0.0.1:8080',
      remote: '127.0.0.1:50000',
      family: 6,
      owner: { pid: 812, name: 'nginx' },
      receivedBytes: 2 ** 40 + 7,
      sentBytes: 0,
      retransmits: 4,
      receiveQueue: 0,
      sendQueue: 12,
      roundTripMs: 0.042,
      timerKind: 'retransmit',
      timerExpiresAt: builderTakenAt + 1234,
      interface: 'lo',
      firstSeenAt: at,
      stateSinceAt: at + 1,
      createdAt: at - 100,
    },
    {
      local: '127.0.0.1:8080',
      remote: '127.0.0.1:50007',
      receivedBytes: 7,
      sentBytes: 9,
      segmentsSent: 12,
      lastReceivedSeconds: at / 1000 - 60.25,
      lastSentSeconds: at / 1000 - 3600.25,
      unanswered: 2,
    },
    { local: '[::1]:443', remote: '[::1]:50001', state: 'TIME_WAIT', visibility: 'gone', owner: { pid: 7, name: 'was\u001b[31m' } },
    { local: '10.0.0.5:50002', remote: '198.51.100.3:443', visibility: 'not-permitted', identityKind: 'tuple', identityLow: 99 },
    { local: '[::]:53', protocol: 'udp', visibility: 'other-namespace' },
    { local: '0.0.0.0:5353', protocol: 'udp', visibility: 'kernel' },
  ])
  return [...mirror.liveSlots()].map((slot) => connectionAt(mirror, slot))
}
