/** What `gauges` says, in English; the type is the law for the other languages. */
import type { GaugeId } from '../../../src-shared/contract/gauges.ts'

export const gaugesMessagesEn = {
  title: {
    ports: 'Dynamic ports per destination',
    descriptors: 'Descriptors per process',
    'accept-queues': 'Connections waiting for accept()',
    orphans: 'Connections without a process',
    'time-wait': 'TIME_WAIT',
    'tcp-memory': 'Memory of TCP',
  } satisfies Record<GaugeId, string>,
  machine: 'The whole machine',
  range: (from: number, to: number, count: number) => ` (${from} to ${to}, ${count} for each)`,
  untold: (gauge: string, reason: string) => `${gauge}: ${reason}`,
  heading: {
    share: 'Share',
    used: 'Used',
    limit: 'Limit',
    local: 'Local',
    remote: 'Remote',
    process: 'Process',
    states: 'States',
    sockets: 'Sockets',
    what: 'What',
  },
}

export type GaugesMessages = typeof gaugesMessagesEn
