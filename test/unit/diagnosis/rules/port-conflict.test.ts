import { expect, test } from 'vitest'
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
