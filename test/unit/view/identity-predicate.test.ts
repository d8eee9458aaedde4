import { expect, test } from 'vitest'
import { identityPredicate } from '../../../src-renderer/view/identity-predicate.ts'
import { buildMirror, type RowInput } from '../../builders/mirror-builder.ts'

const low = 0xdead_beef
const rows: RowInput[] = [
  { identityKind: 'cookie', identityLow: low, identityHigh: 1 },
  { identityKind: 'cookie', identityLow: low, identityHigh: 2 },
  { identityKind: 'tuple', identityLow: low, identityHigh: 1 },
  { identityKind: 'cookie', identityLow: 7, identityHigh: 1 },
]
const passing = (identities: readonly string[]): number[] => {
  const mirror = buildMirror(rows)
  const predicate = identityPredicate(identities)
  return [...mirror.liveSlots()].filter((slot) => predicate(mirror, slot))
}

test('exactly the named connections pass, told apart by kind and by both halves', () => {
  const mirror = buildMirror(rows)
  for (const slot of [0, 1, 2, 3]) expect(passing([mirror.identityOf(slot)])).toEqual([slot])
  expect(passing([mirror.identityOf(3), mirror.identityOf(1)])).toEqual([1, 3])
})

test('no identities let nothing pass, and what is no identity stands for no row', () => {
  expect(passing([])).toEqual([])
  expect(passing(['', 'c12', 'x00000001deadbeef', 'c00000001DEADBEEF'])).toEqual([])
})
