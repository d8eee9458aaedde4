import { describe, expect, it } from 'vitest'
import { parseNamedPairs, parseSnmp6 } from '../../../src-main/statistics/linux/parse-statistics.ts'

const snmp = `Ip: Forwarding DefaultTTL InReceives ReasmTimeout
Ip: 2 64 4857552 3
Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens CurrEstab InSegs
Tcp: 1 200 120000 -1 788224 40 4849704
Udp: InDatagrams NoPorts
Udp: 7889 18446744073709551615
`

describe('/proc/net/snmp and netstat', () => {
  it('names values as RFC 1213, 4022 and 4113 do and keeps settings apart from counters', () => {
    expect(parseNamedPairs(snmp)).toEqual({
      malformed: 0,
      groups: [
        {
          id: 'ip',
          family: 'ipv4',
          gauges: { ipForwarding: 2, ipDefaultTTL: 64 },
          // the kernel counts timeouts under the name that the RFC gives to a setting
          counters: { ipInReceives: 4857552, ipReasmTimeouts: 3 },
        },
        {
          id: 'tcp',
          gauges: { tcpRtoAlgorithm: 1, tcpRtoMin: 200, tcpRtoMax: 120000, tcpMaxConn: -1, tcpCurrEstab: 40 },
          counters: { tcpActiveOpens: 788224, tcpInSegs: 4849704 },
        },
        { id: 'udp', family: 'ipv4', gauges: {}, counters: { udpInDatagrams: 7889, udpNoPorts: 2 ** 64 } },
      ],
    })
  })

  it('keeps the names of the kernel where no RFC has one', () => {
    const { groups } = parseNamedPairs('TcpExt: TW ListenOverflows\nTcpExt: 69355 7\n')
    expect(groups).toEqual([{ id: 'tcpExtended', gauges: {}, counters: { TW: 69355, ListenOverflows: 7 } }])
  })

  it('leaves out what newer kernels add, and counts what makes no sense', () => {
    expect(parseNamedPairs('NewExt: A\nNewExt: 1\n')).toEqual({ groups: [], malformed: 0 })
    for (const text of [
      'Tcp: A B\nTcp: 1\n',
      'Tcp: A\nUdp: 1\n',
      'Tcp: A\nTcp: x\n',
      'nonsense\n',
      'Tcp: A\n',
      '__proto__: A\nconstructor: 1\n',
    ])
      expect(parseNamedPairs(text)).toEqual({ groups: [], malformed: 1 })
  })

  it('never throws and never invents a value on a file cut at any byte', () => {
    const whole = new Map(parseNamedPairs(snmp).groups.map(({ id, counters, gauges }) => [id, { counters, gauges }]))
    for (let end = 0; end < snmp.length; end += 1)
      for (const { id, counters, gauges } of parseNamedPairs(snmp.slice(0, end)).groups) expect({ counters, gauges }).toEqual(whole.get(id))
  })
})

describe('/proc/net/snmp6', () => {
  const snmp6 = 'Ip6InReceives                   \t43\nIp6OutForwDatagrams 5\nIcmp6InMsgs\t2\nUdp6InDatagrams 9\nUdpLite6InErrors 0\n'

  it('gives the fields of IPv6 the names of their IPv4 siblings', () => {
    expect(parseSnmp6(snmp6)).toEqual({
      malformed: 0,
      groups: [
        { id: 'ip', family: 'ipv6', gauges: {}, counters: { ipInReceives: 43, ipForwDatagrams: 5 } },
        { id: 'icmp', family: 'ipv6', gauges: {}, counters: { icmpInMsgs: 2 } },
        { id: 'udp', family: 'ipv6', gauges: {}, counters: { udpInDatagrams: 9 } },
        { id: 'udpLite', family: 'ipv6', gauges: {}, counters: { udpLiteInErrors: 0 } },
      ],
    })
  })

  it('counts lines that are none', () => {
    expect(parseSnmp6('Ip6InReceives x\nWhat 1\n\nIp6InDelivers 1\nIp6Torn 1').malformed).toBe(2)
  })
})
