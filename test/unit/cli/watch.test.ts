import { describe, expect, it } from 'vitest'
import type { RowInput } from '../../builders/mirror-builder.ts'
import { run, type RunOptions } from './run-cli.ts'

const server = { pid: 812, startToken: 't', name: 'nginx' }
const client: RowInput = { id: 2, local: '127.0.0.1:8080', remote: '127.0.0.1:50000', owner: server }
const rows: readonly RowInput[] = [{ id: 1, local: '127.0.0.1:8080', owner: server }]
const later: RunOptions['later'] = [
  (builder) => builder.delta({ added: [client] }),
  (builder) => builder.delta({ changed: [{ ...client, receivedBytes: 5 }] }),
  (builder) => builder.delta({ changed: [{ ...client, state: 'CLOSE_WAIT' }] }),
  (builder) => builder.delta({ removed: [2] }),
]
const withoutTime = (out: string): string[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^\d\d:\d\d:\d\d\.\d{3} /, ''))

describe('watch', () => {
  it('prints opened, changed and closed connections, not what only carried data', async () => {
    const { exit, out, engine } = await run(['watch', '--count', '3'], { rows, later })
    expect(exit).toBe(0)
    expect(withoutTime(out)).toEqual([
      '+ tcp   ESTABLISHED   127.0.0.1:8080 -> 127.0.0.1:50000  nginx[812]',
      '~ tcp   CLOSE-WAIT    127.0.0.1:8080 -> 127.0.0.1:50000  nginx[812]  (state ESTABLISHED -> CLOSE-WAIT)',
      '- tcp   CLOSE-WAIT    127.0.0.1:8080 -> 127.0.0.1:50000  nginx[812]',
    ])
    expect(engine.stopped).toBe(true)
  })

  it('does not look again before a slow reader has taken what was written, and then goes on', async () => {
    let waits = 0
    const { out, engine } = await run(['watch', '--initial', '--for', '5'], {
      rows,
      later,
      drained: () => {
        waits += 1
        return waits > 2 ? new Promise(() => {}) : Promise.resolve()
      },
    })
    expect(withoutTime(out)).toHaveLength(2)
    expect(engine.inputsOf('getChanges')).toHaveLength(3)
    expect(engine.stopped).toBe(true)
  })

  it('gives the same as one JSON object per line', async () => {
    const { out } = await run(['watch', '--ndjson', '--count', '2'], { rows, later })
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(events).toEqual([
      {
        event: 'opened',
        at: '2026-11-20T08:00:01.000Z',
        connection: expect.objectContaining({ id: 'c0000000000000002', state: 'ESTABLISHED' }),
      },
      {
        event: 'changed',
        at: '2026-11-20T08:00:03.000Z',
        changes: { state: { from: 'ESTABLISHED', to: 'CLOSE_WAIT' } },
        connection: expect.objectContaining({ state: 'CLOSE_WAIT' }),
      },
    ])
  })

  it('tells a row that changes into the filter and one that changes out of it', async () => {
    const { out } = await run(['watch', 'state:close_wait', '--for', '10'], {
      rows: [...rows, client],
      later: [
        (builder) => builder.delta({ changed: [{ ...client, state: 'CLOSE_WAIT' }] }),
        (builder) => builder.delta({ changed: [{ ...client, state: 'LAST_ACK' }] }),
        (builder) => builder.delta({ removed: [2] }),
      ],
    })
    expect(withoutTime(out).map((line) => [line[0], /\(.*\)/.exec(line)?.[0]])).toEqual([
      ['~', '(state ESTABLISHED -> CLOSE-WAIT)'],
      ['~', '(state CLOSE-WAIT -> LAST-ACK)'],
    ])
  })

  it('keeps the owner of a closed row although its process is forgotten and its slot used again', async () => {
    const other: RowInput = { id: 3, local: '127.0.0.1:1', owner: { pid: 1000, startToken: 'x', name: 'other' } }
    const { out } = await run(['watch', '--count', '2'], {
      rows: [...rows, client],
      later: [
        (builder) => {
          const set = builder.delta({ added: [other], removed: [1] })
          return { ...set, header: { ...set.header, forgottenProcesses: [1] } }
        },
      ],
    })
    expect(withoutTime(out)).toEqual(expect.arrayContaining(['- tcp   LISTEN        127.0.0.1:8080  nginx[812]']))
  })

  it('bridges a gap: a full set tells what was closed and opened meanwhile', async () => {
    const { out } = await run(['watch', '--count', '2'], { rows, later: [(builder) => builder.full([{ ...client, identityLow: 77 }])] })
    expect(withoutTime(out).map((line) => line[0])).toEqual(['-', '+'])
  })

  it('prints what is there first with --initial', async () => {
    const { out } = await run(['watch', '--initial', '--for', '1'], { rows })
    expect(withoutTime(out)).toEqual(['= tcp   LISTEN        127.0.0.1:8080  nginx[812]'])
  })

  it('looks every --interval, stops after --for, and exits with 1 when nothing changed', async () => {
    const { exit, err, engine } = await run(['watch', '--interval', '0.5', '--for', '2'], { rows })
    expect([exit, err]).toEqual([1, 'Nothing changed.\n'])
    expect(engine.inputsOf('refresh').length).toBeGreaterThanOrEqual(5)
    expect(engine.inputsOf('refresh').length).toBeLessThanOrEqual(6)
  })

  it('ends at once and well on Ctrl+C', async () => {
    let waits = 0
    const { exit, out, engine } = await run(['watch'], { rows, later, onWait: (stop) => void ((waits += 1) === 2 && stop()) })
    expect([exit, withoutTime(out).length, engine.stopped]).toEqual([0, 1, true])
  })

  it('goes on after a failed look and says so once', async () => {
    let looks = 0
    const { exit, err } = await run(['watch', '--for', '4'], {
      rows,
      refresh: () => {
        looks += 1
        if (looks === 2 || looks === 3) return { ok: false, error: { code: 'internal', message: 'ENOBUFS' } }
        return { ok: true, value: { session: 's', sequence: 1, takenAt: 0, intervalMs: 1000, rows: 1, tickMs: 1, problems: [] } }
      },
    })
    expect([exit, err.match(/ENOBUFS/g)?.length]).toEqual([1, 1])
  })

  it.each([
    [['watch', '--interval', '0'], '--interval must be a number from 0.1'],
    [['watch', '--interval', 'soon'], '"soon"'],
    [['watch', '--for', '-5'], '--for needs a value'],
    [['watch', '--count', '1.5'], '--count must be a number'],
  ])('answers %j with what is wrong and exit code 2', async (args, expected) => {
    const { exit, err } = await run(args, { rows })
    expect([exit, err]).toEqual([2, expect.stringContaining(expected)])
  })
})
