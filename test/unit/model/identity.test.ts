import { expect, it } from 'vitest'
import { identityText, parseIdentity } from '../../../src-shared/model/identity.ts'

it.each([
  [0, 0, 1, 'c0000000000000001'],
  [0, 0x80000000, 0xffffffff, 'c80000000ffffffff'],
  [1, 0xdeadbeef, 0x00c0ffee, 'tdeadbeef00c0ffee'],
] as const)('%i %i %i is written and read back', (kind, high, low, text) => {
  expect(identityText(kind, low, high)).toBe(text)
  expect(parseIdentity(text)).toEqual({ kind: kind === 0 ? 'cookie' : 'tuple', high, low })
})

it.each([
  '',
  'c',
  'x0000000000000001',
  'c000000000000001',
  'c00000000000000001',
  'C0000000000000001',
  'c000000000000000G',
  ' c0000000000000001',
  'c0000000000000001\n',
])('%j is no id', (text) => expect(parseIdentity(text)).toBeUndefined())
