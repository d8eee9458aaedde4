/** Names in the table, the details, the menu, the settings and the whois window. */
import { describe, expect, it, vi } from 'vitest'
import App from '../../../src-renderer/App.vue'
import AboutDialog from '../../../src-renderer/features/about/AboutDialog.vue'
import NamesSettings from '../../../src-renderer/features/names/NamesSettings.vue'
import { fail, succeed } from '../../../src-shared/contract/result.ts'
import type { Settings } from '../../../src-shared/model/settings.ts'
import { buildMirror } from '../../builders/mirror-builder.ts'
import { createFakeHost, type FakeHost } from '../support/fake-host.ts'
import { byText, mountWithHost, settle, useWithHost } from '../support/mount-with-host.ts'
import { useConnections } from '../../../src-renderer/stores/connections.ts'
import type { ServiceNameList } from '../../../src-shared/contract/names.ts'
import type { ColumnId } from '../../../src-renderer/view/column-id.ts'
import { useDialogs } from '../../../src-renderer/stores/dialogs.ts'
import { useNames, type Learned } from '../../../src-renderer/stores/names.ts'
import { KnownNames } from '../../../src-shared/model/known-names.ts'
import { useStatus } from '../../../src-renderer/stores/status.ts'
import { useWhois } from '../../../src-renderer/stores/whois.ts'
import WhoisDialog from '../../../src-renderer/features/names/WhoisDialog.vue'
import { defineComponent, h, ref } from 'vue'

function answering(host: FakeHost): FakeHost {
  host.answers.getServiceNames = async () => succeed({ both: { 443: 'https' }, tcp: {}, udp: {} })
  host.answers.getNames = async ({ addresses }) => succeed({ names: addresses.map((address) => ({ address, country: 'SE' })) })
  return host
}

async function started(host: FakeHost) {
  const names = useWithHost(host, useNames)
  const known = new KnownNames()
  const told: Learned[] = []
  names.start(known, (what) => void told.push(what))
  names.follow(host.settings)
  await settle()
  return { names, known, told }
}

describe('the store of names', () => {
  it('asks for what was read, all of it at once, a moment later', async () => {
    const host = answering(createFakeHost())
    const { known } = await started(host)
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.1']) known.readAddress(address)
    expect(host.callsOf('getNames')).toEqual([])
    host.clock.advance(120)
    await settle()
    expect(host.callsOf('getNames')).toEqual([{ addresses: ['192.0.2.1', '192.0.2.2'] }])
    expect(known.readAddress('192.0.2.2')).toEqual({ country: 'SE' })
    host.clock.advance(60_000)
    await settle()
    expect(host.callsOf('getNames').length).toBe(1)
  })
  it('says what became known, and nothing when the same comes again', async () => {
    const host = answering(createFakeHost())
    host.answers.getNames = async ({ addresses }) =>
      succeed({ names: addresses.map((each) => ({ address: each, pending: true as const })) })
    const { names, known, told } = await started(host)
    told.length = 0
    known.readAddress('192.0.2.1')
    for (const ms of [120, 700, 700]) {
      host.clock.advance(ms)
      await settle()
    }
    expect([host.callsOf('getNames').length, told]).toEqual([3, ['addresses']])
    names.follow({ ...host.settings, theme: 'dark' } as Settings)
    expect(told.length).toBe(1)
    names.follow({ ...host.settings, serviceNames: false })
    expect(told.slice(1)).toEqual(['services'])
  })
  it('does not ask for ever for more addresses than can be known', async () => {
    const host = answering(createFakeHost())
    const { names, known } = await started(host)
    const mirror = buildMirror(Array.from({ length: 50_100 }, (_, index) => ({ remote: `10.0.${index >> 8}.${index & 255}:443` })))
    mirror.names = known
    for (let index = 0; index < 50_000; index += 1) known.learn(`10.0.${index >> 8}.${index & 255}`, {})
    known.learn('192.0.2.1', {})
    names.wantAll(mirror)
    expect([known.isFull, known.hasWanted]).toEqual([false, true])
    for (const address of known.takeWanted(5000)) known.learn(address, {})
    for (let turn = 0; turn < 5; turn += 1) {
      host.clock.advance(2000)
      names.wantAll(mirror)
    }
    expect([known.isFull, known.hasWanted]).toEqual([true, false])
  })
  it('asks in parts of what one call may carry', async () => {
    const host = answering(createFakeHost())
    const { known } = await started(host)
    for (let index = 0; index < 450; index += 1) known.readAddress(`10.0.${index >> 8}.${index & 255}`)
    for (let part = 0; part < 4; part += 1) {
      host.clock.advance(120)
      await settle()
    }
    expect(host.callsOf('getNames').map((input) => (input as { addresses: string[] }).addresses.length)).toEqual([200, 200, 50])
  })
  it('asks again for what is being looked up, until it is known', async () => {
    const host = answering(createFakeHost())
    let asked = 0
    host.answers.getNames = async ({ addresses }) => {
      asked += 1
      return succeed({
        names: addresses.map((address) => (asked < 3 ? { address, pending: true as const } : { address, host: 'a.example' })),
      })
    }
    const { known } = await started(host)
    known.readAddress('192.0.2.1')
    for (const ms of [120, 700, 700, 700]) {
      host.clock.advance(ms)
      await settle()
    }
    expect([asked, known.readAddress('192.0.2.1')]).toEqual([3, { host: 'a.example' }])
  })
  it('gives a name up that never comes, and a host that does not answer for a while', async () => {
    const host = answering(createFakeHost())
    host.answers.getNames = async ({ addresses }) => succeed({ names: addresses.map((address) => ({ address, pending: true as const })) })
    const { known } = await started(host)
    known.readAddress('192.0.2.1')
    for (let turn = 0; turn < 30; turn += 1) {
      host.clock.advance(700)
      await settle()
    }
    expect(host.callsOf('getNames').length).toBe(12)
    host.answers.getNames = async () => fail('internal', 'broken')
    known.readAddress('192.0.2.2')
    host.clock.advance(120)
    await settle()
    known.readAddress('192.0.2.3')
    host.clock.advance(5000)
    await settle()
    expect(host.callsOf('getNames').length).toBe(13)
    host.clock.advance(5000)
    await settle()
    expect(host.callsOf('getNames').length).toBe(14)
  })
  it('forgets what was known when a choice changes, and names no ports when that is switched off', async () => {
    const host = answering(createFakeHost())
    const { names, known } = await started(host)
    known.learn('192.0.2.1', { country: 'SE' })
    expect(known.services?.ofEnd(443, 'tcp')).toBe('https')
    names.follow({ ...host.settings, countries: false })
    expect([known.ofAddress('192.0.2.1'), known.services !== undefined]).toEqual([{}, true])
    names.follow({ ...host.settings, countries: false, serviceNames: false })
    expect(known.services).toBeUndefined()
  })
})

async function sortedBy(column: ColumnId) {
  const host = createFakeHost([443, 22, 80].map((port) => ({ local: '127.0.0.1:50000', remote: `192.0.2.${port % 100}:${port}` })))
  host.settings = { ...host.settings, table: { ...host.settings.table, sort: [{ column, descending: false }] } }
  let tell: ((services: ServiceNameList) => void) | undefined
  host.answers.getServiceNames = () => new Promise((resolve) => (tell = (services) => resolve(succeed(services))))
  const mounted = mountWithHost(host, App)
  const { view } = useConnections(mounted.vm.$pinia)
  await settle()
  const ports = (): number[] => [...view.visible].map((slot) => view.mirror.columns.remotePort[slot] ?? 0)
  return { host, view, ports, tell: (services: ServiceNameList) => tell?.(services) }
}

describe('a table sorted by names', () => {
  it('is in order once the names of ports are here, and again when they are switched off', async () => {
    const { host, ports, tell } = await sortedBy('remoteService')
    const before = ports()
    tell({ both: { 443: 'https', 22: 'ssh', 80: 'a-web' }, tcp: {}, udp: {} })
    await settle()
    expect(ports()).toEqual([80, 443, 22])
    host.emit('settingsChanged', structuredClone({ ...host.settings, serviceNames: false }))
    host.clock.advance(1000)
    await settle()
    expect(ports()).toEqual(before)
  })

  it('is put in order anew once in a second, however many names come', async () => {
    const { host, view, ports } = await sortedBy('host')
    const reconsidered = vi.spyOn(view, 'reconsider')
    host.answers.getNames = async ({ addresses }) => succeed({ names: addresses.map((address) => ({ address, host: `x${address}` })) })
    host.clock.advance(120)
    await settle()
    expect([ports(), reconsidered.mock.calls.length]).toEqual([[22, 443, 80], 1])
    for (const last of [7, 8, 9]) {
      view.mirror.names.readAddress(`198.51.100.${last}`)
      host.clock.advance(200)
      await settle()
    }
    expect([host.callsOf('getNames').length, reconsidered.mock.calls.length]).toEqual([4, 1])
    host.clock.advance(400)
    expect(reconsidered.mock.calls.length).toBe(2)
  })
})

describe('the settings of names', () => {
  it('name source, licence and date, and the folder of own files', async () => {
    const host = createFakeHost()
    const source = { name: 'IP Geolocation by DB-IP', version: '1', licence: 'CC BY 4.0', link: 'https://db-ip.com' }
    host.answers.getNameSources = async () =>
      succeed({
        services: source,
        countries: { ...source, date: '2026-06-01' },
        folder: '/home/ana/.config/sockscope/networks',
        files: [
          { name: 'asn.mmdb', type: 'GeoLite2-ASN', date: '2026-05-01' },
          { name: 'bad.mmdb', problem: 'damaged' },
        ],
      })
    const open = ref(false)
    mountWithHost(
      host,
      defineComponent(() => () => (open.value ? h(NamesSettings) : undefined)),
    )
    await host.link.api.call('getSettings', undefined)
    open.value = true
    await settle()
    const link = document.querySelector('a')
    expect([link?.textContent, link?.getAttribute('href'), link?.getAttribute('rel')]).toEqual([
      'IP Geolocation by DB-IP',
      'https://db-ip.com',
      'noopener noreferrer',
    ])
    const text = document.body.textContent
    for (const piece of [
      ', licence CC BY 4.0, data of 2026-06-01',
      '/home/ana/.config/sockscope/networks',
      'asn.mmdb: GeoLite2-ASN, data of 2026-05-01',
      'bad.mmdb: no .mmdb file, or damaged.',
    ])
      expect(text).toContain(piece)
  })
})

it.each([
  [true, ['Off', 'Public addresses', 'Public and private addresses'], false],
  [false, ['Off'], true],
])('a host that acts (%s) offers the choices %j of whose names to ask for', async (actionsAllowed, offered, explained) => {
  const host = createFakeHost([], { actionsAllowed })
  const open = ref(false)
  const holder = defineComponent(() => {
    useStatus().start()
    return () => (open.value ? h(NamesSettings) : undefined)
  })
  mountWithHost(host, holder)
  await settle()
  open.value = true
  await settle()
  const select = [...document.querySelectorAll('select')].at(-1)
  expect([...(select?.options ?? [])].map(({ text }) => text)).toEqual(offered)
  expect(document.body.textContent.includes('This host only looks')).toBe(explained)
})

it('about names the data of others in the words that came with them', async () => {
  const host = createFakeHost()
  const countries = { name: 'IP Geolocation by DB-IP', version: '1', licence: 'CC BY 4.0', link: 'https://db-ip.com', date: '2026-06-01' }
  const services = { name: 'Registry of ports', version: '8.0.35', licence: 'CC0 1.0', link: 'https://ports.example' }
  host.answers.getNameSources = async () => succeed({ services, countries, folder: '/networks', files: [] })
  const opened = ref<ReturnType<typeof useDialogs>>()
  const holder = defineComponent(() => {
    opened.value = useDialogs()
    return () => h(AboutDialog)
  })
  mountWithHost(host, holder)
  await settle()
  expect(host.callsOf('getNameSources')).toEqual([])
  opened.value?.show({ id: 'about' })
  await settle()
  const links = [...document.querySelectorAll<HTMLAnchorElement>('[role=dialog] a')]
  expect(links.map((link) => link.getAttribute('href'))).toEqual(['https://db-ip.com', 'https://ports.example'])
  const text = document.querySelector('[role=dialog]')?.textContent
  expect(text).toContain('IP Geolocation by DB-IP, licence CC BY 4.0, data of 2026-06-01')
  expect(text).toContain('Registry of ports, licence CC0 1.0, version 8.0.35')
})

async function openedWhois(host: FakeHost): Promise<void> {
  const holder = defineComponent(() => {
    useWhois().open('192.0.2.7')
    return () => h(WhoisDialog)
  })
  mountWithHost(host, holder)
  await settle()
}

describe('whois', () => {
  it('says what asking tells to whom and asks only then', async () => {
    const host = createFakeHost()
    host.answers.whois = async ({ address }) => succeed({ address, parts: [{ server: 'whois.iana.org', text: 'inetnum: 192.0.2.0/24' }] })
    await openedWhois(host)
    expect(document.body.textContent).toContain('This asks whois.iana.org and then the registry of the address')
    expect(host.callsOf('whois')).toEqual([])
    byText('button', 'Ask')?.click()
    await settle()
    expect(host.callsOf('whois')).toEqual([{ address: '192.0.2.7' }])
    expect(document.querySelector('pre')?.textContent).toBe('inetnum: 192.0.2.0/24')
  })
  it('shows what came and says who did not answer', async () => {
    const host = createFakeHost()
    host.answers.whois = async ({ address }) => succeed({ address, parts: [], problem: 'timeout', server: 'whois.iana.org' })
    await openedWhois(host)
    byText('button', 'Ask')?.click()
    await settle()
    expect(document.querySelector('[role=alert]')?.textContent).toContain('The server whois.iana.org did not answer.')
  })
})

it('the menu of a row looks a name up on request, also for a private address, and refuses whois for it', async () => {
  const host = answering(createFakeHost([{ local: '10.0.0.1:50000', remote: '10.0.0.2:443', owner: 'firefox' }]))
  host.answers.lookUpName = async ({ address }) => succeed({ address, host: 'printer.example' })
  mountWithHost(host, App)
  await settle()
  document
    .querySelector('.connection-body [role=row]')
    ?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, clientX: 5, clientY: 5 }))
  await settle()
  const whois = [...document.querySelectorAll('[role=menuitem]')].find((item) => item.textContent?.includes('Whois'))
  expect([whois?.getAttribute('aria-disabled'), whois?.getAttribute('title')]).toEqual([
    'true',
    'This address is private. No registry knows it.',
  ])
  const lookUp = [...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find((item) =>
    item.textContent?.includes('Look up the host name'),
  )
  lookUp?.click()
  await settle()
  expect(host.callsOf('lookUpName')).toEqual([{ address: '10.0.0.2' }])
  expect(document.body.textContent).toContain('10.0.0.2 is called printer.example.')
})
