/** What the suites of this folder compare with must be read correctly itself, and that can be checked anywhere. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseSocketStatistics } from '../wine/socket-statistics.ts'
import { parseMacLsof, parseMacNetstat } from './macos-tools.ts'
import { parseWindowsNetstat } from './windows-netstat.ts'

const fixture = (name: string): string => readFileSync(new URL(`../fixtures/macos/${name}`, import.meta.url), 'utf8')

describe("the suites' own reading", () => {
  it("of Linux' ss tells peers, states and every holder", () => {
    const text = `tcp LISTEN 0 511 *:36005 *:* users:(("wineserver64",pid=21,fd=44))
tcp ESTAB 0 0 [::ffff:127.0.0.1]:41 [::ffff:127.0.0.1]:42 users:(("Main (1)",pid=3,fd=4),("wineserver64",pid=21,fd=45))
tcp CLOSE-WAIT 1 0 [::1]:5 [::1]:6
udp UNCONN 0 0 127.0.0.1:7 0.0.0.0:* users:(("x",pid=1,fd=2))
`
    expect(parseSocketStatistics(text)).toEqual([
      { protocol: 'tcp', state: 'LISTEN', local: ':::36005', programs: ['wineserver64'] },
      { protocol: 'tcp', state: 'ESTABLISHED', local: '127.0.0.1:41', remote: '127.0.0.1:42', programs: ['Main (1)', 'wineserver64'] },
      { protocol: 'tcp', state: 'CLOSE_WAIT', local: '::1:5', remote: '::1:6', programs: [] },
      { protocol: 'udp', local: '127.0.0.1:7', programs: ['x'] },
    ])
  })

  it("of Windows' netstat tells peers, states and pids", () => {
    const text = `
Active Connections

  Proto  Local Address          Foreign Address        State           PID
  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1052
  TCP    192.0.2.23:50210       198.51.100.92:443      ESTABLISHED     7781
  TCP    [::]:135               [::]:0                 LISTENING       1052
  UDP    0.0.0.0:500            *:*                                    2048
  UDP    [fe80::b1d7:da26%12]:1900  *:*                2216
`
    expect(parseWindowsNetstat(text.replaceAll('\n', '\r\n'))).toEqual([
      { protocol: 'tcp', state: 'LISTEN', local: '0.0.0.0:135', pid: 1052 },
      { protocol: 'tcp', state: 'ESTABLISHED', local: '192.0.2.23:50210', remote: '198.51.100.92:443', pid: 7781 },
      { protocol: 'tcp', state: 'LISTEN', local: ':::135', pid: 1052 },
      { protocol: 'udp', local: '0.0.0.0:500', pid: 2048 },
      { protocol: 'udp', local: 'fe80::b1d7:da26:1900', pid: 2216 },
    ])
  })

  it("of macOS' netstat finds the pid in the layouts of 11, 15 and 26", () => {
    expect(parseMacNetstat(fixture('netstat-macos15.txt'))).toEqual([
      { protocol: 'tcp', state: 'ESTABLISHED', local: '127.0.0.1:4242', remote: '127.0.0.1:55910', pid: 2415 },
      { protocol: 'tcp', state: 'LISTEN', local: '0.0.0.0:22', pid: 1 },
      { protocol: 'udp', local: '0.0.0.0:123', pid: 180 },
    ])
    expect(parseMacNetstat(fixture('netstat-macos11-12.txt'))).toEqual(
      expect.arrayContaining([
        { protocol: 'tcp', state: 'LISTEN', local: ':::35729', pid: 33784 },
        { protocol: 'tcp', state: 'ESTABLISHED', local: '::1:5002', remote: '::1:52167', pid: 31195 },
        { protocol: 'udp', local: ':::21424', pid: 12525 },
      ]),
    )
    const ofMacOs26 = `Active Internet connections (including servers)
Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)          rxbytes      txbytes  rhiwat  shiwat    process:pid    state  options           gencnt    flags   flags1 usecnt rtncnt fltrs
tcp4       0      0  127.0.0.1.4242         127.0.0.1.55910        ESTABLISHED         1108         1454  407808  146988   Some Helper (x):2415   00102 00000004 000000000bf559bb 00000081 01000800      2      0 000000
`
    expect(parseMacNetstat(ofMacOs26)).toEqual([
      { protocol: 'tcp', state: 'ESTABLISHED', local: '127.0.0.1:4242', remote: '127.0.0.1:55910', pid: 2415 },
    ])
  })

  it("of macOS' lsof tells families, peers and states", () => {
    const text =
      'p121\nf4\ntIPv4\nPTCP\nn*:548\nTST=LISTEN\nf7\ntIPv6\nPTCP\nn[::1]:1->[::1]:2\nTST=ESTABLISHED\nf9\ntIPv6\nPUDP\nn*:5353\n'
    expect(parseMacLsof(text)).toEqual([
      { protocol: 'tcp', state: 'LISTEN', local: '0.0.0.0:548' },
      { protocol: 'tcp', state: 'ESTABLISHED', local: '::1:1', remote: '::1:2' },
      { protocol: 'udp', local: ':::5353' },
    ])
  })
})
