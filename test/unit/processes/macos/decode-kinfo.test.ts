import { expect, it } from 'vitest'
import { decodeKinfo, kinfoBytes } from '../../../../src-main/processes/macos/decode-kinfo.ts'
import { kinfoArray } from '../../../builders/kinfo-bytes.ts'
import { seededRandom } from '../../../builders/seeded-random.ts'

const bytes = kinfoArray([
  { pid: 1, parentPid: 0, uid: 0, command: 'launchd', startSeconds: 1_793_606_401, startMicros: 999_999 },
  { pid: 742, uid: 4_294_967_294, command: 'Google Chrome Helper', zombie: true },
])

it('reads what is laid out field by field', () => {
  expect(decodeKinfo(bytes)).toEqual([
    { pid: 1, parentPid: 0, uid: 0, command: 'launchd', startSeconds: 1_793_606_401, startMicros: 999_999, zombie: false },
    {
      pid: 742,
      parentPid: 1,
      uid: 4_294_967_294,
      command: 'Google Chrome He',
      startSeconds: 1_794_009_599,
      startMicros: 7,
      zombie: true,
    },
  ])
})

it('takes nothing but whole records, at whatever byte the answer breaks off', () => {
  for (let length = 0; length < bytes.length; length += 1)
    expect(decodeKinfo(bytes.subarray(0, length))?.length).toBe(length % kinfoBytes === 0 ? length / kinfoBytes : undefined)
})

it('survives noise', () => {
  const random = seededRandom(5)
  for (let round = 0; round < 200; round += 1) {
    const noise = Uint8Array.from({ length: kinfoBytes * random.below(4) }, () => random.below(256))
    for (const { pid, parentPid } of decodeKinfo(noise) ?? []) expect(Math.min(pid, parentPid)).toBeGreaterThanOrEqual(0)
  }
})
