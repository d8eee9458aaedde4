import { recordWord } from '../../table/row-record.ts'

/**
 * Hands a finished record on. A socket that was made and never bound is no endpoint of anything, and the kernel lists many of them;
 * it is left out. Where only the process that a socket is used for is known, that one is the owner.
 */
export function handOver(record: Uint32Array, workedFor: number, take: (record: Uint32Array, workedFor: number) => void): void {
  if (record[recordWord.ports] === 0) return
  const owner = record[recordWord.pid]
  if (owner === 0) record[recordWord.pid] = workedFor
  take(record, owner === 0 || owner === workedFor ? 0 : workedFor)
}
