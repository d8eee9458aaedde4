import { expect, test } from 'vitest'
import { remoteAddressText } from '../../../../src-shared/model/connection.ts'
import { remoteCount } from '../../../../src-renderer/view/grouping/distinct-remotes.ts'
import { buildMirror, type RowInput } from '../../../builders/mirror-builder.ts'
import { seededRandom } from '../../../builders/seeded-random.ts'

test('as many remote addresses are counted as their texts differ, among few and many that are alike', () => {
  const random = seededRandom(11)
  for (const spread of [1, 2, 7, 200]) {
    const rows = Array.from({ length: 300 }, (): RowInput => {
      const last = random.below(spread)
      const remote = random.pick([`10.0.${last}.1:80`, `[2001:db8::${last.toString(16)}]:80`, `[2001:db8:${last.toString(16)}::]:80`])
      return remote.startsWith('[') ? { local: '[::1]:9', remote } : { remote }
    })
    const mirror = buildMirror([...rows, { local: '0.0.0.0:80' }])
    const slots = rows.map((_, slot) => slot)
    const texts = new Set(slots.map((slot) => remoteAddressText(mirror, slot)))
    expect(remoteCount(mirror, [...slots, rows.length])).toBe(texts.size)
    expect(remoteCount(mirror, Int32Array.from(slots.slice(0, 3)))).toBe(
      new Set(slots.slice(0, 3).map((slot) => remoteAddressText(mirror, slot))).size,
    )
  }
})

test('nobody talks to nobody', () => {
  expect(remoteCount(buildMirror([{ local: '0.0.0.0:80' }]), [0])).toBe(0)
  expect(remoteCount(buildMirror([]), [])).toBe(0)
})
