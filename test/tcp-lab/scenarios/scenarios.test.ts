/** Each rule of the diagnosis on the trouble that it is there to find, and all of them where there is none. */
import { describe, expect, it, type TestContext } from 'vitest'
import { wait } from '../../live/engine/engine-under-test.ts'
import { openLab, type Lab } from '../network/lab.ts'
import { follow, look, startLooking } from './follow.ts'
import { buildHealthyPair } from './healthy-server.ts'
import { troubles } from './troubles.ts'

/** As Sockscope looks unless it is told otherwise. */
const usualIntervalMs = 1000
const healthyLooks = 14
/** What the usual ages and windows would find in minutes, these find in seconds. */
const impatient = {
  'close-wait-age': 1000,
  'syn-sent-age': 1000,
  'fin-wait-2-age': 1000,
  'pile-age': 1000,
  'idle-age': 3000,
  // The window of a slow reader opens again when a part of it is free, which takes seconds.
  'stalled-time': 9000,
  'churn-window': 2000,
  'retransmit-window': 3000,
} as const

const cases = ([4, 6] as const).flatMap((family) => troubles.map((trouble) => ({ trouble, family })))

async function ownLab({ skip, onTestFinished }: Pick<TestContext, 'skip' | 'onTestFinished'>): Promise<Lab> {
  const lab = await openLab()
  if ('unavailable' in lab) return skip(lab.unavailable)
  onTestFinished(() => lab.close())
  return lab
}

// Each has networks of its own, and most of its time passes in waiting.
describe.concurrent('the diagnosis', () => {
  it.for(cases)('finds and lets go of $trouble.name on IPv$family', async ({ trouble, family }, context) => {
    const { raisedAfter, overAfter, overAfterMs } = await follow(await trouble.prepare(await ownLab(context), family))
    await context.annotate(
      `${trouble.name} ${family}: found ${raisedAfter} looks after its threshold, over ${overAfter} looks (${overAfterMs} ms) after the cure`,
    )
  })
})

describe('the diagnosis', () => {
  it.for([4, 6] as const)(
    'finds nothing on a loaded but healthy server, nor on the machine of its clients, IPv%i',
    async (family, context) => {
      const { server, client } = await buildHealthyPair(await ownLab(context), family)
      const engines = await Promise.all(
        [server, client].flatMap((watched) => [{}, impatient].map((thresholds) => startLooking({ watched, thresholds }))),
      )
      let mostRows = 0
      for (let at = 0; at < healthyLooks; at += 1) {
        for (const { report, rows } of await Promise.all(engines.map((engine) => look(engine)))) {
          expect([...report.findings, ...report.ended], `look ${at}`).toEqual([])
          mostRows = Math.max(mostRows, rows.length)
        }
        await wait(usualIntervalMs)
      }
      await context.annotate(`healthy-server ${family}: ${engines.length * healthyLooks} looks, up to ${mostRows} rows`)
      expect(mostRows).toBeGreaterThan(400)
    },
  )
})
