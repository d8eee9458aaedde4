import { describe, expect, test } from 'vitest'
import { portConflict } from '../../../../src-main/diagnosis/rules/port-conflict.ts'
import type { RowInput } from '../../../builders/mirror-builder.ts'
import { manyRows, RuleWatch } from '../../../builders/rule-watch.ts'

function candidatesOf(rows: readonly RowInput[]) {
  return new RuleWatch(portConflict).full(rows)
}

/** UDP sockets of two programs. */
function pair(port: number, remote?: string): RowInput[] {
  const socket = (owner: string): RowInput => ({
    protocol: 'udp',
    local: `0.0.0.0:${port}`,
    owner,
    ...(remote === undefined ? {} : { remote }),
  })
  return [socket('a'), socket('b')]
}

test('two programs on one address and port', () => {
  const watch = new RuleWatch(portConflict)
  const [candidate, ...others] = watch.full([
    { local: '0.0.0.0:8080', owner: 'old' },
    { local: '0.0.0.0:8080', owner: 'new' },
    { local: '0.0.0.0:8081', owner: 'third' },
  ])
  expect(others).toEqual([])
  expect(candidate).toMatchObject({
    key: 'tcp 8080',
    severity: 'warning',
    process: { name: 'old' },
    otherProcesses: [{ name: 'new' }],
    local: { port: 8080 },
  })
  expect(watch.evidence(candidate)).toEqual([1, 2])
})

test.each<[string, string, string | undefined]>([
  ['0.0.0.0:80', '127.0.0.1:80', 'warning'],
  ['[::]:80', '[2001:db8::1]:80', 'warning'],
  ['127.0.0.1:80', '192.0.2.1:80', undefined],
  ['127.0.0.1:80', '127.0.0.2:80', undefined],
  ['0.0.0.0:80', '[::]:80', 'notice'],
  ['127.0.0.1:80', '[::1]:80', 'notice'],
  ['127.0.0.1:80', '[::]:80', 'notice'],
  ['192.0.2.1:80', '[::1]:80', undefined],
  ['127.0.0.53:53', '[::]:53', undefined],
  ['0.0.0.0:80', '0.0.0.0:81', undefined],
])('%s and %s of two programs: %s', (left, right, severity) => {
  const [candidate] = candidatesOf([
    { local: left, owner: 'a' },
    { local: right, owner: 'b' },
  ])
  expect(candidate?.severity).toBe(severity)
})

test('workers of one program, and a server on both families, are healthy', () => {
  expect(candidatesOf(manyRows(100, (index) => ({ local: '0.0.0.0:80', owner: { pid: index + 2, name: 'nginx' } })))).toEqual([])
  expect(
    candidatesOf([
      { local: '0.0.0.0:80', owner: { pid: 5, name: 'main', executable: '/bin/web' } },
      { local: '[::]:80', owner: { pid: 6, name: 'worker', executable: '/bin/web' } },
    ]),
  ).toEqual([])
})

const node = '/usr/bin/node'
const server = (pid: number, local: string, more: object = {}): RowInput => ({
  local,
  owner: { pid, startToken: `t${pid}`, name: 'node', executable: node, ...more },
})
const java = (pid: number, local: string, executable?: string): RowInput => ({
  local,
  owner: { pid, startToken: `t${pid}`, name: 'java', ...(executable === undefined ? {} : { executable }) },
})
const proxy = (pid: number, local: string): RowInput => server(pid, local, { name: 'docker-proxy', executable: '/usr/bin/docker-proxy' })

/** Parents by pid, with other executables where they have some. */
const startedBy = (parents: Readonly<Record<number, number>>, executables: Readonly<Record<number, string>> = {}) =>
  new RuleWatch(portConflict).around({
    describeProcess: (pid) => {
      const parentPid = parents[pid]
      const executable = executables[pid] ?? node
      return parentPid === undefined ? undefined : { startToken: `t${pid}`, parentPid, executable, startedAt: pid }
    },
  })
const twoJavas = (other?: string) => [java(20, '0.0.0.0:80', '/jdk-21/bin/java'), java(30, '127.0.0.1:80', other)]

describe('one executable that runs programs of others', () => {
  const servers = [server(20, '127.0.0.1:3000'), server(30, '[::1]:3000')]

  test('two servers that were started one by one are two programs', () => {
    const shell = { 10: '/bin/bash' }
    expect(startedBy({ 20: 10, 30: 10, 10: 1 }, shell).full(servers)).toMatchObject([
      { severity: 'notice', process: { pid: 20 }, otherProcesses: [{ pid: 30 }] },
    ])
    // `npm start` in two terminals: each server is a child of a Node.js of its own.
    expect(startedBy({ 20: 19, 19: 10, 30: 29, 29: 11, 10: 1, 11: 1 }, { 10: '/bin/bash', 11: '/bin/bash' }).full(servers)).toHaveLength(1)
  })

  test('a server and its workers, and workers of one server, are one program', () => {
    expect(startedBy({ 20: 10, 30: 20, 10: 1 }, { 10: '/bin/bash' }).full(servers)).toEqual([])
    expect(startedBy({ 20: 15, 30: 15, 15: 10, 10: 1 }, { 10: '/bin/bash' }).full(servers)).toEqual([])
    expect(startedBy({ 20: 15, 30: 16, 15: 12, 16: 12, 12: 10, 10: 1 }, { 10: '/bin/bash' }).full(servers)).toEqual([])
  })

  test('two servers that one process manager of the same executable started cannot be told from its workers', () => {
    const manager = { 10: '/usr/bin/node', 1: '/sbin/init' }
    expect(startedBy({ 20: 10, 30: 10, 10: 1, 1: 0 }, manager).full(servers)).toEqual([])
    expect(startedBy({ 20: 10, 30: 11, 10: 1, 11: 1, 1: 0 }, { ...manager, 11: node }).full(servers)).toHaveLength(1)
  })

  test('two copies on one address asked for it, which is worth knowing and no more', () => {
    const watch = startedBy({ 20: 10, 30: 10, 10: 1 }, { 10: '/bin/bash' })
    const [candidate] = watch.full([server(20, '0.0.0.0:3000'), server(30, '0.0.0.0:3000')])
    expect([candidate?.severity, watch.evidence(candidate)]).toEqual(['notice', [1, 2]])
    const stranger: RowInput = { local: '0.0.0.0:3000', owner: { pid: 9, name: 'web', executable: '/opt/web' } }
    expect(startedBy({ 20: 10, 10: 1 }, { 10: '/bin/bash' }).full([server(20, '0.0.0.0:3000'), stranger])).toMatchObject([
      { severity: 'warning' },
    ])
  })

  test('who cannot be looked at, or is another bearer of the pid, is no stranger', () => {
    expect(startedBy({}).full(servers)).toEqual([])
    expect(startedBy({ 20: 10, 30: 10, 10: 1 }).full([servers[0] ?? {}, server(30, '[::1]:3000', { startToken: 'older' })])).toEqual([])
  })

  test('a parent that is younger than its child has the number of one that ended', () => {
    const watch = startedBy({ 20: 40, 30: 40, 40: 1 })
    expect(watch.full(servers)).toHaveLength(1)
  })

  test('a circle of parents ends', () => {
    expect(startedBy({ 20: 30, 30: 20 }).full(servers).length).toBeLessThanOrEqual(1)
  })

  test('of one name and two files they are two programs; where a file is not known, one', () => {
    expect(candidatesOf(twoJavas('/jdk-17/bin/java'))).toMatchObject([{ severity: 'warning' }])
    expect(candidatesOf(twoJavas())).toEqual([])
  })

  test.each(['/usr/bin/python3.12', 'C:\\Python\\pythonw.exe', '/usr/lib/jvm/21/bin/java', '/usr/bin/ruby3.2', '/opt/node/bin/node'])(
    '%s runs programs of others',
    (executable) => {
      const two = servers.map(({ local = '' }, index) => server(20 + index * 10, local, { executable }))
      const shell = { 10: '/bin/bash', 20: executable, 30: executable }
      expect(startedBy({ 20: 10, 30: 10, 10: 1 }, shell).full(two)).toHaveLength(1)
    },
  )

  test('a proxy per address family, started by one service, is one program', () => {
    const executables = { 10: '/usr/bin/dockerd', 20: '/usr/bin/docker-proxy', 30: '/usr/bin/docker-proxy' }
    expect(startedBy({ 20: 10, 30: 10, 10: 1 }, executables).full([proxy(20, '0.0.0.0:80'), proxy(30, '[::]:80')])).toEqual([])
  })
})

test('a stranger among many workers is found, with all of their sockets', () => {
  const watch = new RuleWatch(portConflict)
  const [candidate] = watch.full([
    ...manyRows(100, (index): RowInput => ({ local: '0.0.0.0:80', owner: { pid: index + 2, name: 'nginx' } })),
    { local: '0.0.0.0:80', owner: 'stranger' },
  ])
  expect(watch.evidence(candidate)).toHaveLength(101)
})

test('an inherited socket has several owners, and one of them in common is one family', () => {
  const systemd = { pid: 1, name: 'systemd' }
  expect(
    candidatesOf([
      { local: '0.0.0.0:22', owners: [systemd, { pid: 7, name: 'sshd' }] },
      { local: '[::]:22', owners: [systemd, { pid: 8, name: 'other' }] },
    ]),
  ).toEqual([])
})

test('of unknown owners nothing is said', () => {
  expect(candidatesOf([{ local: '0.0.0.0:80', owner: 'a' }, { local: '0.0.0.0:80' }])).toEqual([])
})

test('sockets bound to different devices never meet', () => {
  expect(
    candidatesOf([
      { local: '0.0.0.0:53', owner: 'a', interface: 'virbr0' },
      { local: '0.0.0.0:53', owner: 'b', interface: 'virbr1' },
    ]),
  ).toEqual([])
})

test('UDP: ports that are shared on purpose, chosen by the system or connected do not count', () => {
  for (const port of [5353, 6771, 17_500, 21_027, 27_036]) expect(candidatesOf(pair(port))).toEqual([])
  expect(candidatesOf(pair(40_000))).toEqual([])
  expect(candidatesOf(pair(514, '203.0.113.1:9'))).toEqual([])
  expect(candidatesOf(pair(514))).toMatchObject([{ key: 'udp 514' }])
})

test('UDP and TCP on one port number are two ports', () => {
  expect(
    candidatesOf([
      { protocol: 'udp', local: '0.0.0.0:53', owner: 'a' },
      { local: '0.0.0.0:53', owner: 'b' },
    ]),
  ).toEqual([])
})

test('ends when one of them lets go', () => {
  const watch = new RuleWatch(portConflict)
  watch.full([
    { local: '0.0.0.0:80', owner: 'a' },
    { local: '0.0.0.0:80', owner: 'b' },
  ])
  expect(watch.look({ removed: [2] })).toEqual([])
})
