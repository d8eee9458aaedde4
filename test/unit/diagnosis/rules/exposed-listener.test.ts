import { expect, test } from 'vitest'
import { exposedListener } from '../../../../src-main/diagnosis/rules/exposed-listener.ts'
import type { RowInput } from '../../../builders/mirror-builder.ts'
import { factsOf, RuleWatch } from '../../../builders/rule-watch.ts'

function candidatesOf(rows: readonly RowInput[]) {
  return new RuleWatch(exposedListener).full(rows)
}

test('a cache on every address is told at once, both families in one', () => {
  const watch = new RuleWatch(exposedListener)
  const owner = { pid: 4, name: 'redis-server', user: 'redis' }
  const [candidate, ...others] = watch.full([
    { local: '192.168.1.4:6379', owner },
    { local: '0.0.0.0:6379', owner },
    { local: '[::]:6379', owner },
    { local: '127.0.0.1:6379', owner },
    { local: '0.0.0.0:22', owner: 'sshd' },
  ])
  expect(others).toEqual([])
  expect(candidate).toMatchObject({
    key: 'Redis 6379',
    severity: 'warning',
    process: { pid: 4, user: 'redis' },
    local: { address: '0.0.0.0', port: 6379 },
  })
  expect(watch.evidence(candidate)).toEqual([1, 2, 3])
  expect(factsOf(candidate)).toEqual(['service Redis', 'address-scope any', 'risk no-login'])
})

test.each([
  ['127.0.0.1:6379', undefined],
  ['127.0.0.53:6379', undefined],
  ['[::1]:6379', undefined],
  ['[::ffff:127.0.0.1]:6379', undefined],
  ['0.0.0.0:6379', 'any'],
  ['[::]:6379', 'any'],
  ['203.0.113.5:6379', 'public'],
  ['[2001:db8::5]:6379', 'public'],
  ['192.168.1.5:6379', 'private'],
  ['[fd00::5]:6379', 'private'],
  ['169.254.1.5:6379', 'link-local'],
  ['[fe80::5]:6379', 'link-local'],
])('%s is reached from: %s', (local, scope) => {
  const facts = candidatesOf([{ local }]).flatMap(factsOf)
  expect(facts.find((fact) => fact.startsWith('address-scope'))).toBe(scope === undefined ? undefined : `address-scope ${scope}`)
})

test('in a closed network it is worth a notice', () => {
  expect(candidatesOf([{ local: '10.0.0.5:27017' }])).toMatchObject([{ severity: 'notice' }])
  expect(candidatesOf([{ local: '203.0.113.5:27017' }])).toMatchObject([{ severity: 'warning' }])
  expect(candidatesOf([{ local: '203.0.113.5:5432' }])).toMatchObject([{ severity: 'notice' }])
})

test('a program is known by its name on any port, and its name wins over the port', () => {
  expect(candidatesOf([{ local: '0.0.0.0:7001', owner: 'Redis-Server.exe' }])).toMatchObject([{ key: 'Redis 7001' }])
  expect(candidatesOf([{ local: '0.0.0.0:5432', owner: 'mongod' }])).toMatchObject([{ key: 'MongoDB 5432' }])
})

test('a program with several ports is its service on the ports of that alone', () => {
  expect(
    candidatesOf([
      { local: '0.0.0.0:2377', owner: 'dockerd' },
      { local: '0.0.0.0:7946', owner: 'dockerd' },
    ]),
  ).toEqual([])
  expect(
    candidatesOf([
      { local: '0.0.0.0:8301', owner: 'consul' },
      { local: '0.0.0.0:8088', owner: 'influxd' },
    ]),
  ).toEqual([])
  expect(candidatesOf([{ local: '0.0.0.0:2375', owner: 'dockerd' }])).toMatchObject([{ key: 'Docker API 2375', severity: 'warning' }])
  expect(candidatesOf([{ local: '0.0.0.0:8500', owner: 'consul' }])).toMatchObject([{ key: 'Consul 8500' }])
})

test.each([5984, 8086, 9200])('what asks for a password today is a notice: port %i', (port) => {
  const [candidate] = candidatesOf([{ local: `0.0.0.0:${port}` }])
  expect([candidate?.severity, factsOf(candidate).at(-1)]).toEqual(['notice', 'risk no-login-before'])
})

test('what every Windows has is told only where the address is public', () => {
  const rows = ['0.0.0.0:135', '0.0.0.0:445', '192.168.1.4:139', '[::]:445'].map((local): RowInput => ({ local, owner: 'System' }))
  expect(new RuleWatch(exposedListener).around({ platform: 'win32' }).full(rows)).toEqual([])
  expect(new RuleWatch(exposedListener).around({ platform: 'linux' }).full(rows)).toHaveLength(3)
  expect(new RuleWatch(exposedListener).around({ platform: 'win32' }).full([{ local: '203.0.113.5:445' }])).toMatchObject([
    { key: 'SMB 445', severity: 'notice' },
  ])
})

test('UDP services count while they have no peer, and only by port', () => {
  expect(candidatesOf([{ protocol: 'udp', local: '0.0.0.0:161' }])).toMatchObject([{ key: 'SNMP 161' }])
  expect(candidatesOf([{ protocol: 'udp', local: '192.0.2.1:161', remote: '203.0.113.1:9' }])).toEqual([])
  expect(candidatesOf([{ protocol: 'udp', local: '0.0.0.0:6379' }])).toEqual([])
  expect(candidatesOf([{ protocol: 'udp', local: '0.0.0.0:40000', owner: 'redis-server' }])).toEqual([])
})

test('a socket that is bound to the loopback device is not exposed', () => {
  expect(candidatesOf([{ local: '0.0.0.0:6379', interface: 'lo' }])).toEqual([])
})

test('a connection of such a service is no listener', () => {
  expect(candidatesOf([{ local: '192.0.2.1:6379', remote: '203.0.113.1:5000' }])).toEqual([])
})

test('ends when the listener is gone', () => {
  const watch = new RuleWatch(exposedListener)
  expect(watch.full([{ local: '0.0.0.0:6379' }])).toHaveLength(1)
  expect(watch.look({ removed: [1] })).toEqual([])
})
