import { expect, test, vi } from 'vitest'
import App from '../../../src-renderer/App.vue'
import type { InterfacesReport, KernelSettingsReport, RoutesReport, StatisticsReport } from '../../../src-shared/contract/network.ts'
import { fail, succeed } from '../../../src-shared/contract/result.ts'
import { sampleEveryMs } from '../../../src-renderer/stores/statistics.ts'
import { createFakeHost, type FakeHost } from '../support/fake-host.ts'
import { byText, mountWithHost, settle } from '../support/mount-with-host.ts'

// A document without layout has no canvas to draw on.
vi.mock('uplot', () => ({ default: vi.fn<() => void>() }))

const means = { means: [], unread: [] }
const counters = (takenAt: number, retransmitted: number): StatisticsReport => ({
  takenAt,
  ...means,
  groups: [{ id: 'tcp', counters: { tcpRetransSegs: retransmitted, tcpInErrs: 0, tcpOutSegs: 1_234_567 }, gauges: { tcpCurrEstab: 0 } }],
})
const interfaces: InterfacesReport = {
  takenAt: 1,
  ...means,
  interfaces: [
    { name: 'eth0', up: true, running: false, mtuBytes: 1500, addresses: [{ family: 'ipv4', address: '192.0.2.7', prefixLength: 24 }] },
  ],
}
const routes: RoutesReport = {
  takenAt: 1,
  ...means,
  unread: [{ part: '/proc/net/ipv6_route', reason: 'EACCES' }],
  cutShort: false,
  routes: [
    { family: 'ipv4', destination: '0.0.0.0', prefixLength: 0, type: 'unicast', gateway: '192.0.2.1', interface: 'eth0' },
    { family: 'ipv4', destination: '192.0.2.7', prefixLength: 32, type: 'local', interface: 'eth0' },
  ],
}
const kernelSettings: KernelSettingsReport = {
  takenAt: 1,
  ...means,
  settings: [
    { id: 'fin-timeout', name: 'net.ipv4.tcp_fin_timeout', values: [30], unit: 'seconds', defaults: [60], states: ['FIN_WAIT_2'] },
    { id: 'syncookies', name: 'net.ipv4.tcp_syncookies', values: [1], unit: 'choice', defaults: [1], states: ['SYN_RECEIVED'] },
  ],
}

async function openStatistics(): Promise<{ readonly host: FakeHost; sample(retransmitted: number): Promise<void> }> {
  const host = createFakeHost()
  let retransmitted = 0
  host.answers.getStatistics = async () => succeed(counters(host.clock.now(), retransmitted))
  host.answers.getInterfaces = async () => succeed(interfaces)
  host.answers.getRoutes = async () => succeed(routes)
  host.answers.getKernelSettings = async () => succeed(kernelSettings)
  mountWithHost(host, App)
  await settle()
  byText('nav button', 'Statistics')?.click()
  await settle()
  return {
    host,
    async sample(value) {
      retransmitted = value
      host.clock.advance(sampleEveryMs)
      host.emit('looked', host.status())
      await settle()
    },
  }
}

const rowOf = (word: string): string[] | undefined =>
  [...document.querySelectorAll('.plain-table tbody tr')]
    .map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent?.trim().replaceAll(/\s+/gu, ' ') ?? ''))
    .find(([first]) => first?.includes(word) === true)

async function open(part: string): Promise<void> {
  byText('.parts button', part)?.click()
  await settle()
}

test('counters have plain names, rates, and a word where growth means trouble', async () => {
  const page = await openStatistics()
  await page.sample(100)
  await page.sample(104)
  expect(rowOf('tcpOutSegs')).toEqual(expect.arrayContaining(['1,234,567']))
  const [name, ...figures] = rowOf('tcpRetransSegs') ?? []
  expect(name).toContain('Segments retransmitted')
  expect(name).toContain('Grows: worth a look')
  expect(figures).toEqual(['104', '2', '4'])
})

test('zero counters are left out until they are asked for, and a search finds them by meaning', async () => {
  const page = await openStatistics()
  await page.sample(1)
  expect(rowOf('tcpInErrs')).toBeUndefined()
  expect(rowOf('tcpCurrEstab')?.[1]).toBe('0')
  const filter = document.querySelector<HTMLInputElement>('.filter')
  if (filter === null) throw new Error('no filter')
  filter.value = 'bad checksum'
  filter.dispatchEvent(new Event('input'))
  await settle()
  expect(rowOf('tcpInErrs')).toBeDefined()
  expect(rowOf('tcpOutSegs')).toBeUndefined()
})

test('looks that follow one another quickly are sampled once', async () => {
  const { host } = await openStatistics()
  host.clock.advance(sampleEveryMs)
  for (let look = 0; look < 5; look += 1) host.emit('looked', host.status())
  await settle()
  expect(host.callsOf('getStatistics')).toHaveLength(1)
})

test('interfaces, routes and settings say what they are in words', async () => {
  const page = await openStatistics()
  await page.sample(1)
  await open('Interfaces')
  expect(rowOf('eth0')).toEqual(expect.arrayContaining(['no carrier', '192.0.2.7/24', '1,500']))
  await open('Routes')
  expect(rowOf('default')).toEqual(expect.arrayContaining(['192.0.2.1', 'eth0']))
  expect(rowOf('192.0.2.7/32')).toBeUndefined()
  expect(document.querySelector('.unread')?.textContent).toContain('/proc/net/ipv6_route could not be read (EACCES)')
  await open('System settings')
  expect(rowOf('tcp_fin_timeout')?.slice(1, 3)).toEqual(['30 s not the default', '60 s'])
  expect(rowOf('tcp_syncookies')?.slice(1, 3)).toEqual(['1', '1'])
})

test('a failed question is said, and what is known stays', async () => {
  const page = await openStatistics()
  await page.sample(5)
  page.host.answers.getStatistics = async () => fail('timeout', 'late')
  await page.sample(6)
  expect(document.querySelector('.failure')?.textContent).toBe('There was no answer in time.')
  expect(rowOf('tcpRetransSegs')?.[1]).toBe('5')
})
