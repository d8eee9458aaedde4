/** From here on doubling is enough; below, a few more empty slots cost nothing. */
const largeTable = 65_536

/** Small tables take large steps: growing copies and clears, which is a good part of the first look at a busy machine. */
export function nextCapacity(capacity: number): number {
  return capacity * (capacity < largeTable ? 4 : 2)
}

/** `next` with what `old` held in front. */
export function enlarged<T extends Uint8Array | Uint32Array | Float64Array>(old: T, next: T): T {
  next.set(old)
  return next
}
