import { describe, expect, it, test } from 'vitest'
import { capabilitiesOf } from '../../../../src-shared/model/capabilities.ts'
import { retransmissionStorm } from '../../../../src-main/diagnosis/rules/retransmission-storm.ts'
import { noSurroundings } from '../../../../src-main/diagnosis/surroundings.ts'
import type { RowInput } from '../../../builders/mirror-builder.ts'
import { figuresOf, partsOf, RuleWatch } from '../../../builders/rule-watch.ts'

const row = (id: number, segmentsSent: number, retransmits: number, more: RowInput = {}): RowInput => ({
  id,
  local: `192.0.2.1:${40_000 + id}`,
  remote: '198.51.100.1:443',
  owner: { pid: 7, name: 'sync' },
  segmentsSent,
  retransmits,
  roundTripMs: 20 * id,
  ...more,
})
const chosen = { 'retransmit-window': 5000 }

/** Sends `sent` segments per look and `again` of them again. */
function flow(watch: RuleWatch<unknown>, looks: number, sent: number, again: number, from: [number, number] = [0, 0]) {
  let candidates = watch.full([row(1, from[0], from[1])])
  for (let look = 1; look <= looks; look += 1) candidates = watch.look({ changed: [row(1, from[0] + look * sent, from[1] + look * again)] })
  return candidates
}
const start = (): RuleWatch<unknown> => new RuleWatch(retransmissionStorm as never, chosen)

const untold = (retransmits: number): RowInput => ({ id: 1, remote: '198.51.100.1:443', retransmits })
const counters = (sentSegments: number, retransmittedSegments: number) => ({ counters: { sentSegments, retransmittedSegments } })

describe('a connection', () => {
  it('of which much is sent again is found once the window is over', () => {
    const watch = start()
    expect(flow(watch, 5, 100, 10)).toEqual([])
    const [candidate] = watch.look({ changed: [row(1, 600, 60)] })
    expect(candidate).toMatchObject({ key: '7@1 198.51.100.1', level: 'raise', severity: 'warning', remote: { port: 443 } })
    expect(figuresOf(candidate)).toEqual({ 'retransmit-share': 0.1, retransmits: 50, 'segments-sent': 500, rows: 1, 'round-trip': 20 })
    expect(watch.evidence(candidate)).toEqual([1])
  })

  it('is kept at a smaller share, over at a small one, and forgotten when nothing is sent again for a window', () => {
    const watch = start()
    flow(watch, 7, 100, 10)
    let sent = 700
    const shares: unknown[] = []
    for (let look = 0; look < 12; look += 1) {
      sent += 100
      shares.push(watch.look({ changed: [row(1, sent, 70)] }).map(({ level }) => level)[0])
    }
    expect(shares.slice(0, 3)).toEqual(['raise', 'raise', 'keep'])
    expect(shares.slice(4)).toEqual(Array.from({ length: 8 }))
  })

  it('of few segments, or of few repeats, is not', () => {
    expect(flow(start(), 12, 15, 10)).toEqual([])
    expect(flow(start(), 12, 100, 3)).toEqual([])
  })

  it('counts only what was sent before our eyes', () => {
    expect(flow(start(), 12, 100, 1, [10_000, 5000])).toEqual([])
  })

  it('is found by a setting too, and not where segments are not told', () => {
    const strict = new RuleWatch<unknown>(retransmissionStorm as never, { ...chosen, 'retransmit-share': 0.5 })
    expect(flow(strict, 12, 100, 10)).toEqual([])
    const watch = start()
    watch.full([untold(0)])
    for (let look = 1; look < 12; look += 1) expect(watch.look({ changed: [untold(look * 50)] })).toEqual([])
  })

  it('whose counters begin anew, or that comes with another session, is watched anew', () => {
    const watch = start()
    flow(watch, 6, 100, 10)
    expect(watch.look({ changed: [row(1, 50, 1)] })).toEqual([])
    const other = start()
    flow(other, 6, 100, 10)
    expect(other.restart([row(1, 700, 70)])).toEqual([])
  })

  it('that only comes near the share is no evidence of a finding of others', () => {
    const watch = start()
    watch.full([row(1, 0, 0), row(2, 0, 0)])
    let candidates = watch.look()
    for (let look = 1; look < 9; look += 1)
      candidates = watch.look({ changed: [row(1, look * 100, look * 10), row(2, look * 100, look * 4)] })
    expect(watch.evidence(candidates[0])).toEqual([1])
  })

  it('to one host is one finding together with the others there', () => {
    const watch = start()
    watch.full([row(1, 0, 0), row(2, 0, 0), row(3, 0, 0, { remote: '203.0.113.5:443' })])
    let candidates = watch.look()
    for (let look = 1; look < 9; look += 1)
      candidates = watch.look({
        changed: [row(1, look * 100, look * 10), row(2, look * 100, look * 20), row(3, look * 100, look, { remote: '203.0.113.5:443' })],
      })
    expect(candidates).toHaveLength(1)
    expect(watch.evidence(candidates[0])).toEqual([1, 2])
    expect(figuresOf(candidates[0])).toMatchObject({ 'retransmit-share': 0.15, 'round-trip': 30 })
  })
})

/** Keys of what is found when one connection sends 40 segments again per look, and the whole machine so many. */
const keys = (machineAgain: number): string[] => {
  const watch = start()
  watch.full([row(1, 0, 0)])
  let found: string[] = []
  for (let look = 1; look < 9; look += 1) {
    watch.around(counters(look * 500, look * machineAgain))
    found = watch.look({ changed: [row(1, look * 100, look * 40)] }).map(({ key }) => key)
  }
  return found
}

describe('the machine', () => {
  it('is found by its counters where no connection explains them', () => {
    const watch = start()
    watch.full([])
    for (let look = 0; look <= 4; look += 1) expect(watch.around(counters(9e9 + look * 900, look * 100)).look()).toEqual([])
    const [candidate] = watch.around(counters(9e9 + 4500, 500)).look()
    expect(candidate).toMatchObject({ key: 'machine', level: 'raise', severity: 'warning', evidence: [] })
    expect(figuresOf(candidate)).toEqual({ 'retransmit-share': 0.1, retransmits: 500, 'segments-sent': 5000 })
  })

  it('is not told of beside the connections that explain it, but is where they are the smaller part', () => {
    expect(keys(50)).toEqual(['7@1 198.51.100.1'])
    expect(keys(100)).toEqual(['7@1 198.51.100.1', 'machine'])
  })

  it('waits for connections that are about to explain it', () => {
    const watch = start()
    watch.full([row(1, 0, 0)])
    for (let look = 1; look < 4; look += 1) watch.around(counters(look * 1000, 0)).look()
    const found: string[][] = []
    for (let look = 1; look < 8; look += 1) {
      watch.around(counters(3000 + look * 1000, look * 400))
      found.push(watch.look({ changed: [row(1, look * 1000, look * 400)] }).map(({ key }) => key))
    }
    expect(found.flat().includes('machine')).toBe(false)
    expect(found.at(-1)).toEqual(['7@1 198.51.100.1'])
  })

  it('is quiet when it sends little, and when its counters begin anew', () => {
    const watch = start()
    watch.full([])
    for (let look = 0; look < 12; look += 1) expect(watch.around(counters(look * 50, look * 20)).look()).toEqual([])
    const restarted = start()
    restarted.full([])
    for (let look = 0; look < 4; look += 1) restarted.around(counters(look * 900, look * 100)).look()
    for (let look = 0; look < 5; look += 1) expect(restarted.around(counters(look * 900, 0)).look()).toEqual([])
  })

  it('does not count what was sent again while nobody looked', () => {
    const watch = start()
    watch.full([])
    watch.around(counters(0, 0)).looks(6)
    watch.around(counters(9000, 900))
    expect(watch.look({ afterMs: 3_600_000 })).toEqual([])
    expect(watch.looks(6)).toEqual([])
  })

  it('names the rows that sent again', () => {
    const watch = start()
    watch.full([row(1, 0, 0)])
    let candidates = watch.look()
    for (let look = 1; look < 9; look += 1) {
      watch.around(counters(look * 900, look * 100))
      candidates = watch.look({ changed: [row(1, look * 100, look)] })
    }
    expect(candidates.map((candidate) => watch.evidence(candidate))).toEqual([[1]])
    expect(partsOf(candidates[0], 'remote-address')).toEqual({ '198.51.100.1': 1 })
  })
})

test('is not watched where neither connections nor counters tell', () => {
  const capabilities = capabilitiesOf('linux', 'procfs')
  const blind = capabilities === undefined ? noSurroundings : { ...noSurroundings, capabilities }
  expect(retransmissionStorm.unwatched?.(blind)).toBe('tool-does-not-tell')
  expect(retransmissionStorm.unwatched?.({ ...blind, counters: { sentSegments: 5 } })).toBeUndefined()
})
