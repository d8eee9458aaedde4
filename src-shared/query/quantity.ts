/** Numbers with units: ports, pids, durations, sizes and rates, and the tests over them (`>1m`, `8000-8999`). */
import type { NumberTest, Quantity } from './query.ts'
import { parsed, queryError, refused, type Parsed } from './query-error.ts'
import type { NumberKey } from './query-keys.ts'

type Units = ReadonlyMap<string, number>
type Measure = 'number' | 'duration' | 'latency' | 'size'

const kilo = 1000
const kibi = 1024
/** Canonical unit -> bytes. KB is 1000 as in SI, KiB is 1024 as in IEC 80000-13. */
const byteUnits: Units = new Map([
  ['B', 1],
  ['KB', kilo],
  ['MB', kilo ** 2],
  ['GB', kilo ** 3],
  ['TB', kilo ** 4],
  ['KiB', kibi],
  ['MiB', kibi ** 2],
  ['GiB', kibi ** 3],
  ['TiB', kibi ** 4],
])
const durationUnits: Units = new Map([
  ['ms', 0.001],
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
  ['w', 604_800],
])
/** Round trips: a bare figure is milliseconds, as ping and ss write them. */
const latencyUnits: Units = new Map([
  ['ms', 1],
  ['s', 1000],
])
const shortByteUnits: Readonly<Record<string, string>> = { k: 'KB', m: 'MB', g: 'GB', t: 'TB' }

const maximumPort = 65_535
/** Process ids and counters are 32 bits wide. */
const maximumCount = 0xffff_ffff
/** Longer figures lose digits in a double. */
const quantityPattern = /^(\d{1,15}(?:\.\d{1,3})?)([a-z]*)(\/s)?$/i

const measureOf: Readonly<Record<NumberKey, Measure>> = {
  pid: 'number',
  port: 'number',
  lport: 'number',
  rport: 'number',
  age: 'duration',
  rx: 'size',
  tx: 'size',
  rxrate: 'size',
  txrate: 'size',
  rtt: 'latency',
  retrans: 'number',
  segments: 'number',
  unanswered: 'number',
  recvq: 'size',
  sendq: 'size',
  lastrx: 'duration',
  lasttx: 'duration',
}

/** In the key's base: a plain number, seconds, milliseconds (rtt), bytes, or bytes per second. */
export function quantityValue(key: NumberKey, { amount, unit }: Quantity): number {
  return amount * (unitsOf(key)?.get(unit) ?? 1)
}

/** What one step of the last written digit is worth: `age:5m` means from five minutes on, below six. */
export function quantityStep(key: NumberKey, { amount, unit }: Quantity): number {
  const decimals = String(amount).split('.')[1]?.length ?? 0
  return quantityValue(key, { amount: 1, unit }) / 10 ** decimals
}

/** `text` is one value of a list; `position` its place in the query. */
export function parseNumberTest(key: NumberKey, text: string, position: number): Parsed<NumberTest> {
  const operator = /^(?:>=|<=|>|<|=)/.exec(text)?.[0]
  if (operator !== undefined) return withOperator(key, operator as '>', text.slice(operator.length), position + operator.length)
  const separator = /\.\.|-/.exec(text)
  if (separator === null) return withOperator(key, '=', text, position)
  const fromText = text.slice(0, separator.index)
  const toAt = separator.index + separator[0].length
  const toText = text.slice(toAt)
  if (toText === '') return withOperator(key, '>=', fromText, position)
  if (fromText === '') return withOperator(key, '<=', toText, position + toAt)
  return between(key, text, position, [fromText, toText, toAt])
}

function withOperator(key: NumberKey, op: '=' | '>' | '<' | '>=' | '<=', text: string, position: number): Parsed<NumberTest> {
  const value = parseQuantity(key, text, position)
  return value.ok ? parsed({ op, value: value.value }) : value
}

function between(key: NumberKey, text: string, position: number, [fromText, toText, toAt]: [string, string, number]): Parsed<NumberTest> {
  const to = parseQuantity(key, toText, position + toAt)
  const bare = parseQuantity(key, fromText, position)
  if (!bare.ok) return bare
  if (!to.ok) return to
  // In `1-5m` the first figure borrows the unit of the second.
  const from = bare.value.unit === '' ? { ...bare.value, unit: to.value.unit } : bare.value
  if (quantityValue(key, from) > quantityValue(key, to.value))
    return refused(queryError('bad-range', position, text.length, { from: fromText, to: toText }))
  return parsed({ op: 'between', from, to: to.value })
}

function parseQuantity(key: NumberKey, text: string, position: number): Parsed<Quantity> {
  const match = quantityPattern.exec(text)
  const isRate = key === 'rxrate' || key === 'txrate'
  const unit = match === null || (match[3] !== undefined && !isRate) ? undefined : canonicalUnit(key, match[2] ?? '')
  if (match === null || unit === undefined) return refused(badQuantity(key, text, position))
  const amount = Number(match[1])
  const maximum = maximumOf(key)
  if (measureOf[key] === 'number' && (amount > maximum || !Number.isInteger(amount))) return refused(badQuantity(key, text, position))
  return parsed({ amount, unit })
}

function badQuantity(key: NumberKey, text: string, position: number) {
  const measure = measureOf[key]
  if (measure === 'number') return queryError('bad-number', position, text.length, { value: text, key, maximum: maximumOf(key) })
  const units = [...(unitsOf(key)?.keys() ?? [])].join(' ')
  return queryError(measure === 'size' ? 'bad-size' : 'bad-duration', position, text.length, { value: text, key, units })
}

function maximumOf(key: NumberKey): number {
  return key === 'port' || key === 'lport' || key === 'rport' ? maximumPort : maximumCount
}

function unitsOf(key: NumberKey): Units | undefined {
  const measure = measureOf[key]
  if (measure === 'number') return undefined
  if (measure === 'latency') return latencyUnits
  return measure === 'duration' ? durationUnits : byteUnits
}

function canonicalUnit(key: NumberKey, written: string): string | undefined {
  if (written === '') return ''
  const lower = written.toLowerCase()
  const units = unitsOf(key)
  if (units === undefined) return undefined
  if (units === byteUnits && shortByteUnits[lower] !== undefined) return shortByteUnits[lower]
  return [...units.keys()].find((unit) => unit.toLowerCase() === lower)
}
