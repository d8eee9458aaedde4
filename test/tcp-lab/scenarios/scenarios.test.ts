/** Each rule of the diagnosis, on the trouble that it is there to find. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLab, type Lab } from '../network/lab.ts'
import { follow } from './follow.ts'
import { troubles } from './troubles.ts'

let lab: Lab

beforeEach(async () => {
  const opened = await openLab()
  if ('unavailable' in opened) throw new Error(opened.unavailable)
  lab = opened
})
afterEach(() => lab.close())

describe('the diagnosis', () => {
  it.for(troubles)('finds and lets go of: $title', async (trouble, { annotate }) => {
    const { raisedAfter, overAfter, overAfterMs } = await follow(await trouble.prepare(lab))
    await annotate(
      `${trouble.name}: found ${raisedAfter} looks after its threshold, over ${overAfter} looks (${overAfterMs} ms) after the cure`,
    )
    expect(raisedAfter).toBeLessThanOrEqual(2)
  })
})
