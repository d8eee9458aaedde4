/** Figures of selected rows over time stay few, and the rows of a process are all found, shared ones included. */
import { expect, it } from 'vitest'
import { RowSamples } from '../../../src-renderer/features/details/row-samples.ts'
import { rowsOfProcess } from '../../../src-renderer/features/details/rows-of-process.ts'
import { buildMirror } from '../../builders/mirror-builder.ts'

it('keeps 15 minutes of the eight rows that were sampled last', () => {
  const mirror = buildMirror([{ remote: '198.51.100.3:443', receiveRate: 10, roundTripMs: 3 }])
  const samples = new RowSamples()
  for (let look = 0; look < 1000; look += 1) {
    mirror.takenAt = 1000 * (look + 1)
    samples.take('c01', mirror, 0)
  }
  expect([samples.of('c01')?.times.length, samples.of('c01')?.times[0]]).toEqual([900, 101_000])
  for (let row = 2; row < 10; row += 1) samples.take(`c0${row}`, mirror, 0)
  expect([samples.of('c01'), samples.of('c02')?.times.length, samples.of('c09')?.times.length]).toEqual([undefined, 1, 1])
})

it('leaves out what the source does not tell', () => {
  const mirror = buildMirror([{ protocol: 'udp', local: '0.0.0.0:53' }])
  mirror.takenAt = 1000
  const samples = new RowSamples()
  samples.take('c01', mirror, 0)
  expect(samples.of('c01')?.valuesOf('roundTripMs')).toEqual([])
})

it('finds the rows of a process by pid and start, counts all and lists a few', () => {
  const web = { name: 'web', pid: 9, startToken: '1' }
  const mirror = buildMirror([
    { owner: web },
    { owners: [{ name: 'other', pid: 3, startToken: '1' }, web] },
    { owner: { name: 'web', pid: 9, startToken: '2' } },
    { owner: web },
    {},
    { owner: web },
  ])
  expect(rowsOfProcess(mirror, web, 2, 0)).toEqual({ slots: [1, 3], count: 3 })
  expect(rowsOfProcess(mirror, { pid: 9, startToken: '3' }, 2, undefined)).toEqual({ slots: [], count: 0 })
})
