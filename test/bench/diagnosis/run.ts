/**
 * What the diagnosis costs beside each look: taking in the change set, and all rules over it.
 *
 *   run.ts [--quick]
 *
 * Ends with 0 whatever the figures are.
 */
import { parseArgs } from 'node:util'
import { Diagnosis } from '../../../src-main/diagnosis/diagnosis.ts'
import { ObservedTable } from '../../../src-main/diagnosis/observed-table.ts'
import { noSurroundings, type Surroundings } from '../../../src-main/diagnosis/surroundings.ts'
import { median } from '../engine/figures.ts'
import { SimulatedServer } from './simulated-server.ts'

/** The usual interval between looks, of which the cost is a share. */
const intervalMs = 1000
/** Looks until the engine of JavaScript has settled, and rules that wait for a minute have fired. */
const warmUpLooks = 70

const surroundings: Surroundings = {
  ...noSurroundings,
  settings: new Map([['local-port-range', [32_768, 60_999]]]),
}

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const looks = values.quick ? 20 : 100
console.log(`The diagnosis per look, medians of ${looks} looks, 1 % of the rows come and go and 10 % change in each`)
for (const rows of values.quick ? [10_000] : [10_000, 100_000]) for (const inTrouble of [false, true]) console.log(measure(rows, inTrouble))

function measure(rows: number, inTrouble: boolean): string {
  const server = new SimulatedServer(rows, inTrouble)
  const table = new ObservedTable()
  const diagnosis = new Diagnosis(table)
  table.observe(server.full())
  const firstMs = timed(() => diagnosis.examine(surroundings, {}))
  const observing: number[] = []
  const examining: number[] = []
  for (let look = 0; look < warmUpLooks + looks; look += 1) {
    const set = server.delta(intervalMs)
    const observeMs = timed(() => table.observe(set))
    const examineMs = timed(() => diagnosis.examine(surroundings, {}))
    if (look < warmUpLooks) continue
    observing.push(observeMs)
    examining.push(examineMs)
  }
  const total = median(observing) + median(examining)
  const { findings } = diagnosis.report
  return [
    `  ${String(rows).padStart(6)} rows, ${inTrouble ? 'in trouble' : 'healthy   '}: ${inMs(total)} (${((total / intervalMs) * 100).toFixed(2)} % of the interval)`,
    `observe ${inMs(median(observing))}`,
    `rules ${inMs(median(examining))}, at most ${inMs(examining.reduce((most, each) => Math.max(most, each), 0))}`,
    `first look ${inMs(firstMs)}`,
    `${findings.length} findings`,
  ].join(', ')
}

function timed(work: () => unknown): number {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}

function inMs(milliseconds: number): string {
  return `${milliseconds.toFixed(2)} ms`
}
