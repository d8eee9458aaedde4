import { describe, expect, it } from 'vitest'
import { parseThresholds } from '../../../src-main/cli/threshold-option.ts'
import { thresholdIds, thresholds, thresholdsInForce } from '../../../src-shared/model/thresholds.ts'

describe('--thresholds', () => {
  it.each([
    ['close-wait-age=2s', { 'close-wait-age': 2000 }],
    ['close-wait-age=500ms', { 'close-wait-age': 500 }],
    ['close-wait-age=1.5s', { 'close-wait-age': 1500 }],
    ['idle-age=2h', { 'idle-age': 7_200_000 }],
    ['idle-age=1d', { 'idle-age': 86_400_000 }],
    ['idle-age=5m', { 'idle-age': 300_000 }],
    ['idle-age=5min', { 'idle-age': 300_000 }],
    ['stalled-queue=64KiB', { 'stalled-queue': 65_536 }],
    ['stalled-queue=64kb', { 'stalled-queue': 64_000 }],
    ['stalled-queue=1', { 'stalled-queue': 1 }],
    ['stalled-queue=1.5MiB', { 'stalled-queue': 1_572_864 }],
    ['port-share=80%', { 'port-share': 0.8 }],
    ['port-share=7%', { 'port-share': 0.07 }],
    ['port-share=0.35', { 'port-share': 0.35 }],
    ['churn-rate=12.5/s', { 'churn-rate': 12.5 }],
    ['churn-rate=12', { 'churn-rate': 12 }],
    [' Close-Wait-Count = 3 , port-share=50% ', { 'close-wait-count': 3, 'port-share': 0.5 }],
  ])('reads %s', (text, value) => {
    expect(parseThresholds(text)).toEqual({ ok: true, value })
  })

  it.each([
    ['', { kind: 'no-value', entry: '' }],
    ['close-wait-age', { kind: 'no-value', entry: 'close-wait-age' }],
    ['close-wait-age=', { kind: 'no-value', entry: 'close-wait-age=' }],
    ['=2s', { kind: 'no-value', entry: '=2s' }],
    ['close-wait-count=3,', { kind: 'no-value', entry: '' }],
    ['close-wait-cout=3', { kind: 'unknown', id: 'close-wait-cout', near: 'close-wait-count' }],
    ['constructor=3', { kind: 'unknown', id: 'constructor' }],
    ['close-wait-count=3,close-wait-count=4', { kind: 'twice', id: 'close-wait-count' }],
    ['close-wait-age=2', { kind: 'bad-value', id: 'close-wait-age', value: '2', unitMissing: true }],
    ['close-wait-age=2x', { kind: 'bad-value', id: 'close-wait-age', value: '2x', unitMissing: false }],
    ['close-wait-age=1ms', { kind: 'bad-value', id: 'close-wait-age', value: '1ms', unitMissing: false }],
    ['close-wait-age=2d', { kind: 'bad-value', id: 'close-wait-age', value: '2d', unitMissing: false }],
    ['close-wait-count=1.5', { kind: 'bad-value', id: 'close-wait-count', value: '1.5', unitMissing: false }],
    ['close-wait-count=-1', { kind: 'bad-value', id: 'close-wait-count', value: '-1', unitMissing: false }],
    ['close-wait-count=1e3', { kind: 'bad-value', id: 'close-wait-count', value: '1e3', unitMissing: false }],
    ['port-share=120%', { kind: 'bad-value', id: 'port-share', value: '120%', unitMissing: false }],
    ['port-share=80', { kind: 'bad-value', id: 'port-share', value: '80', unitMissing: false }],
    ['stalled-queue=64constructor', { kind: 'bad-value', id: 'stalled-queue', value: '64constructor', unitMissing: false }],
    ['close-wait-age=NaN', { kind: 'bad-value', id: 'close-wait-age', value: 'NaN', unitMissing: false }],
  ])('refuses "%s"', (text, problem) => {
    expect(parseThresholds(text)).toEqual({ ok: false, problem })
  })

  it('takes the usual value of every threshold, and its limits', () => {
    const suffix = { count: '', milliseconds: 'ms', bytes: 'B', 'per-second': '/s', share: '' } as const
    for (const id of thresholdIds) {
      const { unit, usual, minimum, maximum } = thresholds[id]
      for (const value of [usual, minimum, maximum]) {
        expect(parseThresholds(`${id}=${value}${suffix[unit]}`)).toEqual({ ok: true, value: { [id]: value } })
      }
    }
    expect(thresholdsInForce({})['close-wait-count']).toBe(10)
  })
})
