import { describe, expect, it } from 'vitest'
import { compileQuery, parseQuery, type QueryContext } from '../../../src-shared/query/index.ts'
import { applyOrThrow, builderTakenAt, buildMirror, ChangeSetBuilder, type RowInput } from '../../builders/mirror-builder.ts'

const minute = 60_000
const nginx = { pid: 80, startToken: '1', name: 'nginx', executable: '/usr/sbin/nginx', user: 'root' }
const worker = { pid: 81, startToken: '2', name: 'nginx: worker', executable: '/usr/sbin/nginx', user: 'www-data' }

const rows: Record<string, RowInput> = {
  web: { local: '0.0.0.0:80', owners: [nginx, worker], user: 'root' },
  web6: { local: '[::]:8080', owner: { pid: 90, name: 'java', executable: 'C:\\Program Files\\Java\\java.exe' } },
  firefox: {
    local: '192.168.1.20:50412',
    remote: '198.51.100.3:443',
    owner: { pid: 4242, name: 'firefox', executable: '/usr/lib/firefox/firefox', user: 'ana' },
    user: 'ana',
    createdAt: builderTakenAt - 90 * minute,
    receivedBytes: 1_500_000,
    sentBytes: 0,
    receiveRate: 2048,
  },
  mapped: {
    local: '10.0.0.5:8081',
    remote: '10.0.0.9:60100',
    family: 6,
    state: 'CLOSE_WAIT',
    owner: 'java',
    firstSeenAt: builderTakenAt - 5.5 * minute,
  },
  link: { local: '[fe80::1]:50413', remote: '[2001:db8::7]:443', state: 'FIN_WAIT_2', owner: 'Web Content', receivedBytes: 10 },
  dns: { protocol: 'udp', local: '127.0.0.53:53', owner: { pid: 500, name: 'systemd-resolve', user: 'systemd-resolve' } },
  quic: { protocol: 'udp', local: '192.168.1.20:50500', remote: '203.0.113.1:443', owner: 'chrome' },
  loop: { local: '[::1]:8443', remote: '[::1]:50600', owner: 'chromium' },
  ended: { local: '192.168.1.20:50700', remote: '198.51.100.3:80', state: 'TIME_WAIT', visibility: 'gone' },
}
const names = Object.keys(rows)
const mirror = buildMirror(Object.values(rows))
const context: QueryContext = {
  now: () => builderTakenAt,
  mine: { userName: 'Ana' },
  highlightOf: (slot) => (slot === 2 ? 'new' : slot === 8 ? 'closed' : slot === 3 ? 'changed' : 'none'),
  serviceName: (port, protocol) => (port === 443 && protocol === 'tcp' ? 'https' : port === 53 ? 'domain' : undefined),
}

function found(text: string, over: QueryContext = context): string {
  const outcome = parseQuery(text)
  if (!outcome.ok) return `${outcome.error.code} at ${outcome.error.position}`
  const matches = compileQuery(outcome.query, over)
  return names.filter((_, slot) => matches(mirror, slot)).join(' ')
}

function check(cases: readonly [query: string, rows: string][]): void {
  expect(cases.map(([query]) => [query, found(query)])).toEqual(cases)
}

const all = names.join(' ')

describe('bare words', () => {
  it('find process names by any part of them', () =>
    check([
      ['', all],
      ['   ', all],
      ['FIRE', 'firefox'],
      ['chrom', 'quic loop'],
      ['chrom*', 'quic loop'],
      ['*ium', 'loop'],
      ['"web content"', 'link'],
      ['worker', 'web'],
      ['/^java$/', 'web6 mapped'],
      ['/^JAVA$/', ''],
      ['/^JAVA$/i', 'web6 mapped'],
      ['firefox,chrome', 'firefox quic'],
    ]))
  it('find ports by their beginning, and addresses by theirs', () =>
    check([
      ['808', 'web6 mapped'],
      ['80', 'web web6 mapped ended'],
      ['192.168.1.2', 'firefox quic ended'],
      ['192.168.1.20', 'firefox quic ended'],
      ['168.1', ''],
      ['10.0.0.', 'mapped'],
      ['127', 'dns'],
      ['fe80:', 'link'],
      ['fe8', 'link'],
      ['2001:db8:', 'link'],
      ['::1', 'loop'],
      ['0:0:0:0:0:0:0:1', 'loop'],
      ['2001:DB8::7', 'link'],
      ['203.0.*', 'quic'],
      ['999.1', ''],
    ]))
  it('find blocks and endpoints as other tools print them', () =>
    check([
      ['198.51.100.0/24', 'firefox ended'],
      ['10.0.0.0/255.0.0.0', 'mapped'],
      ['198.51.100.3:443', 'firefox'],
      ['[::1]:8443', 'loop'],
      ['[2001:db8::7]', 'link'],
      [':8080', 'web6'],
      ['*:8080', 'web6'],
    ]))
  it('find states by the beginning of a part, and protocols by their whole name', () =>
    check([
      ['estab', 'firefox loop'],
      ['time-wait', 'ended'],
      ['wait', 'mapped link ended'],
      ['CLOSE_W', 'mapped'],
      ['listening', 'web web6'],
      ['sh', ''],
      ['udp', 'dns quic'],
      ['tcp6', 'web6 mapped link loop'],
      ['/time/', 'ended'],
    ]))
  it('find services when the host knows their names', () => {
    check([
      ['https', 'firefox link'],
      ['domain', 'dns'],
    ])
    expect(found('https', { now: context.now })).toBe('')
  })
})

describe('keys', () => {
  it('about processes match when any owner does', () =>
    check([
      ['process:nginx', 'web'],
      ['process:ngin', ''],
      ['process:"nginx: worker"', 'web'],
      ['pid:81', 'web'],
      ['pid:80-90', 'web web6'],
      ['pid>=4242', 'firefox'],
      ['exe:nginx', 'web'],
      ['exe:/usr/lib/*', 'firefox'],
      ['exe:/usr/lib/firefox/firefox', 'firefox'],
      ['exe:java.exe', 'web6'],
      ['exe:"C:\\Program Files\\*"', ''],
      ['exe:"C:\\Program Files\\Java\\java.exe"', 'web6'],
      ['exe:/sbin/', 'web'],
      ['user:www-data', 'web'],
      ['user:root,ana', 'web firefox'],
      ['user=ANA', 'firefox'],
      ['process:/^chrom/', 'quic loop'],
    ]))
  it('about protocol and state take every spelling', () =>
    check([
      ['proto:udp', 'dns quic'],
      ['proto:TCP6,udp', 'web6 mapped link dns quic loop'],
      ['state:close_wait,fin_wait_2', 'mapped link'],
      ['state:FIN-WAIT-2', 'link'],
      ['state:ESTAB', 'firefox loop'],
      ['state:LISTENING', 'web web6'],
      ['state:*wait*', 'mapped link ended'],
      ['state:/^time/', 'ended'],
      ['-state:*', 'dns quic'],
    ]))
  it('about addresses compare bits, IPv4 also where it is mapped into IPv6', () =>
    check([
      ['remote:10.0.0.0/8', 'mapped'],
      ['remote:10', 'bad-address at 7'],
      ['remote:10.', 'mapped'],
      ['remote:10.0', 'mapped'],
      ['remote:::ffff:10.0.0.9', 'mapped'],
      ['remote:::ffff:10.0.0.0/104', 'mapped'],
      ['local:192.168.1.20', 'firefox quic ended'],
      ['local:192.168.1.21', ''],
      ['local:192.168.1.20/31', 'firefox quic ended'],
      ['local:192.168.1.20:50412', 'firefox'],
      ['local:fe80::/10', 'link'],
      ['remote:2001:db8::/32', 'link'],
      ['remote:2001:db8::7', 'link'],
      ['remote:[2001:db8::7]:443', 'link'],
      ['remote:0.0.0.0/0', 'firefox mapped quic ended'],
      ['remote:::/0', 'mapped link loop'],
      ['local:0.0.0.0', 'web'],
      ['local:::', 'web6'],
      ['remote:198.*,203.*', 'firefox quic ended'],
      ['remote:/^198.*3$/', 'firefox ended'],
      ['local:127.0.0.0/8,::1', 'dns loop'],
    ]))
  it('about ports take ranges and comparisons; no peer has no port', () =>
    check([
      ['port:443', 'firefox link quic'],
      ['port:8000-8999', 'web6 mapped loop'],
      ['port:8000..8999', 'web6 mapped loop'],
      ['lport:<1024', 'web dns'],
      ['lport:-53', 'dns'],
      ['rport:60000-', 'mapped'],
      ['rport<=80', 'ended'],
      ['rport:0-65535', 'firefox mapped link quic loop ended'],
      ['port:80,53', 'web dns ended'],
      ['port:53,8000-8100', 'web6 mapped dns'],
    ]))
  it('about age, bytes and rates know units; the absent passes no test', () =>
    check([
      ['age:>1h', 'firefox'],
      ['age:>5m', 'firefox mapped'],
      ['age:5m', 'mapped'],
      ['age:1-6m', 'mapped'],
      ['age:<1s', 'web web6 link dns quic loop ended'],
      ['rx:>1MB', 'firefox'],
      ['rx:>1.5MB', ''],
      ['rx:>=1.5MB', 'firefox'],
      ['rx:1.5MB', 'firefox'],
      ['rx:>1.43MiB', 'firefox'],
      ['rx:<1KB', 'link'],
      ['rx:10', 'link'],
      ['tx:0', 'firefox'],
      ['rxrate:>2KB', 'firefox'],
      ['rxrate:2KiB/s', 'firefox'],
      ['txrate:>=0', ''],
    ]))
  it('is: names sets', () =>
    check([
      ['is:listening', 'web web6 dns'],
      ['is:established', 'firefox loop'],
      ['is:loopback', 'dns loop'],
      ['is:public', 'firefox link quic ended'],
      ['is:private', 'mapped'],
      ['is:ipv4', 'web firefox dns quic ended'],
      ['is:ipv6', 'web6 mapped link loop'],
      ['is:tcp,udp', all],
      ['is:new', 'firefox'],
      ['is:changed', 'mapped'],
      ['is:closed', 'ended'],
      ['is:unowned', 'ended'],
      ['is:mine', 'firefox'],
      ['is:UDP', 'dns quic'],
    ]))
  it('sets the host cannot tell hold no row', () => {
    expect(found('is:mine', { now: context.now })).toBe('')
    expect(found('is:new', { now: context.now })).toBe('')
  })
})

it('terms combine: side by side, OR, NOT and groups', () =>
  check([
    ['port:443 proto:udp', 'quic'],
    ['port:443 AND proto:udp', 'quic'],
    ['port:443 && proto:udp', 'quic'],
    ['port:53 OR port:80', 'web dns ended'],
    ['port:53 || port:80 proto:tcp state:listen', 'web dns'],
    ['-is:tcp', 'dns quic'],
    ['!is:tcp', 'dns quic'],
    ['NOT is:tcp', 'dns quic'],
    ['--is:udp', 'dns quic'],
    ['-(is:tcp OR firefox) 443', 'quic'],
    ['(firefox OR java)(is:ipv4 OR is:listening)', 'web6 firefox'],
    ['-rx:>1MB -is:udp -is:ipv6', 'web ended'],
  ]))

it('what is learned about a process is dropped when its record changes or the mirror starts over', () => {
  const outcome = parseQuery('process:after')
  if (!outcome.ok) throw new Error(outcome.error.code)
  const matches = compileQuery(outcome.query, context)
  const live = buildMirror([{ owner: { pid: 7, startToken: '1', name: 'before' } }])
  expect(matches(live, 0)).toBe(false)
  applyOrThrow(live, new ChangeSetBuilder('next life').full([{ owner: { pid: 7, startToken: '1', name: 'after' } }]))
  expect(matches(live, 0)).toBe(true)
})

it('the matching survives the growth of the mirror', () => {
  const outcome = parseQuery('port:30000-30010')
  if (!outcome.ok) throw new Error(outcome.error.code)
  const matches = compileQuery(outcome.query, context)
  const builder = new ChangeSetBuilder()
  const live = buildMirror([])
  applyOrThrow(live, builder.full([{ local: '127.0.0.1:30001' }]))
  expect(matches(live, 0)).toBe(true)
  applyOrThrow(live, builder.delta({ added: Array.from({ length: 3000 }, () => ({ local: '127.0.0.1:30002' })) }))
  expect(matches(live, 0) && matches(live, 2999)).toBe(true)
})
