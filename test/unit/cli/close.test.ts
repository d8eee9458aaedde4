import { describe, expect, it } from 'vitest'
import type { ActionOutcome } from '../../../src-shared/contract/actions.ts'
import type { RowInput } from '../../builders/mirror-builder.ts'
import { run } from './run-cli.ts'

const rows: readonly RowInput[] = [
  { local: '127.0.0.1:8080', owner: { pid: 812, name: 'app' } },
  { local: '127.0.0.1:8080', remote: '127.0.0.1:50000', state: 'CLOSE_WAIT', owner: { pid: 812, name: 'app' } },
  { local: '127.0.0.1:8080', protocol: 'udp', owner: { pid: 812, name: 'app' } },
  { local: '127.0.0.1:7', state: 'BOUND', owner: { pid: 812, name: 'app' } },
]
const id = 'c0000000000000002'

const firstDoneRestGone = (ids: readonly string[]): ActionOutcome[] =>
  ids.map((target, index) => ({ target, status: index === 0 ? 'done' : 'gone' }))

describe('close', () => {
  it('closes what can be closed and refuses the rest with the reason', async () => {
    const { exit, out, err, engine } = await run(['close', 'process:app', '--yes'], { rows })
    expect(engine.inputsOf('closeConnections')).toEqual([{ ids: [id] }])
    expect([exit, out]).toEqual([0, 'tcp   CLOSE-WAIT    127.0.0.1:8080 -> 127.0.0.1:50000  app[812]: done (closed by the kernel)\n'])
    expect(err).toContain('3 sockets cannot be closed from outside')
    expect(err).toContain('may run wild; use "sockscope kill 812"')
    expect(err).toContain('UDP socket would stay bound')
    expect(err).toContain('only bound')
  })

  it('closes nothing when only listeners match', async () => {
    const { exit, engine } = await run(['close', 'state:listen', '--yes'], { rows })
    expect([exit, engine.inputsOf('closeConnections')]).toEqual([1, []])
  })

  it('does nothing in a dry run', async () => {
    const { exit, out, engine } = await run(['close', ':50000', '--dry-run'], { rows })
    expect([exit, engine.inputsOf('closeConnections')]).toEqual([0, []])
    expect(out).toContain('127.0.0.1:8080 -> 127.0.0.1:50000')
  })

  it('asks first, and takes anything but yes for no', async () => {
    const asked = await run(['close', ':50000'], { rows, answer: 'maybe' })
    expect([asked.exit, asked.engine.inputsOf('closeConnections')]).toEqual([1, []])
    expect(asked.questions).toEqual(['Close it? [y/N] '])
  })

  it('sends no more targets at once than the contract takes', async () => {
    const many: RowInput[] = Array.from({ length: 2500 }, (_, index) => ({ local: `127.0.0.1:${index + 1}`, remote: '127.0.0.1:9' }))
    const { exit, out, engine } = await run(['close', 'is:loopback', '--yes'], { rows: many })
    expect(engine.inputsOf('closeConnections').map((input) => (input as { ids: string[] }).ids.length)).toEqual([1000, 1000, 500])
    expect([exit, out.trimEnd().split('\n').length]).toEqual([0, 2500])
  })

  it('counts the other end that went along as success', async () => {
    const both: RowInput[] = [
      { local: '127.0.0.1:1', remote: '127.0.0.1:2' },
      { local: '127.0.0.1:2', remote: '127.0.0.1:1' },
    ]
    const { exit, out } = await run(['close', ':1', '--yes'], { rows: both, closeConnections: firstDoneRestGone })
    expect([exit, out]).toEqual([0, expect.stringMatching(/done[^]*already gone/)])
    const gone = await run(['close', ':1', '--yes'], {
      rows: both,
      closeConnections: (ids) => ids.map((target) => ({ target, status: 'gone' })),
    })
    expect(gone.exit).toBe(4)
  })

  it('lets a refusal by the system decide the exit code', async () => {
    const { exit, out } = await run(['close', ':50000', '--yes'], {
      rows,
      closeConnections: () => [{ target: id, status: 'not-permitted', remedy: 'run-as-root', systemError: 'EPERM' }],
    })
    expect([exit, out]).toEqual([3, expect.stringContaining('not permitted (EPERM); run as root')])
  })

  it.each([
    [['close'], 2, 'Say which connections'],
    [['close', '  ', '--yes'], 2, 'Say which connections'],
    [['close', ':50000'], 2, 'Add --yes'],
    [['close', 'process:nobody', '--yes'], 1, 'No connection matches'],
  ])('answers %j with exit code %i', async (args, exitExpected, expected) => {
    const { exit, err, engine } = await run(args, { rows })
    expect([exit, engine.inputsOf('closeConnections')]).toEqual([exitExpected, []])
    expect(err).toContain(expected)
  })
})
