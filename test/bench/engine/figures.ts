/** What was measured, and what of it is worth telling. Pure. */
import type { OwnerCheck } from './owner-truth.ts'
import type { Spent } from './stopwatch.ts'

export interface LoadFigures {
  readonly load: string
  /** Rows at the last look: the load and whatever else this machine has open. */
  readonly rows: number
  readonly source: string | undefined
  readonly samples: ReadonlyMap<string, readonly Spent[]>
  /** Why a method has no samples. */
  readonly skipped: ReadonlyMap<string, string>
  /** New rows per steady tick, and bytes packed for a consumer; medians. */
  readonly addedPerTick: number
  readonly bytesPerTick: number
  readonly owners: readonly OwnerCheck[]
}

export const steadyTick = 'Sockscope: steady tick'
export const coldStart = 'Sockscope: cold start'
export const firstLook = 'Sockscope: cold start, new process'
export const baseline = 'ss -tanp'
export const likeForLike = 'ss -tanpei'

interface Target {
  readonly text: string
  readonly load: string
  readonly method: string
  readonly against: string
  readonly atMost: number
}

/** What the project promises; ratios of median wall times. */
const targets: readonly Target[] = [
  { text: 'steady tick at 40k', load: '40k', method: steadyTick, against: baseline, atMost: 1 / 6 },
  { text: 'steady tick at 40k', load: '40k', method: steadyTick, against: likeForLike, atMost: 1 / 8 },
  { text: 'steady tick at 10k', load: '10k', method: steadyTick, against: baseline, atMost: 1 / 4 },
  { text: 'cold start at 40k', load: '40k', method: coldStart, against: baseline, atMost: 1 / 2 },
  { text: 'beyond the promise, cold start of a new process at 40k', load: '40k', method: firstLook, against: baseline, atMost: 1 / 2 },
  { text: 'steady tick on an idle desktop', load: 'desktop', method: steadyTick, against: baseline, atMost: 1 / 10 },
]

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

/** The table of one load, one line per method, quickest first. */
export function loadLines(figures: LoadFigures): string[] {
  const rows = [...figures.samples]
    .map(([method, samples]) => ({ method, wall: samples.map(({ wallMs }) => wallMs), cpu: samples.map(({ cpuMs }) => cpuMs) }))
    .toSorted((left, right) => median(left.wall) - median(right.wall))
    .map(({ method, wall, cpu }) => [
      method,
      inMs(median(wall)),
      `${inMs(Math.min(...wall))}..${inMs(Math.max(...wall))}`,
      ratioText(ratio(figures, method, baseline)),
      ratioText(ratio(figures, method, likeForLike)),
      inMs(median(cpu)),
      ratioText(ratio(figures, method, baseline, 'cpuMs')),
      String(wall.length),
    ])
  const lines = [
    `${figures.load}: ${figures.rows} rows from ${figures.source}, per steady tick ${figures.addedPerTick} new, ${Math.round(figures.bytesPerTick / 1024)} KiB packed`,
    ...aligned([['method', 'wall ms', 'min..max', `/ ${baseline}`, `/ ${likeForLike}`, 'CPU ms', `/ ${baseline}`, 'runs'], ...rows]),
  ]
  for (const [method, reason] of figures.skipped) lines.push(`  skipped ${method}: ${reason}`)
  return [...lines, ownerLine(figures.owners)]
}

/** One line per promise: reached or not, with the figure. */
export function targetLines(all: readonly LoadFigures[]): string[] {
  const lines = targets.map(({ text, load, method, against, atMost }) => {
    const figures = all.find((one) => one.load === load)
    const found = figures === undefined ? undefined : ratio(figures, method, against)
    const promise = `${text} at most 1/${Math.round(1 / atMost)} of ${against}`
    if (found === undefined) return `not measured  ${promise}`
    return `${found <= atMost ? 'reached     ' : 'NOT REACHED '}  ${promise}: ${found.toFixed(3)} (1/${(1 / found).toFixed(1)})`
  })
  const wrong = wrongOwners(all)
  return [...lines, `${wrong === 0 ? 'reached     ' : 'NOT REACHED '}  no wrong owner: ${wrong}`]
}

export function wrongOwners(all: readonly LoadFigures[]): number {
  return all.flatMap(({ owners }) => owners).reduce((sum, { wrong }) => sum + wrong, 0)
}

/** The same as plain data, for a file. */
export function asData(all: readonly LoadFigures[]): object {
  return {
    loads: all.map(({ samples, skipped, ...rest }) => ({
      ...rest,
      samples: Object.fromEntries(samples),
      skipped: Object.fromEntries(skipped),
    })),
    targets: targets.map(({ text, load, method, against, atMost }) => {
      const figures = all.find((one) => one.load === load)
      const found = figures === undefined ? undefined : ratio(figures, method, against)
      return { text, load, method, against, atMost, ratio: found }
    }),
    wrongOwners: wrongOwners(all),
  }
}

function ratio({ samples }: LoadFigures, method: string, against: string, of: keyof Spent = 'wallMs'): number | undefined {
  const [own, other] = [samples.get(method), samples.get(against)]
  if (own === undefined || other === undefined) return undefined
  return median(own.map((spent) => spent[of])) / median(other.map((spent) => spent[of]))
}

function ownerLine(owners: readonly OwnerCheck[]): string {
  const total = (pick: (check: OwnerCheck) => number): number => owners.reduce((sum, check) => sum + pick(check), 0)
  const rows = total((check) => check.rows)
  const unresolved = total((check) => check.unresolved)
  const elsewhere = total((check) => check.wrongElsewhere)
  const share = rows === 0 ? 0 : (100 * unresolved) / rows
  const others = elsewhere === 0 ? '' : `, ${elsewhere} rows of other programs changed hands meanwhile`
  return `  owners against /proc, ${owners.length} looks: ${rows} rows held, ${total((check) => check.right)} right, ${total((check) => check.wrong)} wrong, ${unresolved} not yet known (${share.toFixed(3)} %)${others}`
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`.trimEnd(),
  )
}

function ratioText(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(3)
}

function inMs(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0)
}
