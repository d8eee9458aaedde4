/** Everything about one process: the right one or none, with its relatives, and its command line only on demand. */
import { describe, expect, it } from 'vitest'
import { processHandlers, type ProcessDetailsOptions } from '../../../src-main/api/process-details.ts'
import type { ProcessDescription } from '../../../src-main/api/platform-parts.ts'
import type { ProcessFactsSource } from '../../../src-main/api/process-facts.ts'

const process = (startToken: string, parentPid: number, more: Partial<ProcessDescription> = {}): ProcessDescription => ({
  startToken,
  parentPid,
  name: `p${startToken}`,
  ...more,
})

function world(processes: Map<number, ProcessDescription>, facts: Partial<ProcessFactsSource> = {}, children: { pid: number }[] = []) {
  let steady = 0
  let asked = 0
  let listed = 0
  const parts: ProcessDetailsOptions['parts'] = {
    describeProcess: (pid) => {
      asked += 1
      return processes.get(pid)
    },
    childrenOf: () => {
      listed += 1
      return children
    },
    machine: {
      untold: {},
      activityOf: () => ({ state: 'sleeping', processorShare: 0.25 }),
      descriptorsOf: () => ({ used: 7, limit: 1024 }),
    },
    processFacts: { untold: {}, ...facts },
  }
  const { getProcess } = processHandlers({ parts, now: () => 1000, steadyNow: () => steady })
  return { getProcess, pass: (ms: number) => (steady += ms), asked: () => asked, listed: () => listed }
}

const family = new Map([
  [1, process('1', 0, { name: 'init' })],
  [10, process('10', 1, { name: 'sh' })],
  [20, process('20', 10, { name: 'curl', executable: '/usr/bin/curl', user: 'ana', startedAt: 500 })],
])

describe('a process that is there', () => {
  it('is told with what the platform knows, its parents up to the first, and its children', async () => {
    const { getProcess } = world(family, { factsOf: () => ({ threads: 3, memoryBytes: 4096, unit: 'a.service' }) }, [{ pid: 30 }])
    expect(await getProcess({ pid: 20, startToken: '20' })).toEqual({
      ok: true,
      value: {
        pid: 20,
        startToken: '20',
        takenAt: 1000,
        name: 'curl',
        executable: '/usr/bin/curl',
        user: 'ana',
        startedAt: 500,
        threads: 3,
        memoryBytes: 4096,
        unit: 'a.service',
        state: 'sleeping',
        processorShare: 0.25,
        descriptors: { used: 7, limit: 1024 },
        parents: [
          { pid: 10, startToken: '10', name: 'sh' },
          { pid: 1, startToken: '1', name: 'init' },
        ],
        children: [{ pid: 30 }],
        childCount: 1,
        untold: {},
      },
    })
  })

  it('keeps its command line to itself unless somebody asks', async () => {
    let reads = 0
    const { getProcess } = world(family, {
      commandLineOf: async () => {
        reads += 1
        return { arguments: ['curl', '--user', 'ana:secret'] }
      },
    })
    const quiet = await getProcess({ pid: 20, startToken: '20' })
    expect([reads, JSON.stringify(quiet).includes('secret')]).toEqual([0, false])
    const asked = await getProcess({ pid: 20, startToken: '20', commandLine: true })
    expect(asked).toMatchObject({ ok: true, value: { commandLine: { arguments: ['curl', '--user', 'ana:secret'] } } })
  })

  it('says why facts are absent, and only of those', async () => {
    const untold = {
      workingDirectory: { reason: 'not-read' },
      commandLine: { reason: 'not-read' },
      threads: { reason: 'not-read' },
    } as const
    const { getProcess } = world(family, { untold, factsOf: () => ({ threads: 1 }) })
    expect(await getProcess({ pid: 20, startToken: '20' })).toMatchObject({
      value: { untold: { workingDirectory: { reason: 'not-read' }, commandLine: { reason: 'not-read' } } },
    })
  })

  it('names fifty children and counts them all', async () => {
    const { getProcess } = world(
      family,
      {},
      Array.from({ length: 200 }, (_, index) => ({ pid: index + 100 })),
    )
    const told = await getProcess({ pid: 20, startToken: '20' })
    expect(told.ok && [told.value.children.length, told.value.childCount]).toEqual([50, 200])
  })
})

describe('another process', () => {
  it('is never shown under the number of one that ended', async () => {
    const { getProcess } = world(family)
    expect(await getProcess({ pid: 20, startToken: '19' })).toMatchObject({ ok: false, error: { code: 'not-found' } })
    expect(await getProcess({ pid: 99, startToken: '1' })).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })

  it('that takes the number while facts are read gives nothing away', async () => {
    const processes = new Map(family)
    const { getProcess } = world(processes, {
      commandLineOf: async () => {
        processes.set(20, process('21', 1))
        return { arguments: ['of', 'the', 'successor'] }
      },
    })
    const told = await getProcess({ pid: 20, startToken: '20', commandLine: true })
    expect(told).toMatchObject({ ok: false, error: { code: 'not-found' } })
    expect(JSON.stringify(told)).not.toContain('successor')
  })
})

describe('parents', () => {
  it('end where a number now belongs to a younger process', async () => {
    const processes = new Map([
      [10, process('10', 0, { startedAt: 900 })],
      [20, process('20', 10, { startedAt: 500 })],
    ])
    expect(await world(processes).getProcess({ pid: 20, startToken: '20' })).toMatchObject({ value: { parents: [] } })
  })

  it('are followed neither in circles nor without end', async () => {
    const circle = new Map([
      [10, process('10', 20)],
      [20, process('20', 10)],
    ])
    expect(await world(circle).getProcess({ pid: 20, startToken: '20' })).toMatchObject({ value: { parents: [{ pid: 10 }] } })
    const chain = new Map(Array.from({ length: 100 }, (_, index) => [index + 1, process(String(index + 1), index)]))
    const told = await world(chain).getProcess({ pid: 100, startToken: '100' })
    expect(told.ok && [told.value.parents.length, told.value.parentsCut]).toEqual([32, true])
  })

  it('and children are looked up again only after some seconds: some systems list all processes for them', async () => {
    const { getProcess, pass, asked, listed } = world(family)
    await getProcess({ pid: 20, startToken: '20' })
    const first = asked()
    await getProcess({ pid: 20, startToken: '20' })
    expect([asked() - first, listed()]).toEqual([2, 1])
    pass(6000)
    await getProcess({ pid: 20, startToken: '20' })
    expect([asked() - first, listed()]).toEqual([6, 2])
  })
})
