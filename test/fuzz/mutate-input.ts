/** Inputs near valid ones: most of a good sample survives, so that the code behind the first checks is reached as well. */
import { seededRandom, type SeededRandom } from '../builders/seeded-random.ts'

/** Long enough for several rows of every kind, short enough for many executions per second. */
const longestInput = 16 * 1024
/** Edges of integers and signs that parsers look for. */
const integers = [0, 1, 2, 3, 4, 7, 8, 16, 23, 24, 72, 127, 128, 255, 256, 512, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff]
const signs = [...Buffer.from('\n\n\0 \t:.,-*%[](){}"\\/+019aAfFxZeE\r\u00ff')]
const pieces = [
  '18446744073709551616',
  '-1',
  '1e999',
  '::',
  '0x',
  '__proto__',
  'null',
  '4294967296',
  '\n\n',
  '%4',
  '->',
  '[]',
  '{}',
  '\u{feff}',
].map((text) => Buffer.from(text))

/** The same bytes for the same three numbers. `execution` 0 and on: every sample whole, cut at every byte, then mutations. */
export function inputOf(samples: readonly Uint8Array[], seed: number, execution: number): Uint8Array {
  const planned = plannedInput(samples, execution)
  if (planned !== undefined) return planned
  const random = seededRandom(Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(execution + 1, 0xc2b2ae35))
  if (random.chance(0.03)) return Uint8Array.from({ length: random.below(400) }, () => random.below(256))
  let bytes = Uint8Array.from(random.pick(samples))
  const count = 1 + random.below(random.pick([1, 3, 8]))
  for (let index = 0; index < count; index += 1) bytes = random.pick(mutations)(bytes, random, samples)
  return bytes.subarray(0, longestInput).slice()
}

/** Samples whole, and cut at every byte. */
function plannedInput(samples: readonly Uint8Array[], execution: number): Uint8Array | undefined {
  let rest = execution
  for (const sample of samples) {
    if (rest <= sample.length) return sample.slice(0, sample.length - rest)
    rest -= sample.length + 1
  }
  return undefined
}

type Mutation = (bytes: Uint8Array<ArrayBuffer>, random: SeededRandom, samples: readonly Uint8Array[]) => Uint8Array<ArrayBuffer>

const mutations: readonly Mutation[] = [
  flipBit,
  flipBit,
  writeByte,
  writeByte,
  writeInteger,
  writeInteger,
  (bytes, random) => bytes.slice(0, random.below(bytes.length + 1)),
  remove,
  repeat,
  (bytes, random) => insert(bytes, random.below(bytes.length + 1), random.pick(pieces)),
  swapHalves,
  splice,
]

function flipBit(bytes: Uint8Array<ArrayBuffer>, random: SeededRandom): Uint8Array<ArrayBuffer> {
  const at = random.below(bytes.length)
  if (bytes.length > 0) bytes[at] = bytes[at]! ^ (1 << random.below(8))
  return bytes
}

function writeByte(bytes: Uint8Array<ArrayBuffer>, random: SeededRandom): Uint8Array<ArrayBuffer> {
  if (bytes.length > 0) bytes[random.below(bytes.length)] = random.chance(0.5) ? random.pick(signs) : random.below(256)
  return bytes
}

/** Two or four bytes in either order, more often than not where a field would lie. */
function writeInteger(bytes: Uint8Array<ArrayBuffer>, random: SeededRandom): Uint8Array<ArrayBuffer> {
  if (bytes.length < 4) return bytes
  const aligned = random.chance(0.7) ? ~3 : ~0
  const at = random.below(bytes.length - 3) & aligned
  const value = random.pick(integers)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (random.chance(0.3)) view.setUint16(at, value & 0xffff, random.chance(0.7))
  else view.setUint32(at, value, random.chance(0.7))
  return bytes
}

function remove(bytes: Uint8Array<ArrayBuffer>, random: SeededRandom): Uint8Array<ArrayBuffer> {
  const start = random.below(bytes.length + 1)
  const end = Math.min(bytes.length, start + 1 + random.below(random.pick([2, 16, 200])))
  return joined(bytes.subarray(0, start), bytes.subarray(end))
}

function repeat(bytes: Uint8Array<ArrayBuffer>, random: SeededRandom): Uint8Array<ArrayBuffer> {
  const start = random.below(bytes.length + 1)
  const part = bytes.subarray(start, start + 1 + random.below(random.pick([4, 64, 400])))
  return insert(bytes, random.below(bytes.length + 1), ...Array.from({ length: 1 + random.below(4) }, () => part))
}

function swapHalves(bytes: Uint8Array<ArrayBuffer>, random: SeededRandom): Uint8Array<ArrayBuffer> {
  const at = random.below(bytes.length + 1)
  return joined(bytes.subarray(at), bytes.subarray(0, at))
}

/** The start of one sample and the end of another. */
function splice(bytes: Uint8Array<ArrayBuffer>, random: SeededRandom, samples: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const other = random.pick(samples)
  return joined(bytes.subarray(0, random.below(bytes.length + 1)), other.subarray(random.below(other.length + 1)))
}

function insert(bytes: Uint8Array, at: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return joined(bytes.subarray(0, at), ...parts, bytes.subarray(at))
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(parts))
}
