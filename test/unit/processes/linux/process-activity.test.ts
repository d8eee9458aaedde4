import { describe, expect, it } from 'vitest'
import { LinuxActivityReader, parseActivity } from '../../../../src-main/processes/linux/process-activity.ts'

/** proc_pid_stat(5) with these fields; the name holds what names may hold. */
const stat = (state: string, userTicks: number, systemTicks: number, start = 1000): string =>
  `42 (a) b (c) ${state} 1 42 42 0 -1 4194304 101 0 0 0 ${userTicks} ${systemTicks} 0 0 20 0 1 0 ${start} 3133440 393\n`

function setUp() {
  let now = 0
  let text: string | undefined
  const reader = new LinuxActivityReader(
    () => now,
    () => text,
  )
  return (at: number, told: string | undefined) => {
    now = at
    text = told
    return reader.activityOf(42)
  }
}

describe('activity', () => {
  it('is a share of one processor since the question before, and none at the first', () => {
    const ask = setUp()
    expect(ask(0, stat('S', 100, 50))).toEqual({ state: 'sleeping' })
    expect(ask(1000, stat('R', 130, 70))).toEqual({ state: 'running', processorShare: 0.5 })
    expect(ask(3000, stat('R', 430, 170))).toEqual({ state: 'running', processorShare: 2 })
  })

  it('keeps the share when it is asked for twice within one look, but tells the state anew', () => {
    const ask = setUp()
    ask(0, stat('S', 0, 0))
    ask(1000, stat('S', 10, 0))
    expect(ask(1001, stat('D', 11, 0))).toEqual({ state: 'waiting', processorShare: 0.1 })
    expect(ask(2000, stat('D', 110, 0))).toEqual({ state: 'waiting', processorShare: 1 })
  })

  it('does not take another process of the same number for the one before', () => {
    const ask = setUp()
    ask(0, stat('S', 5000, 0))
    expect(ask(1000, stat('S', 3, 0, 2000))).toEqual({ state: 'sleeping' })
  })

  it('forgets who was not asked about for a minute', () => {
    let now = 0
    const reader = new LinuxActivityReader(
      () => now,
      () => stat('S', now, 0),
    )
    reader.activityOf(1)
    now = 61_000
    reader.activityOf(2)
    expect(reader.activityOf(1)).toEqual({ state: 'sleeping' })
  })

  it('is unknown where there is no process or the text is none of it', () => {
    expect(setUp()(0, undefined)).toBeUndefined()
    for (const text of [
      '',
      '42',
      '42 (x',
      stat('?', 1, 1),
      stat('S', 1, 1).slice(0, 40),
      '42 (x) S 1 42 42 0 -1 4194304 1 0 0 0 a b 0 0 20 0 1 0 7',
    ])
      expect(parseActivity(text)).toBeUndefined()
  })

  it('tells the words of the kernel', () => {
    const words = ['R', 'S', 'I', 'D', 'T', 't', 'Z', 'X'].map((letter) => parseActivity(stat(letter, 0, 0))?.state)
    expect(words).toEqual(['running', 'sleeping', 'sleeping', 'waiting', 'stopped', 'stopped', 'ended', 'ended'])
  })
})
