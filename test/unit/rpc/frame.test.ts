import { describe, expect, it } from 'vitest'
import { decodeFrame, encodeFrame } from '../../../src-shared/rpc/frame.ts'

const buffer = (bytes: readonly number[] | Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer
/** A small generator with a fixed seed: the same bytes in every run. */
function randomBytes(seed: number, length: number): Uint8Array {
  let state = seed + 1
  return Uint8Array.from({ length }, () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9
    return (state >>> 16) & 255
  })
}

describe('a frame', () => {
  it('without bytes is JSON text', () => {
    expect(encodeFrame({ type: 'x', value: 'ü' })).toBe('{"type":"x","value":"ü"}')
    expect(decodeFrame('{"type":"x","value":"ü"}')).toEqual({ type: 'x', value: 'ü' })
  })

  it.each([0, 1, 8, 13, 4096])('carries a message with %i bytes, which start aligned', (length) => {
    for (const text of ['', 'a', '日本語', 'x'.repeat(1000)]) {
      const bytes = Uint8Array.from(randomBytes(length, length))
      const frame = encodeFrame({ type: 'x', text, bytes })
      expect(typeof frame).toBe('object')
      const whole = frame as Uint8Array<ArrayBuffer>
      expect((whole.byteLength - length) % 8).toBe(0)
      const decoded = decodeFrame(whole.buffer) as { bytes: Uint8Array }
      expect(decoded).toEqual({ type: 'x', text, bytes })
      expect(decoded.bytes.byteOffset).toBe(0)
    }
  })

  it('of any bytes is a message or none, never an exception', () => {
    for (let seed = 0; seed < 2000; seed += 1) {
      const length = seed % 64
      expect(() => decodeFrame(buffer(randomBytes(seed, length)))).not.toThrow()
    }
  })

  it('that was cut or changed anywhere is a message or none, never an exception', () => {
    const good = encodeFrame({ type: 'call', id: 1, name: 'getStatus', bytes: Uint8Array.from([1, 2, 3]) }) as Uint8Array<ArrayBuffer>
    for (let index = 0; index < good.length; index += 1) {
      expect(() => decodeFrame(good.slice(0, index).buffer)).not.toThrow()
      for (const value of [0, 0x7f, 0x80, 0xff]) {
        const changed = good.slice()
        changed[index] = value
        expect(() => decodeFrame(changed.buffer)).not.toThrow()
      }
    }
  })

  it.each([
    ['no JSON', '{'],
    ['shorter than its prefix', buffer([1, 2, 3])],
    ['with a text longer than the frame', buffer([255, 255, 255, 255, 0, 0, 0, 0, 123, 125])],
    ['whose text is no UTF-8', buffer([8, 0, 0, 0, 0, 0, 0, 0, 34, 255, 254, 34, 32, 32, 32, 32])],
    ['whose text is no object', buffer([8, 0, 0, 0, 0, 0, 0, 0, 49, 32, 32, 32, 32, 32, 32, 32])],
    ['whose text is null', buffer([8, 0, 0, 0, 0, 0, 0, 0, 110, 117, 108, 108, 32, 32, 32, 32])],
  ])('%s is none', (_what, frame) => {
    expect(decodeFrame(frame)).toBeUndefined()
  })
})
