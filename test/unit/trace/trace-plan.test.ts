import { describe, expect, it } from 'vitest'
import type { Route } from '../../../src-shared/contract/network.ts'
import { captureArguments, findTool } from '../../../src-main/native/capture-headers.ts'
import { droppedCount, isListening, isRefusal, lacksItsUser, problemOfWords, reasonOf } from '../../../src-main/trace/tool-words.ts'
import { traceFilter } from '../../../src-main/trace/trace-filter.ts'
import { traceInterface } from '../../../src-main/trace/trace-interface.ts'

describe('the filter', () => {
  it('takes exactly one pair of endpoints in both directions, IPv4 and IPv6', () => {
    expect(traceFilter({ address: '192.0.2.1', port: 40_000 }, { address: '198.51.100.7', port: 443 })).toBe(
      'ip and tcp and ((src host 192.0.2.1 and src port 40000 and dst host 198.51.100.7 and dst port 443) or ' +
        '(src host 198.51.100.7 and src port 443 and dst host 192.0.2.1 and dst port 40000))',
    )
    expect(traceFilter({ address: '::1', port: 1 }, { address: '2001:db8::2', port: 2 })).toMatch(
      /^ip6 and tcp and \(\(src host ::1 and src port 1 /,
    )
  })

  it.each([
    ['a name', { address: 'localhost', port: 80 }, { address: '192.0.2.1', port: 80 }],
    ['words of the filter language', { address: '192.0.2.1 or port 22', port: 80 }, { address: '192.0.2.1', port: 80 }],
    ['an option', { address: '-w/etc/passwd', port: 80 }, { address: '192.0.2.1', port: 80 }],
    ['two families', { address: '::1', port: 80 }, { address: '127.0.0.1', port: 80 }],
    ['a scope', { address: 'fe80::1%eth0', port: 80 }, { address: 'fe80::2', port: 80 }],
    ['port 0', { address: '192.0.2.1', port: 0 }, { address: '192.0.2.2', port: 80 }],
    ['half a port', { address: '192.0.2.1', port: 80.5 }, { address: '192.0.2.2', port: 80 }],
    ['a port too large', { address: '192.0.2.1', port: 80 }, { address: '192.0.2.2', port: 65_536 }],
  ])('is not made from %s', (_what, local, remote) => {
    expect(traceFilter(local, remote)).toBeUndefined()
  })
})

describe('the interface', () => {
  const routes = [
    route('0.0.0.0', 0, 'en0'),
    route('10.0.0.0', 8, 'utun3'),
    route('10.1.0.0', 16, 'en5'),
    route('fe80::%en0', 64, 'en0'),
    route('::', 0, 'en1'),
  ]
  const on = (platform: 'linux' | 'darwin', remoteAddress: string): string =>
    traceInterface({ platform, remoteAddress, ownAddresses: ['192.0.2.1', '2001:db8::1'], routes: () => routes })

  it('is the loopback interface for what stays within the machine, its outer addresses included', () => {
    for (const address of ['127.0.0.1', '127.9.9.9', '::1', '192.0.2.1', '2001:db8::1'])
      expect([on('linux', address), on('darwin', address)]).toEqual(['lo', 'lo0'])
  })

  it('is any of them on Linux, and that of the most specific route on macOS', () => {
    expect(on('linux', '10.1.2.3')).toBe('any')
    expect(['10.1.2.3', '10.2.2.3', '198.51.100.7', '2001:db8::9'].map((address) => on('darwin', address))).toEqual([
      'en5',
      'utun3',
      'en0',
      'en1',
    ])
    expect(traceInterface({ platform: 'darwin', remoteAddress: '198.51.100.7', ownAddresses: [], routes: () => [] })).toBe('any')
  })
})

it('the tool is asked for headers only, of so many packets, to standard output, without names', () => {
  const options = { tool: '/t', interface: 'lo', filter: 'tcp port 1', snapshotBytes: 160, packets: 5, seconds: 9, outputBytes: 99 }
  expect(captureArguments(options)).toEqual(['-i', 'lo', '-n', '-U', '--immediate-mode', '-s', '160', '-c', '5', '-w', '-', 'tcp port 1'])
  expect(captureArguments({ ...options, keepUser: 'root' }).join(' ')).toContain('-Z root -w - tcp')
})

it("a tool is looked for in root's folders first, then on the PATH, never in a relative one", () => {
  const tried: string[] = []
  const found = (there: string): string | undefined =>
    findTool('tcpdump', '/home/ana/bin:.:tools:/opt/net/bin', (file) => {
      tried.push(file)
      return file === there
    })
  expect(found('/opt/net/bin/tcpdump')).toBe('/opt/net/bin/tcpdump')
  expect(tried.indexOf('/usr/sbin/tcpdump')).toBeLessThan(tried.indexOf('/home/ana/bin/tcpdump'))
  expect(tried.filter((file) => !file.startsWith('/'))).toEqual([])
  expect(found('tools/tcpdump')).toBeUndefined()
})

describe('what the tool says', () => {
  const listening = 'tcpdump: listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 160 bytes\n'

  it('tells that it listens, what it lost, and nothing else for a reason', () => {
    const ended = `${listening}12 packets captured\n30 packets received by filter\n4 packets dropped by kernel\n1 packet dropped by interface\n`
    expect([isListening(listening), droppedCount(listening), droppedCount(ended), reasonOf(ended)]).toEqual([true, undefined, 5, undefined])
  })

  it.each([
    ["tcpdump: lo: You don't have permission to perform this capture on that device\n(socket: Operation not permitted)\n", 'not-permitted'],
    [
      "tcpdump: en0: You don't have permission to capture on that device\n((cannot open BPF device) /dev/bpf0: Permission denied)\n",
      'not-permitted',
    ],
    ['tcpdump: eth7: No such device exists\n(SIOCGIFHWADDR: No such device)\n', 'tool-failed'],
  ])('is understood: %s', (words, problem) => {
    expect([problemOfWords(words), isRefusal(words), isListening(words)]).toEqual([problem, problem === 'not-permitted', false])
    expect(reasonOf(words)).toMatch(/device/)
    expect(reasonOf(words)).not.toContain('tcpdump:')
  })

  it('is told from a build that drops its rights to a user who is not there', () => {
    expect([lacksItsUser("tcpdump: Couldn't find user 'tcpdump'\n"), lacksItsUser(listening)]).toEqual([true, false])
  })
})

function route(destination: string, prefixLength: number, name: string): Route {
  return {
    family: destination.includes(':') ? 'ipv6' : 'ipv4',
    destination,
    prefixLength,
    type: 'unicast',
    interface: name,
  }
}
