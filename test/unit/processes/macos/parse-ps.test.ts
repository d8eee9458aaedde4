import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parsePs } from '../../../../src-main/processes/macos/parse-ps.ts'
import { seededRandom } from '../../../builders/seeded-random.ts'

const recorded = readFileSync(new URL('../../../fixtures/macos/ps.txt', import.meta.url), 'utf8')

it('reads pids, users, starts and paths with blanks', () => {
  const rows = parsePs(recorded).map(({ pid, parentPid, uid, name, executable, startedAtUnixMs, startToken }) =>
    [pid, parentPid, uid, name, executable ?? '-', new Date(startedAtUnixMs).toISOString(), startToken].join(' | '),
  )
  expect(rows).toEqual([
    '1 | 0 | 0 | launchd | /sbin/launchd | 2026-11-02T08:00:01.000Z | p1793606401',
    '742 | 1 | 501 | rapportd | /usr/libexec/rapportd | 2026-11-06T23:59:59.000Z | p1794009599',
    [
      '66713 | 901 | 4294967294 | Google Chrome | /Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '2026-09-12T16:39:32.000Z | p1789231172',
    ].join(' | '),
    '812 | 1 | 501 | (bash) | - | 2024-02-29T00:00:00.000Z | p1709164800',
  ])
})

it('skips lines of another language or shape', () => {
  expect(
    parsePs('  742     1   501 Fr  6 Nov 23:59:59 2026     /usr/libexec/rapportd\nUSER PID\n\n 1 0 0 Mon Foo  2 08:00:01 2026 x\n'),
  ).toEqual([])
})

it('survives truncation at every byte and noise', () => {
  for (let length = 0; length < recorded.length; length += 1) expect(parsePs(recorded.slice(0, length)).length).toBeLessThanOrEqual(4)
  const random = seededRandom(11)
  for (let round = 0; round < 500; round += 1) {
    const bytes = Buffer.from(recorded)
    for (let hit = 0; hit < 10; hit += 1) bytes[random.below(bytes.length)] = random.below(256)
    for (const { pid } of parsePs(bytes.toString('utf8'))) expect(pid).toBeGreaterThanOrEqual(0)
  }
})
