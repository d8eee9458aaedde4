/** What this very machine tells about itself beside its sockets. */
import { openSync, closeSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createLinuxMachine } from '../../../src-main/api/linux/linux-machine.ts'
import { createRouteLookup } from '../../../src-main/api/route-lookup.ts'
import { countDescriptorsOf, listDescriptors } from '../../../src-main/native/linux/process-descriptors.ts'
import { createLinuxNetworkReader } from '../../../src-main/statistics/linux/linux-network-reader.ts'

describe.runIf(process.platform === 'linux')('the machine', () => {
  const machine = createLinuxMachine(() => performance.now())

  it('counts the descriptors of this process as they are opened and closed, and knows its limit', () => {
    const before = machine.descriptorsOf?.(process.pid)
    const opened = Array.from({ length: 25 }, () => openSync('/dev/null', 'r'))
    expect(machine.descriptorsOf?.(process.pid)?.used).toBe((before?.used ?? 0) + 25)
    for (const descriptor of opened) closeSync(descriptor)
    expect(before?.limit).toBeGreaterThan(before?.used ?? Number.NaN)
  })

  it('counts the same one by one, as before Linux 6.2, and not more than wanted', () => {
    const listed = listDescriptors(process.pid)?.length ?? 0
    // The directory that is being listed is itself open.
    expect([0, listed - 1]).toContain(countDescriptorsOf(process.pid))
    expect(listDescriptors(process.pid, 1)?.length).toBe(listed) // all of them came in the first answer
  })

  it('knows nothing about a process that is not there', () => {
    const nobody = 2 ** 22 + 1
    expect([machine.descriptorsOf?.(nobody), machine.activityOf?.(nobody)]).toEqual([undefined, undefined])
  })

  it('tells counters, totals, memory and what this process does', () => {
    expect(machine.counters?.()).toMatchObject({
      listenOverflows: expect.any(Number) as number,
      sentSegments: expect.any(Number) as number,
      retransmittedSegments: expect.any(Number) as number,
    })
    expect(machine.socketTotals?.()).toMatchObject({
      orphans: expect.any(Number) as number,
      tcpMemory: { used: expect.any(Number) as number },
    })
    expect(machine.activityOf?.(process.pid)).toMatchObject({ state: expect.stringMatching(/running|sleeping/u) as string })
  })

  it('finds the way to itself', () => {
    const wayTo = createRouteLookup(createLinuxNetworkReader().routes())
    expect([wayTo('127.0.0.1'), wayTo('127.255.255.254')]).toEqual(['present', 'present'])
  })
})
