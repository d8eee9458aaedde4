import { describe, expect, it } from 'vitest'
import type { RowInput } from '../../builders/mirror-builder.ts'
import { succeed } from '../../../src-shared/contract/result.ts'
import { previewOf, run } from './run-cli.ts'

const server = { pid: 812, startToken: 't812', name: 'nginx' }
const rows: readonly RowInput[] = [
  { local: '127.0.0.1:8080', owner: server },
  { local: '127.0.0.1:8080', remote: '127.0.0.1:50000', owner: server },
  { local: '127.0.0.1:50000', remote: '127.0.0.1:8080', owner: { pid: 90, startToken: 't90', name: 'curl' } },
  { local: '127.0.0.1:9', visibility: 'not-permitted' },
  { local: '127.0.0.1:10', remote: '127.0.0.1:1', state: 'TIME_WAIT', visibility: 'gone' },
]
const listener = { protocol: 'tcp', address: '127.0.0.1', port: 8080 }
const previews = [
  previewOf(812, {
    name: 'nginx',
    user: 'www',
    connections: 2,
    listeners: [listener],
    children: [{ pid: 813, startToken: 't813', name: 'worker' }],
  }),
  previewOf(813, { children: [{ pid: 814, startToken: 't814' }] }),
  previewOf(814),
  previewOf(90),
]
const targetsOf = (input: unknown): number[] => (input as { targets: { pid: number }[] }).targets.map(({ pid }) => pid)

describe('kill', () => {
  it('ends the listener of a port, not its clients, by its identity, and says that the port is free', async () => {
    const { exit, out, err, engine } = await run(['kill', '--port', '8080', '--yes'], {
      rows,
      previews,
      later: [(builder) => builder.delta({ removed: [1, 2] })],
    })
    expect(engine.inputsOf('endProcess')).toEqual([{ targets: [{ pid: 812, startToken: 't812' }] }])
    expect([exit, out]).toEqual([0, 'nginx[812]: done (TERM)\n'])
    expect(err).toContain('listens on tcp 127.0.0.1:8080')
    expect(err).toContain('leaves child processes behind: worker[813]')
    expect(err).toContain('Port 8080 is free.')
  })

  it('tells when somebody took the port again', async () => {
    const { exit, err } = await run(['kill', '--port', '8080', '--yes'], {
      rows,
      previews,
      later: [(builder) => builder.delta({ removed: [1, 2], added: [{ local: '127.0.0.1:8080', owner: { ...server, pid: 900 } }] })],
    })
    expect([exit, err]).toEqual([1, expect.stringContaining('in use again by nginx[900]')])
  })

  it('tells holders of the port that cannot be named beforehand, and that these still have it afterwards', async () => {
    const shared = [...rows, { local: '[::1]:8080', visibility: 'not-permitted' } as const]
    const { exit, err } = await run(['kill', '--port', '8080', '--yes'], {
      rows: shared,
      previews,
      later: [(builder) => builder.delta({ removed: [1, 2] })],
    })
    expect(err).toContain('1 more socket has port 8080, and the owner cannot be named: it may not be seen from here; run as root')
    expect([exit, err]).toEqual([1, expect.stringContaining('Port 8080 is still in use by a process that cannot be named here.')])
    const dry = await run(['kill', '--port', '8080', '--dry-run'], { rows: shared, previews })
    expect(dry.out).toContain('1 more socket has port 8080')
  })

  it('takes the user of a port when nothing listens on it', async () => {
    const { engine } = await run(['kill', '--port', '50000', '--yes'], { rows, previews })
    expect(targetsOf(engine.inputsOf('endProcess')[0])).toEqual([90])
  })

  it('ends with --tree the parents before their children', async () => {
    const { exit, engine, err } = await run(['kill', '812', '--tree', '--yes', '--signal', 'kill'], { rows, previews })
    expect(exit).toBe(0)
    expect(engine.inputsOf('endProcess').map(targetsOf)).toEqual([[812], [813], [814]])
    expect(engine.inputsOf('endProcess')).toContainEqual(expect.objectContaining({ signal: 'KILL' }))
    expect(err).not.toContain('leaves child processes behind')
  })

  it('ends a target that descends from another target after that one', async () => {
    const { engine } = await run(['kill', '813', '812', '--tree', '--yes'], { rows, previews })
    expect(engine.inputsOf('endProcess').map(targetsOf)).toEqual([[812], [813], [814]])
  })

  it('ends with --tree also who began after the question, without what was confirmed for the others, and names it', async () => {
    const restarted = { pid: 900, startToken: 't900', name: 'sleep' }
    const listed: Record<number, number> = {}
    const { exit, engine, out } = await run(['kill', '812', '--tree', '--yes', '--even-protected'], {
      rows,
      previews: [previewOf(812)],
      answers: {
        previewEndProcess: ({ pid }: { pid: number }) => {
          listed[pid] = (listed[pid] ?? 0) + 1
          return succeed(previewOf(pid, { children: pid === 812 && listed[pid] > 2 ? [restarted] : [] }))
        },
      },
    })
    expect(engine.inputsOf('endProcess')).toEqual([
      { targets: [{ pid: 812, startToken: 't812' }], confirmProtected: true },
      { targets: [{ pid: 900, startToken: 't900' }] },
    ])
    expect([exit, out]).toEqual([0, expect.stringContaining('sleep[900]: done')])
  })

  it('says so, with exit code 1, when processes begin faster than they are ended', async () => {
    let next = 10_000
    const { exit, err } = await run(['kill', '812', '--tree', '--yes'], {
      rows,
      previews: [previewOf(812)],
      answers: {
        previewEndProcess: ({ pid }: { pid: number }) => {
          const children = next > 10_000 || pid !== 812 ? [{ pid: next, startToken: `t${next}` }] : []
          next += 1
          return succeed(previewOf(pid, { children }))
        },
      },
    })
    expect([exit, err]).toEqual([1, expect.stringContaining('some are left')])
  })

  it('refuses a tree that is too large, and ends nothing of it', async () => {
    const children = Array.from({ length: 500 }, (_, index) => ({ pid: 1000 + index, startToken: `t${1000 + index}` }))
    const many = [previewOf(812, { children }), ...children.map(({ pid }) => previewOf(pid))]
    const { exit, err, engine } = await run(['kill', '812', '--tree', '--yes'], { rows, previews: many })
    expect([exit, engine.inputsOf('endProcess')]).toEqual([2, []])
    expect(err).toContain('more than 500 processes')
  })

  it('counts the listeners and children that the engine did not list', async () => {
    const cut = [
      previewOf(812, { connections: 150, listeners: [listener], moreListeners: 49, children: [{ pid: 813 }], moreChildren: 1999 }),
    ]
    const { out } = await run(['kill', '812', '--dry-run'], { rows, previews: cut })
    expect(out).toContain('127.0.0.1:8080, and 49 more')
    expect(out).toContain('813, and 1999 more')
  })

  it('does nothing in a dry run and shows on stdout what it would do', async () => {
    const { exit, out, engine } = await run(['kill', '812', '--dry-run'], { rows, previews })
    expect([exit, engine.inputsOf('endProcess')]).toEqual([0, []])
    expect(out).toContain('nginx[812]  www  2 sockets')
  })

  it.each([
    ['y', 0, 1],
    ['n', 1, 0],
    ['', 1, 0],
  ])('asks on a terminal; the answer "%s" gives exit code %i', async (answer, exitExpected, ended) => {
    const { exit, questions, engine } = await run(['kill', '812'], { rows, previews, answer })
    expect([exit, engine.inputsOf('endProcess').length]).toEqual([exitExpected, ended])
    expect(questions).toEqual(['End with TERM, then KILL if it does not go? [y/N] '])
  })

  it('answers the number of a thread with the process that it belongs to', async () => {
    const { exit, err, engine } = await run(['kill', '813', '--yes'], { rows, previews, threads: { 813: 812 } })
    expect([exit, engine.inputsOf('endProcess')]).toEqual([1, []])
    expect(err).toContain('813 is a thread of process 812')
    expect(err).toContain('sockscope kill 812')
  })

  it('refuses to act unasked where nobody can be asked', async () => {
    const { exit, err, engine } = await run(['kill', '812'], { rows, previews })
    expect([exit, engine.inputsOf('endProcess')]).toEqual([2, []])
    expect(err).toContain('Add --yes')
  })

  it('leaves a protected process alone without the second step', async () => {
    const own = [previewOf(812, { protection: 'self' })]
    const refused = await run(['kill', '812', '--yes'], { rows, previews: own })
    expect([refused.exit, refused.engine.inputsOf('endProcess')]).toEqual([3, []])
    expect(refused.err).toContain('--even-protected')
    const confirmed = await run(['kill', '812', '--yes', '--even-protected'], { rows, previews: own })
    expect(confirmed.engine.inputsOf('endProcess')).toEqual([expect.objectContaining({ confirmProtected: true })])
  })

  it.each([
    ['99999', 4, 'There is no process 99999'],
    ['--port=9', 3, 'run as root'],
    ['--port=10', 1, 'end by themselves'],
    ['--port=11', 1, 'Nothing uses port 11'],
  ])('kill %s exits with %i', async (arg, exitExpected, expected) => {
    const { exit, err, engine } = await run(['kill', arg, '--yes'], { rows, previews })
    expect([exit, engine.inputsOf('endProcess')]).toEqual([exitExpected, []])
    expect(err).toContain(expected)
  })

  it.each([
    ['not-permitted', 'run-as-root', 3, 'not permitted (EPERM); run as root'],
    ['replaced', undefined, 4, 'something else has taken its place'],
    ['gone', undefined, 4, 'already gone'],
    ['still-there', undefined, 1, 'still there'],
  ] as const)('answers %s per target with its own exit code', async (status, remedy, exitExpected, expected) => {
    const outcome = { target: '812', status, ...(remedy && { remedy, systemError: 'EPERM' }) }
    const { exit, out } = await run(['kill', '812', '--yes'], { rows, previews, endProcess: () => [outcome] })
    expect([exit, out]).toEqual([exitExpected, expect.stringContaining(expected)])
  })

  it.each([
    [['kill'], 'sockscope kill PID'],
    [['kill', 'nginx'], 'PID must be a number'],
    [['kill', '0'], 'PID must be a number from 1'],
    [['kill', '1e3'], 'PID must be a number'],
    [['kill', '--port', '70000'], 'from 1 to 65535'],
    [['kill', '--port', '80', '812'], 'cannot be used together'],
    [['kill', '812', '--signal', 'HUP'], 'TERM, KILL'],
    [['kill', '812', '--signal', '--yes'], '--signal needs a value'],
  ])('answers %j with what is wrong and exit code 2', async (args, expected) => {
    const { exit, err, engine } = await run(args, { rows, previews })
    expect([exit, engine.calls]).toEqual([2, []])
    expect(err).toContain(expected)
  })
})
