/** A record of the row table as one line, for tests that compare whole rows. */
import { addressText } from '../../src-shared/model/address.ts'
import { absentCount } from '../../src-shared/model/columns.ts'
import { stateOfCode } from '../../src-shared/model/tcp-state.ts'
import { flagCounters, flagQueues, flagTupleIdentity, recordWord } from '../../src-main/table/row-record.ts'

const told = (value: number): number | string => (value === absentCount ? '-' : value)
const wide = (low: number, high: number): bigint => (BigInt(high) << 32n) | BigInt(low)

export function recordText(record: Uint32Array): string {
  const word = (name: keyof typeof recordWord, offset = 0): number => record[recordWord[name] + offset]!
  const family = (word('head') >>> 8) & 255
  const address = (name: 'local' | 'remote') => addressText(family, word(name), word(name, 1), word(name, 2), word(name, 3))
  const flags = word('flags')
  return [
    `${word('head') & 255 ? 'udp' : 'tcp'}${family} ${stateOfCode((word('head') >>> 16) & 255) ?? '-'}`,
    `${address('local')} ${word('ports') >>> 16}`,
    `${address('remote')} ${word('ports') & 0xffff}`,
    `pid ${word('pid')}`,
    (flags & flagQueues) === 0 ? 'no queues' : `queues ${told(word('receiveQueue'))} ${told(word('sendQueue'))}`,
    (flags & flagCounters) === 0
      ? 'no counters'
      : `bytes ${wide(word('receivedLow'), word('receivedHigh'))} ${wide(word('sentLow'), word('sentHigh'))}`,
    (flags & flagTupleIdentity) === 0 ? `id ${wide(word('identityLow'), word('identityHigh')).toString(16)}` : 'tuple',
  ].join(', ')
}
