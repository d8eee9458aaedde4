/** rtnetlink messages byte by byte, little-endian, as a kernel writes them. */
export function netlinkMessage(type: number, body: readonly number[], { sequence = 1, flags = 2 } = {}): number[] {
  return padded([...u32(16 + body.length), ...u16(type), ...u16(flags), ...u32(sequence), ...u32(0), ...body])
}

export function attribute(type: number, value: readonly number[]): number[] {
  return padded([...u16(4 + value.length), ...u16(type), ...value])
}

export const done = (): number[] => netlinkMessage(3, u32(0))
export const refused = (errno: number): number[] => netlinkMessage(2, [...u32(-errno), ...Array.from({ length: 16 }, () => 0)])

export const u16 = (value: number): number[] => [value & 255, (value >>> 8) & 255]
export const u32 = (value: number): number[] => [...u16(value & 0xffff), ...u16(value >>> 16)]
export const u64 = (value: number): number[] => [...u32(value % 0x1_0000_0000), ...u32(Math.floor(value / 0x1_0000_0000))]
export const zeroTerminated = (text: string): number[] => [...new TextEncoder().encode(text), 0]

function padded(bytes: readonly number[]): number[] {
  return [...bytes, ...Array.from({ length: (4 - (bytes.length % 4)) % 4 }, () => 0)]
}
