/** Owners under churn, compared after every look with all descriptors of all processes read one by one: none may be wrong. */
import { readdirSync, readlinkSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { visibilityCode } from '../../../src-shared/model/visibility.ts'
import { LinuxOwnerResolver } from '../../../src-main/processes/linux/linux-owner-resolver.ts'
import { netlinkSource } from '../../../src-main/sources/linux/netlink-source.ts'
import { recordWord, recordWords } from '../../../src-main/table/row-record.ts'
import { RowTable } from '../../../src-main/table/row-table.ts'
import { endChildren, startScript } from './child-processes.ts'
import { isLinux, isRoot, wait } from './engine-under-test.ts'

const servers = 2
const clientsPerServer = 2
const connectionsPerClient = 500
const looks = 20
const betweenLooksMs = 100
/** A socket may be younger than the table scan that would have found it; from the third look on it has no excuse. */
const settledAfterLooks = 3

afterAll(endChildren)

/** Who holds which socket inode, by reading everything there is. Processes that end meanwhile are left out. */
function holdersByInode(): Map<number, Set<number>> {
  const holders = new Map<number, Set<number>>()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    for (const descriptor of entries(`/proc/${pid}/fd`)) {
      const inode = /^socket:\[(\d+)\]$/.exec(target(`/proc/${pid}/fd/${descriptor}`))?.[1]
      if (inode !== undefined) holders.set(Number(inode), (holders.get(Number(inode)) ?? new Set()).add(pid))
    }
  }
  return holders
}

function entries(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return [] // ended, or not permitted
  }
}

function target(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return '' // closed meanwhile
  }
}

describe.runIf(isLinux)('owners under churn', () => {
  it('of some thousand sockets in six processes are never wrong, and hardly ever missing', async () => {
    const listeners = Array.from({ length: servers }, () => startScript('churn.mjs', ['serve']))
    const ports = await Promise.all(listeners.map((child) => child.next<{ port: number }>()))
    const clients = ports.flatMap(({ port }) =>
      Array.from({ length: clientsPerServer }, () => startScript('churn.mjs', ['connect', port, connectionsPerClient])),
    )
    await Promise.all(clients.map((child) => child.next()))
    const watched = new Set([...listeners, ...clients].map(({ pid }) => pid))

    const source = netlinkSource.open()
    if ('unusable' in source) throw new Error(source.unusable)
    const table = new RowTable({ sessionBase: 'churn' })
    const resolver = new LinuxOwnerResolver({
      now: () => performance.now(),
      isRoot,
      effectiveUserNames: () => [],
      ownProcessNamespace: false,
      processesHidden: false,
    })
    let checked = 0
    let missing = 0
    let added = 0
    const wrong: string[] = []
    for (let look = 0; look < looks; look += 1) {
      table.begin(Date.now())
      const outcome = source.look(table)
      expect(outcome.ok).toBe(true)
      table.finish()
      if (look > 0) added += table.added.length
      resolver.resolve(table)
      const truth = holdersByInode()
      for (let slot = 0; slot < table.top; slot += 1) {
        const holders = truth.get(table.records[slot * recordWords + recordWord.inode]!)
        if (table.live[slot] === 0 || holders === undefined || ![...holders].some((pid) => watched.has(pid))) continue
        const owners = table.ownersOf(slot).map((ref) => table.processes.get(ref)!.pid)
        checked += 1
        for (const pid of owners) if (!holders.has(pid)) wrong.push(`look ${look}: ${pid} instead of ${[...holders].join(' ')}`)
        if (owners.length === 0 && table.sequence - table.addedAt[slot]! >= settledAfterLooks) missing += 1
        if (owners.length > 0 && table.visibility[slot] !== visibilityCode('full'))
          wrong.push(`look ${look}: owned, but visibility ${table.visibility[slot]}`)
      }
      await wait(betweenLooksMs)
    }
    resolver.close()
    source.close()
    expect(checked).toBeGreaterThan(looks * servers * clientsPerServer * connectionsPerClient)
    expect(added).toBeGreaterThan(1000)
    expect(wrong).toEqual([])
    expect(missing / checked).toBeLessThan(0.001)
  })
})
