/** A 32-bit word with its bytes the other way round: network order read by a machine that keeps the low byte first. */
export function swapWord(value: number): number {
  return ((value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24)) >>> 0
}
