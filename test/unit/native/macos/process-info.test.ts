import { describe, expect, it } from 'vitest'
import { countDescriptorsOf } from '../../../../src-main/native/macos/process-info.ts'
import { fakeMacApi } from '../../../builders/fake-mac-api.ts'

/** A process with so many open files, as proc_pidinfo fills the room it is given. */
function systemWith(files: number, refused = false) {
  const rooms: number[] = []
  const api = {
    ...fakeMacApi({ sysctl: () => 2, probePort: 1 }),
    proc_pidinfo: (_pid: number, _flavor: number, _argument: number, buffer: Uint8Array) => {
      rooms.push(buffer.length)
      return refused ? 0 : Math.min(files * 8, buffer.length)
    },
  }
  return { count: () => countDescriptorsOf(api, 7), rooms }
}

describe('open files of a process', () => {
  it('are counted, in a larger room where the first is full', () => {
    const few = systemWith(1023)
    expect([few.count(), few.rooms.length]).toEqual([1023, 1])
    const many = systemWith(1024)
    expect([many.count(), many.rooms.length]).toEqual([1024, 2])
    expect(systemWith(1_000_000).count()).toBe(65_536)
  })

  it('of a process that is not one’s own are not told', () => {
    expect(systemWith(5, true).count()).toBeUndefined()
  })
})
