/**
 * The pure decoders and parsers of every platform, on any platform: rows per millisecond, and heap bytes that one row costs.
 *
 *   node --expose-gc --min-semi-space-size=1024 --max-semi-space-size=1024 run.ts [--quick]
 */
import { parseArgs } from 'node:util'
import { getHeapSpaceStatistics } from 'node:v8'
import { binaryCases } from './binary-cases.ts'
import { measure, type DecoderFigures } from './measure.ts'
import { textCases } from './text-cases.ts'

const rows = 100_000
const rounds = 9
const quickRounds = 3
/**
 * Half of the smallest object, a boxed number. Not 0: the first rows of each call run in code that is not optimised yet and boxes the
 * numbers above 2^31.
 */
const mostBinaryBytesPerRow = 8
/** A quarter of what the flags ask for: below it a collection might run meanwhile and hide memory. */
const leastYoungBytes = 256 * 1024 * 1024

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })

console.log(`Decoders over ${rows} rows, medians of ${values.quick ? quickRounds : rounds} rounds; Node ${process.version}\n`)
console.log(`${'decoder'.padEnd(48)}    rows/ms  bytes/row`)
const all = [...binaryCases, ...textCases].map((one) => tell(measure(one, rows, values.quick ? quickRounds : rounds)))
const greedy = all.filter(({ binary, bytesPerRow }) => binary && bytesPerRow > mostBinaryBytesPerRow)
const promise = `decoders of bytes make no object per row (at most ${mostBinaryBytesPerRow} bytes of heap per row)`
console.log(`\n${greedy.length === 0 ? 'reached     ' : 'NOT REACHED '}  ${promise}${greedy.map(({ name }) => `; ${name}`).join('')}`)
if (globalThis.gc === undefined) console.log('Without --expose-gc the bytes per row are guesses.')
if (youngBytes() < leastYoungBytes) console.log('The young generation is small: bytes per row of the text parsers are too low.')

function tell(figures: DecoderFigures): DecoderFigures {
  const { name, rowsPerMs, bytesPerRow } = figures
  const bytes = bytesPerRow.toFixed(bytesPerRow < 10 ? 2 : 0)
  console.log(`${name.padEnd(48)} ${String(Math.round(rowsPerMs)).padStart(10)} ${bytes.padStart(10)}`)
  return figures
}

function youngBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0
}
