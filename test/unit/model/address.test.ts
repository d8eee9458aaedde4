import ipaddr from 'ipaddr.js'
import { expect, it } from 'vitest'
import { addressText, endpointText, isLoopback, isPrivate, isUnspecified } from '../../../src-shared/model/address.ts'
import { addressWords } from '../../builders/address-words.ts'
import { seededRandom } from '../../builders/seeded-random.ts'

it('IPv6 text is that of RFC 5952, as another library writes it', () => {
  const random = seededRandom(4)
  for (let round = 0; round < 5000; round += 1) {
    const groups = Array.from({ length: 8 }, () => (random.chance(0.5) ? 0 : random.below(random.chance(0.5) ? 16 : 65_536)))
    const words = [0, 2, 4, 6].map((at) => ((groups[at]! << 16) | groups[at + 1]!) >>> 0) as [number, number, number, number]
    const address = new ipaddr.IPv6(groups)
    if (address.isIPv4MappedAddress()) continue
    expect(addressText(6, ...words)).toBe(address.toRFC5952String())
  }
})

it.each([
  ['::', [0, 0, 0, 0]],
  ['::1', [0, 0, 0, 1]],
  ['1::', [0x10000, 0, 0, 0]],
  ['2001:db8::1:0:0:1', [0x20010db8, 0, 0x10000, 1]],
  ['2001:db8:0:1:1:1:1:1', [0x20010db8, 1, 0x10001, 0x10001]],
  ['127.0.0.1', [0, 0, 0xffff, 0x7f000001]],
  ['255.255.255.255', [0, 0, 0xffff, 0xffffffff]],
] as [string, [number, number, number, number]][])('%s is written so', (text, words) => {
  expect(addressText(6, ...words)).toBe(text)
})

it('an endpoint of IPv6 has brackets', () => {
  expect([endpointText('::1', 80), endpointText('127.0.0.1', 80)]).toEqual(['[::1]:80', '127.0.0.1:80'])
})

it.each([
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['128.0.0.1', ''],
  ['::1', 'loopback'],
  ['::2', ''],
  ['9.255.255.255', ''],
  ['10.0.0.1', 'private'],
  ['172.15.0.1', ''],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.1', ''],
  ['192.168.1.1', 'private'],
  ['192.169.1.1', ''],
  ['169.254.1.1', 'private'],
  ['100.63.255.255', ''],
  ['100.64.0.1', 'private'],
  ['100.127.255.255', 'private'],
  ['100.128.0.1', ''],
  ['fe80::1', 'private'],
  ['febf::1', 'private'],
  ['fec0::1', ''],
  ['fc00::1', 'private'],
  ['fdff::1', 'private'],
  ['fe00::1', ''],
  ['2001:db8::1', ''],
])('%s is %s', (text, kind) => {
  const words = addressWords(text)
  expect([isLoopback(...words) ? 'loopback' : '', isPrivate(...words) ? 'private' : ''].join('')).toBe(kind)
})

it('the unspecified address is any of its three forms', () => {
  expect(isUnspecified(4, 0, 0, 0xffff, 0)).toBe(true)
  expect(isUnspecified(6, 0, 0, 0, 0)).toBe(true)
  expect(isUnspecified(6, 0, 0, 0xffff, 0)).toBe(true)
  expect(isUnspecified(6, 0, 0, 0, 1)).toBe(false)
  expect(isUnspecified(6, 1, 0, 0, 0)).toBe(false)
})
