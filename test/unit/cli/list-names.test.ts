import { describe, expect, it } from 'vitest'
import { succeed } from '../../../src-shared/contract/result.ts'
import type { RowInput } from '../../builders/mirror-builder.ts'
import { run, type RunOptions } from './run-cli.ts'

const rows: RowInput[] = [
  { local: '10.0.0.1:50000', remote: '192.0.2.1:443', owner: { name: 'firefox', pid: 7, startToken: 't7' } },
  { local: '10.0.0.1:50001', remote: '192.0.2.2:443', owner: { name: 'curl', pid: 8, startToken: 't8' } },
  { local: '127.0.0.1:80', owner: { name: 'nginx', pid: 9, startToken: 't9' } },
]

/** Countries at once, host names from the second question on. */
function naming(): RunOptions & { asked: string[][]; chosen: unknown[] } {
  const asked: string[][] = []
  const chosen: unknown[] = []
  const hostOf = (address: string): object =>
    asked.flat().filter((each) => each === address).length > 1 ? { host: `h${address.at(-1)}.example` } : { pending: true }
  return {
    rows,
    asked,
    chosen,
    answers: {
      changeSettings: (patch) => succeed(chosen.push(patch)),
      getNames: ({ addresses }: { addresses: string[] }) => {
        asked.push(addresses)
        const names = addresses.map((address) => ({
          address,
          country: address.endsWith('1') ? 'SE' : 'DE',
          asn: 64_496,
          network: 'Ex\u001bample',
          ...(chosen.length > 0 ? hostOf(address) : {}),
        }))
        return succeed({ names })
      },
    },
  }
}

describe('list', () => {
  it('asks for no names unless names are wanted', async () => {
    const options = naming()
    await run(['list'], options)
    expect(options.asked).toEqual([])
  })
  it('adds country and network, asking only this machine', async () => {
    const options = naming()
    const { exit, out } = await run(['list', '--country'], options)
    expect([exit, options.asked, options.chosen]).toEqual([0, [['192.0.2.1', '192.0.2.2']], []])
    expect(out).toMatch(/firefox .* SE +AS64496 Ex\\x1bample\n/)
  })
  it('adds host names when told to, and waits for them', async () => {
    const options = naming()
    const { out } = await run(['list', '--resolve', '--csv'], options)
    expect(options.chosen).toEqual([{ reverseNames: 'all' }])
    expect(out.split('\r\n')[0]).toMatch(/,host$/)
    expect(out).toMatch(/,h1\.example\r\n/)
  })
  it('shows a row without a name when none comes in time', async () => {
    const options = naming()
    const { exit, out } = await run(['list', ':443', '--resolve', '--columns', 'remote,host'], {
      ...options,
      answers: {
        ...options.answers,
        getNames: ({ addresses }: { addresses: string[] }) => succeed({ names: addresses.map((address) => ({ address, pending: true })) }),
      },
    })
    expect([exit, out]).toEqual([0, 'Remote         Host\n192.0.2.2:443  -\n192.0.2.1:443  -\n'])
  })
  it('filters by what is known', async () => {
    expect((await run(['list', 'country:SE', '--columns', 'process'], naming())).out).toBe('Process\nfirefox\n')
    expect((await run(['list', 'host:h2.example', '--resolve', '--columns', 'process'], naming())).out).toBe('Process\ncurl\n')
    const [row] = JSON.parse((await run(['list', 'asn:64496 process:curl', '--json'], naming())).out) as [{ remoteNames: object }]
    expect(row.remoteNames).toEqual({ country: 'DE', asn: 64_496, network: 'Ex\u001bample' })
  })
  it('does not ask the resolver without being told to', async () => {
    const { exit, err } = await run(['list', 'host:h2.example'], naming())
    expect([exit, err.split('\n')[0]]).toEqual([2, expect.stringContaining('host: needs --resolve')])
  })
  it('has no names for a saved listing', async () => {
    const { exit, err } = await run(['list', '--from', '-', 'country:SE'], naming())
    expect([exit, err]).toEqual([2, expect.stringContaining('--from and country: cannot be used together.')])
  })
})

it.each([['watch'], ['close', '--yes'], ['trace']])('%s refuses names, about which it knows nothing', async (command, ...more) => {
  const { exit, err, engine } = await run([command, '-country:SE', ...more], naming())
  expect([exit, engine.inputsOf('closeConnections')]).toEqual([2, []])
  expect(err).toContain('country: can only be asked for with "sockscope list"')
})
