import { describe, expect, it } from 'vitest'
import type { Route } from '../../../src-shared/contract/network.ts'
import { createRouteLookup } from '../../../src-main/api/route-lookup.ts'

function route(network: string, more: Partial<Route> = {}): Route {
  const [destination = '', prefix = ''] = network.split('/')
  return {
    family: network.includes(':') ? 'ipv6' : 'ipv4',
    destination,
    prefixLength: Number(prefix),
    type: 'unicast',
    table: 254,
    ...more,
  }
}
const look = (routes: readonly Route[], address: string, cutShort = false) => createRouteLookup({ routes, cutShort })(address)

describe('the way to an address', () => {
  it('is there when a route contains it, down to the last bit', () => {
    const routes = [route('192.0.2.0/25'), route('2001:db8::/33')]
    expect(['192.0.2.0', '192.0.2.127', '2001:db8:7fff::1'].map((address) => look(routes, address))).toEqual([
      'present',
      'present',
      'present',
    ])
    expect(['192.0.2.128', '192.0.1.255', '2001:db8:8000::1'].map((address) => look(routes, address))).toEqual([
      'absent',
      'absent',
      'absent',
    ])
    expect(look([route('0.0.0.0/0')], '203.0.113.9')).toBe('present')
    expect(look([route('0.0.0.0/0')], '2001:db8::1')).toBe('absent')
  })

  it('is what the longest prefix says, and among equals the smallest metric', () => {
    const routes = [route('0.0.0.0/0'), route('10.0.0.0/8', { type: 'unreachable' }), route('10.1.0.0/16')]
    expect(['10.2.3.4', '10.1.2.3', '11.0.0.1'].map((address) => look(routes, address))).toEqual(['absent', 'present', 'present'])
    const equal = [route('10.0.0.0/8', { metric: 100 }), route('10.0.0.0/8', { type: 'blackhole', metric: 50 })]
    expect([look(equal, '10.0.0.1'), look(equal.toReversed(), '10.0.0.1')]).toEqual(['absent', 'absent'])
  })

  it('is asked for in the tables local, main, default, and goes on from a throw', () => {
    const local = route('192.0.2.2/32', { table: 255, type: 'local' })
    const routes = [route('192.0.2.0/24', { type: 'prohibit' }), local]
    expect([look(routes, '192.0.2.2'), look(routes, '192.0.2.3')]).toEqual(['present', 'absent'])
    const thrown = [route('10.0.0.0/8', { type: 'throw' }), route('0.0.0.0/0', { table: 253 })]
    expect(look(thrown, '10.0.0.1')).toBe('present')
    expect(look([route('10.0.0.0/8', { type: 'throw' })], '10.0.0.1')).toBe('absent')
  })

  it('is not known where only a table of a rule has a route, or routes are missing', () => {
    const routes = [route('192.0.2.0/24'), route('0.0.0.0/0', { table: 51_820 })]
    expect([look(routes, '203.0.113.9'), look(routes, '192.0.2.1')]).toEqual([undefined, 'present'])
    expect([look([route('192.0.2.0/24')], '203.0.113.9', true), look([], '203.0.113.9')]).toEqual([undefined, undefined])
  })

  it('is found without tables, as on other systems', () => {
    const { table: _table, ...plain } = route('192.0.2.0/24')
    expect([look([plain], '192.0.2.9'), look([plain], '203.0.113.9')]).toEqual(['present', 'absent'])
  })

  it('is not known of what is no address, and routes that are none are passed over', () => {
    const routes = [route('rubbish/8'), route('192.0.2.0/24')]
    expect(['', 'x', '192.0.2', ':', '300.0.0.1'].filter((address) => look(routes, address) !== undefined)).toEqual([])
    expect(look(routes, '192.0.2.1')).toBe('present')
  })
})
