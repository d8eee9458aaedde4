/**
 * The engine against the usual tools, on real sockets of this machine's loopback.
 *
 *   run.ts [--quick] [--json FILE] [--load NAME]
 *
 * Ends with 0 whatever the figures are; with 1 when an owner is wrong or something did not work.
 */
import { writeFileSync } from 'node:fs'
import { cpus, release, userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { startDesktopLoad } from './desktop-load.ts'
import { asData, loadLines, targetLines, wrongOwners, type LoadFigures } from './figures.ts'
import { measureLoad } from './measure-load.ts'
import { descriptorLimit, startSocketLoad, type Load } from './socket-load.ts'

/** Five per cent of all sockets replaced per second. */
const churn = 0.05

interface Case {
  readonly name: string
  readonly rounds: number
  readonly quick: boolean
  readonly start: () => Promise<Load>
}

const cases: readonly Case[] = [
  { name: 'desktop', rounds: 7, quick: true, start: () => startDesktopLoad({ processes: 400, descriptors: 44, tcp: 300, udp: 60 }) },
  { name: '1k', rounds: 7, quick: false, start: () => startSocketLoad(1000, churn) },
  { name: '10k', rounds: 7, quick: true, start: () => startSocketLoad(10_000, churn) },
  { name: '40k', rounds: 7, quick: true, start: () => startSocketLoad(40_000, churn) },
]
const quickRounds = 3
const ownerChecks = 4

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'string' }, load: { type: 'string' } },
})
process.exitCode = await run()

async function run(): Promise<number> {
  if (process.platform !== 'linux') {
    console.log('The engine is measured on Linux only: there is no source for this system yet.')
    return 0
  }
  const [cpu] = cpus()
  console.log(
    `Linux ${release()}, ${cpus().length} x ${cpu?.model.trim()}, Node ${process.version}, user ${userInfo().username}, at most ${descriptorLimit()} open files per process`,
  )
  if (userInfo().uid !== 0) console.log('Without root, every method sees the owners of its own processes only.')
  const all: LoadFigures[] = []
  for (const one of cases) {
    if (values.load === undefined ? values.quick && !one.quick : values.load !== one.name) continue
    all.push(await measure(one))
    console.log(`\n${loadLines(all.at(-1) as LoadFigures).join('\n')}`)
  }
  console.log(`\nTargets, medians of wall time in the same run\n${targetLines(all).join('\n')}`)
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(asData(all), undefined, 2)}\n`)
  return wrongOwners(all) === 0 ? 0 : 1
}

async function measure({ name, rounds, start }: Case): Promise<LoadFigures> {
  const load = await start()
  try {
    return await measureLoad(name, load, { rounds: values.quick ? quickRounds : rounds, checks: ownerChecks })
  } finally {
    await load.end()
  }
}
