import { expect, test } from 'vitest'
import { Twins } from '../../../src-main/diagnosis/twins.ts'
import { buildMirror } from '../../builders/mirror-builder.ts'

test('the other end has both endpoints swapped, whatever the family of its socket', () => {
  const mirror = buildMirror([
    { local: '127.0.0.1:5000', remote: '127.0.0.1:80' },
    { local: '127.0.0.1:80', remote: '127.0.0.1:5001' },
    { local: '127.0.0.2:80', remote: '127.0.0.1:5000' },
    { local: '127.0.0.1:80', remote: '127.0.0.1:5000', family: 6 },
    { local: '[::1]:80', remote: '[::1]:5000' },
  ])
  expect(new Twins(mirror, [1, 2, 3, 4]).of(0)).toBe(3)
  expect(new Twins(mirror, [1, 2, 4]).of(0)).toBeUndefined()
  expect(new Twins(mirror, []).of(0)).toBeUndefined()
})
