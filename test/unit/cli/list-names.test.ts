import { describe, expect, it } from 'vitest'
import { succeed } from '../../../src-shared/contract/result.ts'
import type { RowInput } from '../../builders/mirror-builder.ts'
import { run, servicesInTests, type RunOptions } from './run-cli.ts'

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
          asn: 64_496,
          network: 'Ex\u001bample',
          country: address.endsWith('1') ? 'SE' : 'DE',
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
    expect([exit, err.split('\n')[0]]).toEqual([2, expect.stringContaining('(host) needs --resolve')])
  })
  it.each([[['--columns', 'remote,host']], [['--sort', 'host']], [['--sort', '-host', '--csv']]])(
    'shows no column and no order of host names that nobody asked for: %j',
    async (args) => {
      const { exit, err, out } = await run(['list', ...args], naming())
      expect([exit, out, err.split('\n')[0]]).toEqual([2, '', expect.stringContaining('--resolve')])
    },
  )
  it('orders by a name that is not shown', async () => {
    const { out } = await run(['list', ':443', '--sort', 'country', '--columns', 'process'], naming())
    expect(out).toBe('Process\ncurl\nfirefox\n')
  })
})

async function saved(...args: string[]): Promise<Buffer[]> {
  const { out } = await run(['list', '--ndjson', ...args], naming())
  return [Buffer.from(out)]
}

describe('list --from with names', () => {
  it('keeps the names of the listing, in JSON, in columns and for the keys of the query', async () => {
    const input = await saved('--country', '--resolve')
    const again = await run(['list', '--from', '-', '--ndjson'], { input })
    expect([again.out, again.engine.calls]).toEqual([String(input[0]), []])
    const { out } = await run(['list', '--from', '-', '--country', '--columns', 'process,host,country,network', 'host:h1.example'], {
      input,
    })
    expect(out).toBe('Process  Host        Country  Network\nfirefox  h1.example  SE       AS64496 Ex\\x1bample\n')
    expect((await run(['list', '--from', '-', 'country:DE', '--columns', 'process'], { input })).out).toBe('Process\ncurl\n')
  })
  it('says so when the listing has none, and asks nobody', async () => {
    const input = await saved()
    const { exit, err } = await run(['list', '--from', '-', 'country:SE'], { input })
    expect([exit, err.split('\n')[1]]).toEqual([1, expect.stringContaining('holds no names of addresses')])
    const refused = await run(['list', '--from', '-', '--resolve'], { input })
    expect([refused.exit, refused.err]).toEqual([2, expect.stringContaining('--from and --resolve cannot be used together.')])
  })
  it.each([
    ['country', 'Sweden'],
    ['asn', -1],
    ['host', ''],
    ['network', 'x'.repeat(2000)],
  ])('skips an entry whose %s is none', async (field, value) => {
    const [line = ''] = String((await saved('--country'))[0]).split('\n')
    const entry = JSON.parse(line) as { remoteNames: object }
    const input = [Buffer.from(`${line}\n${JSON.stringify({ ...entry, id: 'c00000000000000aa', remoteNames: { [field]: value } })}\n`)]
    const { err } = await run(['list', '--from', '-'], { input })
    expect(err).toBe(`Entry 2 of the listing was skipped: its field "remoteNames.${field}" is wrong.\n`)
  })
})

const named = (): RunOptions => ({ rows, answers: { getServiceNames: () => succeed(servicesInTests) } })

describe('names of ports', () => {
  it('stand in columns of their own, and in JSON', async () => {
    const { out } = await run(['list', '--services', '--csv'], named())
    expect(out.split('\r\n')[0]).toMatch(/,local-service,remote-service$/)
    expect(out).toMatch(/,https\r\n/)
    const json = JSON.parse((await run(['list', '--services', '--json'], named())).out) as { portNames?: object }[]
    expect(json.map(({ portNames }) => portNames)).toEqual([{ remote: 'https' }, { remote: 'https' }, { local: 'http' }])
  })
  it('are not asked for without being wanted', async () => {
    const { out, engine } = await run(['list', '--json'], named())
    expect([out.includes('portNames'), engine.inputsOf('getServiceNames')]).toEqual([false, []])
  })
  it('can be asked for by column, by order, and of a saved listing', async () => {
    const { out } = await run(['list', '--columns', 'process', '--sort', 'local-service'], named())
    expect(out.split('\n')[1]).toBe('nginx')
    const input = [Buffer.from((await run(['list', '--json'], named())).out)]
    const columns = ['--columns', 'local,local-service', 'is:listening']
    expect((await run(['list', '--from', '-', ...columns], { input })).out).toMatch(/127\.0\.0\.1:80 +http\n$/)
  })
  it('stand beside the ports in watch', async () => {
    const { out } = await run(['watch', ':443', 'process:curl', '--initial', '--services', '--for', '1'], named())
    expect(out).toContain('10.0.0.1:50001 -> 192.0.2.2:443 (https)  curl[8]')
  })
})

it.each([['watch'], ['close', '--yes'], ['trace']])('%s refuses names, about which it knows nothing', async (command, ...more) => {
  const { exit, err, engine } = await run([command, '-country:SE', ...more], naming())
  expect([exit, engine.inputsOf('closeConnections')]).toEqual([2, []])
  expect(err).toContain('country: can only be asked for with "sockscope list"')
})
