/** What is said about connections that the kernel really brought into each state: who closed first, who must act, what moves it on. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionStory } from '../../src-shared/contract/story.ts'
import { explainConnection } from '../../src-shared/explain/explain-connection.ts'
import { asked } from '../live/engine/engine-under-test.ts'
import type { EngineInNamespace } from './network/engine-in-namespace.ts'
import { openLab } from './network/lab.ts'
import { Bench, openStage, type Stage } from './states/bench.ts'
import { stateRecipes } from './states/recipes.ts'

const lab = await openLab()
afterAll(() => {
  if (!('unavailable' in lab)) lab.close()
})
beforeEach(({ skip }) => {
  if ('unavailable' in lab) skip(lab.unavailable)
})

/** Sentences that must be among what is said, by recipe. */
const said: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  listen: [/lab-server \(PID \d+\) waits for calls on port/u, 'A program may listen for as long as it runs.', /there is room for 5/u],
  'not-accepted': ['no program has accepted the connection', /lab-server \(PID \d+\) must call accept\(\)/u],
  'syn-sent': [
    /lab-client \(PID \d+\) has called .* \(SYN\)/u,
    'This side called: a look saw it in SYN_SENT.',
    /Linux gives up after about .* \(tcp_syn_retries/u,
  ],
  'syn-received': ['no program knows of the call yet', 'it must send the final ACK', 'tcp_synack_retries', 'This side was called'],
  established: ['open in both directions', 'Keepalive is on; the next probe is due in'],
  'fin-wait-1': ['This side closed first.', 'Its program has nothing to do yet.', 'tcp_retries2'],
  'fin-wait-1-orphan': ['This side closed first.', 'No process holds it any more', 'tcp_orphan_retries'],
  'fin-wait-2': ['has called shutdown(SHUT_WR)', 'No timeout applies while a process holds it.'],
  'fin-wait-2-orphan': [
    'No process holds it any more',
    /Linux removes it .* after the process let go \(tcp_fin_timeout\), in (?:\d+ seconds|1 minute)/u,
  ],
  'close-wait': ['The peer closed first.', /lab-server \(PID \d+\) must close the socket/u, 'has not read the end of data yet'],
  closing: ['Both sides closed at the same moment', 'leads to TIME_WAIT'],
  'last-ack': ['The peer closed first.', 'no TIME_WAIT follows'],
  'last-ack-orphan': ['The peer closed first.', 'No process holds it any more'],
  'time-wait': ['This side closed first.', /Nobody: a timer ends it in \d+ seconds\./u, '60 seconds, fixed in the kernel'],
  bound: ['The standard has no such state.', /lab-server \(PID \d+\) must call listen\(\), connect\(\) or close\(\)/u],
}

describe('the explanation of a state that the kernel made', () => {
  let stage: Stage
  const engines = {} as Record<'server' | 'client', EngineInNamespace>
  let lastIndex = 0

  beforeAll(async () => {
    if ('unavailable' in lab) return
    stage = await openStage(lab)
    for (const side of ['server', 'client'] as const) {
      engines[side] = await stage.pair[side].engine()
      await engines[side].look()
      // The first question starts the watching.
      await asked(engines[side].api, 'getDiagnosis', undefined)
    }
  })

  it.each(stateRecipes.map((recipe) => [recipe.name, recipe] as const))('%s', async (name, { steps, side, state }) => {
    const engine = engines[side]
    const bench = new Bench(stage, 4, (lastIndex += 1))
    for (const step of steps) {
      await step.do(bench)
      await engine.look() // the way it takes is seen
    }
    const { id } = await engine.lookFor(({ connections }) => {
      const row = bench.rowIn(connections, side)
      return row?.state === state ? row : undefined
    })
    const story: ConnectionStory = await asked(engine.api, 'getConnectionStory', { id })
    const { settings } = await asked(engine.api, 'getKernelSettings', undefined)
    const told = explainConnection(story, {
      platform: 'linux',
      settings: new Map(settings.map((setting) => [setting.id, setting.values])),
      language: 'en',
      now: story.takenAt,
    })
    expect(told.state).toBe(state)
    const text = told.sentences.map((sentence) => sentence.text).join('\n')
    for (const words of said[name] ?? [/^never$/u]) expect(text).toMatch(words)
  })
})
