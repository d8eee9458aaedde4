import { expect, test } from 'vitest'
import { breakdown } from '../../../src-main/diagnosis/breakdown.ts'

test('the largest parts come first, the rest is counted', () => {
  const slots = Array.from({ length: 100 }, (_each, index) => index)
  const parts = breakdown(
    'remote-port',
    slots,
    (slot) => (slot < 40 ? 0 : slot < 70 ? 1 : slot),
    (slot) => `part of ${slot}`,
  )
  expect(parts.parts.slice(0, 2)).toEqual([
    { label: 'part of 0', rows: 40 },
    { label: 'part of 40', rows: 30 },
  ])
  expect(parts.parts).toHaveLength(8)
  expect(parts.others).toBe(24)
})

test('a larger part that comes last is still listed', () => {
  const slots = Array.from({ length: 30 }, (_each, index) => index)
  const { parts, others } = breakdown(
    'state',
    slots,
    (slot) => Math.min(slot, 20),
    (slot) => String(slot),
  )
  expect(parts[0]).toEqual({ label: '20', rows: 10 })
  expect(others).toBe(13)
})

test('rows without a part are left out altogether, and only listed parts get a text', () => {
  let texts = 0
  const { parts, others } = breakdown(
    'process',
    Array.from({ length: 50 }, (_each, index) => index),
    (slot) => (slot % 2 === 0 ? undefined : slot),
    (slot) => {
      texts += 1
      return String(slot)
    },
  )
  expect([parts.length, others, texts]).toEqual([8, 17, 8])
})
