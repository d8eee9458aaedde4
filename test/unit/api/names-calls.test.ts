import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createNamesCalls } from '../../../src-main/api/names-calls.ts'
import type { Result } from '../../../src-shared/contract/result.ts'
import { defaultSettings, type Settings } from '../../../src-shared/model/settings.ts'
import { mmdbBytes } from '../../builders/mmdb-bytes.ts'

let folder: string
let settings: Settings
let asked: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sockscope-names-'))
  settings = defaultSettings
  asked = []
})
afterEach(() => rmSync(folder, { recursive: true }))

const value = async <Value>(answer: Promise<Result<Value>>): Promise<Value> => {
  const told = await answer
  if (!told.ok) throw new Error(told.error.message)
  return told.value
}
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const resolve = async (address: string): Promise<string[]> => {
  asked.push(address)
  return ['found.example']
}

/** Nobody waits long enough for a timer; every address is at the other end of a row. */
const surroundings = {
  steadyNow: () => 0,
  startTimer: () => () => {},
  remotesAmong: (addresses: readonly string[]) => new Set(addresses),
}

/** With countries of two networks in the build and, where wanted, a file of the user's own. */
function calls(pointedAt?: string) {
  const dataFolder = join(folder, 'data')
  mkdirSync(dataFolder, { recursive: true })
  const shipped = mmdbBytes({ type: 'Shipped', builtAtSeconds: 1_780_000_000 }, [
    ['8.0.0.0/8', { country_code: 'US' }],
    ['9.0.0.0/8', { country_code: 'SE' }],
  ])
  writeFileSync(join(dataFolder, 'countries.mmdb'), shipped)
  writeFileSync(join(dataFolder, 'services.json'), '{"both":{"22":"ssh"},"tcp":{},"udp":{}}')
  const source = { name: 'N', version: '1', licence: 'L', link: 'https://l.example' }
  writeFileSync(join(dataFolder, 'sources.json'), JSON.stringify({ services: source, countries: source }))
  const data = { dataFolder, ownFolder: join(folder, 'networks'), ownFile: pointedAt }
  return createNamesCalls({ settings: () => settings, ...surroundings, data, resolve })
}

function ownFile(name: string, entries: Parameters<typeof mmdbBytes>[1]): string {
  mkdirSync(join(folder, 'networks'), { recursive: true })
  const path = join(folder, 'networks', name)
  writeFileSync(path, mmdbBytes({ type: 'Own', builtAtSeconds: 1_790_000_000 }, entries))
  return path
}

describe('names of addresses', () => {
  const addresses = ['8.8.8.8', '10.0.0.1', '127.0.0.1', '203.0.114.9']
  it('tell the country and ask nobody, as long as nobody chose otherwise', async () => {
    const { handlers } = calls()
    expect(await value(handlers.getNames({ addresses }))).toEqual({
      names: [{ address: '8.8.8.8', country: 'US' }, { address: '10.0.0.1' }, { address: '127.0.0.1' }, { address: '203.0.114.9' }],
    })
    expect(asked).toEqual([])
  })
  it('ask for public ones, or for private ones too, never for loopback', async () => {
    const { handlers } = calls()
    settings = { ...settings, reverseNames: 'public', countries: false }
    expect((await value(handlers.getNames({ addresses }))).names.map(({ pending }) => pending)).toEqual([true, undefined, undefined, true])
    await settle()
    settings = { ...settings, reverseNames: 'all' }
    await handlers.getNames({ addresses })
    await settle()
    expect(asked).toEqual(['8.8.8.8', '203.0.114.9', '10.0.0.1'])
    expect((await value(handlers.getNames({ addresses }))).names[0]).toEqual({ address: '8.8.8.8', host: 'found.example' })
  })
  it('are looked up on request although the settings say no, and told from then on', async () => {
    const { handlers } = calls()
    expect(await value(handlers.lookUpName({ address: '10.0.0.1' }))).toEqual({ address: '10.0.0.1', host: 'found.example' })
    expect((await value(handlers.getNames({ addresses: ['10.0.0.1'] }))).names).toEqual([{ address: '10.0.0.1', host: 'found.example' }])
    expect(await value(handlers.lookUpName({ address: '127.0.0.1' }))).toEqual({ address: '127.0.0.1' })
    expect(asked).toEqual(['10.0.0.1'])
  })
  it('that no row has at its other end are not asked for, whoever wants them', async () => {
    settings = { ...settings, reverseNames: 'all', countries: false }
    const { handlers } = createNamesCalls({
      settings: () => settings,
      ...surroundings,
      remotesAmong: () => new Set(['9.9.9.9']),
      data: { dataFolder: undefined, ownFolder: join(folder, 'none') },
      resolve,
    })
    const { names } = await value(handlers.getNames({ addresses: ['8.8.8.8', '9.9.9.9', '10.0.0.1'] }))
    expect(names).toEqual([{ address: '8.8.8.8' }, { address: '9.9.9.9', pending: true }, { address: '10.0.0.1' }])
    expect(asked).toEqual(['9.9.9.9'])
  })
  it('that were asked for stay pending, and are told, when their connection closes meanwhile', async () => {
    settings = { ...settings, reverseNames: 'all', countries: false }
    let remotes = new Set(['9.9.9.9'])
    const question = Promise.withResolvers<readonly string[]>()
    const { handlers } = createNamesCalls({
      settings: () => settings,
      ...surroundings,
      remotesAmong: () => remotes,
      data: { dataFolder: undefined, ownFolder: join(folder, 'none') },
      resolve: () => question.promise,
    })
    const asking = async () => (await value(handlers.getNames({ addresses: ['9.9.9.9'] }))).names
    expect(await asking()).toEqual([{ address: '9.9.9.9', pending: true }])
    remotes = new Set()
    expect(await asking()).toEqual([{ address: '9.9.9.9', pending: true }])
    question.resolve(['late.example'])
    await vi.waitFor(async () => expect(await asking()).toEqual([{ address: '9.9.9.9', host: 'late.example' }]))
  })
  it('are neither asked for nor told any more once the settings say no, but for those looked up on request', async () => {
    const names = calls()
    const { handlers } = names
    settings = { ...settings, reverseNames: 'all', countries: false }
    const many = Array.from({ length: 100 }, (_, index) => `10.0.0.${index + 1}`)
    await handlers.getNames({ addresses: many })
    settings = { ...settings, reverseNames: 'public' }
    names.settingsChanged()
    await settle()
    expect(asked.length).toBe(8) // those that were open
    expect((await value(handlers.getNames({ addresses: ['10.0.0.1'] }))).names).toEqual([{ address: '10.0.0.1' }])
    await handlers.lookUpName({ address: '10.0.0.2' })
    settings = { ...settings, reverseNames: 'off' }
    names.settingsChanged()
    expect((await value(handlers.getNames({ addresses: ['10.0.0.1', '10.0.0.2'] }))).names).toEqual([
      { address: '10.0.0.1' },
      { address: '10.0.0.2', host: 'found.example' },
    ])
  })
  it('take what the own files say before what the build says, fact by fact', async () => {
    ownFile('asn.mmdb', [['8.8.8.0/24', { autonomous_system_number: 64_496, autonomous_system_organization: 'Own Net' }]])
    const pointed = join(folder, 'elsewhere.mmdb')
    writeFileSync(pointed, mmdbBytes({ type: 'Pointed', builtAtSeconds: 0 }, [['8.8.8.8/32', { country: { iso_code: 'DE' } }]]))
    const { handlers } = calls(pointed)
    const [first, second] = (await value(handlers.getNames({ addresses: ['8.8.8.8', '8.8.8.9'] }))).names
    expect(first).toEqual({ address: '8.8.8.8', country: 'DE', asn: 64_496, network: 'Own Net' })
    expect(second).toEqual({ address: '8.8.8.9', country: 'US', asn: 64_496, network: 'Own Net' })
    settings = { ...settings, countries: false }
    expect((await value(handlers.getNames({ addresses: ['8.8.8.8'] }))).names).toEqual([
      { address: '8.8.8.8', asn: 64_496, network: 'Own Net' },
    ])
  })
})

describe('where names come from', () => {
  it('is told with licence and date, files of the user that cannot be used included', async () => {
    ownFile('good.mmdb', [])
    writeFileSync(join(folder, 'networks', 'bad.mmdb'), 'x')
    writeFileSync(join(folder, 'networks', 'readme.txt'), 'x')
    symlinkSync('/nowhere/at/all.mmdb', join(folder, 'networks', 'link.mmdb'))
    const source = { name: 'N', version: '1', licence: 'L', link: 'https://l.example' }
    expect(await value(calls().handlers.getNameSources(undefined))).toEqual({
      services: source,
      countries: { ...source, date: '2026-05-28' },
      folder: join(folder, 'networks'),
      files: [
        { name: 'bad.mmdb', problem: 'damaged' },
        { name: 'good.mmdb', type: 'Own', date: '2026-09-21' },
        { name: 'link.mmdb', problem: 'unreadable' },
      ],
    })
  })
  it("reads no more of the user's files than fit, and reads one again only when it changed", async () => {
    const path = ownFile('one.mmdb', [['8.8.8.8/32', { country: { iso_code: 'DE' } }]])
    const { handlers } = calls()
    const country = async () => (await value(handlers.getNames({ addresses: ['8.8.8.8'] }))).names[0]?.country
    expect(await country()).toBe('DE')
    rmSync(path)
    expect(await country()).toBe('DE') // nobody looked again
    await handlers.getNameSources(undefined)
    expect(await country()).toBe('US')
  })
  it('is told although a disk does not answer: what cannot be read in time is unreadable', async () => {
    let late: (() => void) | undefined
    const { handlers } = createNamesCalls({
      settings: () => settings,
      ...surroundings,
      startTimer: (run) => {
        late = run
        return () => {}
      },
      data: { dataFolder: undefined, ownFolder: join(folder, 'networks'), ownFile: ownFile('one.mmdb', []) },
    })
    const sources = handlers.getNameSources(undefined)
    late?.() // before anything could be read
    expect(await value(sources)).toMatchObject({ files: [] })
    await settle()
    expect((await value(handlers.getNameSources(undefined))).files).toEqual([{ name: 'one.mmdb', type: 'Own', date: '2026-09-21' }])
  })
  it('looks again when it is asked again', async () => {
    const { handlers } = calls()
    expect((await value(handlers.getNameSources(undefined))).files).toEqual([])
    ownFile('new.mmdb', [])
    expect((await value(handlers.getNameSources(undefined))).files.map(({ name }) => name)).toEqual(['new.mmdb'])
  })
  it('is empty where nothing was built, and so are the names of ports', async () => {
    const { handlers } = createNamesCalls({
      settings: () => settings,
      ...surroundings,
      data: { dataFolder: undefined, ownFolder: join(folder, 'none') },
    })
    expect(await value(handlers.getNameSources(undefined))).toEqual({ folder: join(folder, 'none'), files: [] })
    expect(await value(handlers.getServiceNames(undefined))).toEqual({ both: {}, tcp: {}, udp: {} })
    expect((await value(handlers.getNames({ addresses: ['8.8.8.8'] }))).names).toEqual([{ address: '8.8.8.8' }])
  })
  it('gives the names of ports of the build', async () => {
    expect(await value(calls().handlers.getServiceNames(undefined))).toEqual({ both: { 22: 'ssh' }, tcp: {}, udp: {} })
  })
})
