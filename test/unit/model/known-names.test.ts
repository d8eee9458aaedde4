import { describe, expect, it } from 'vitest'
import { KnownNames, type KnownAbout } from '../../../src-shared/model/known-names.ts'
import { ServiceNames } from '../../../src-shared/model/service-names.ts'
import { buildMirror } from '../../builders/mirror-builder.ts'

const mirror = buildMirror([
  { local: '127.0.0.1:80', remote: '192.0.2.7:443', state: 'ESTABLISHED' },
  { local: '[2001:db8::1]:80', remote: '[2001:db8::2]:443', state: 'ESTABLISHED' },
])

const address = (index: number): string => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`

describe('known names', () => {
  it('want what is read and not known, once, and say so when the first one comes up', () => {
    const names = new KnownNames()
    let told = 0
    names.onWanted = () => void (told += 1)
    for (const slot of [0, 1, 0, 1]) expect(names.readRemote(mirror.columns, slot)).toEqual({})
    expect([told, names.hasWanted, names.takeWanted(9), names.hasWanted]).toEqual([1, true, ['192.0.2.7', '2001:db8::2'], false])
  })
  it('are found by row and by text, of both families', () => {
    const names = new KnownNames()
    names.learn('192.0.2.7', { host: 'four.example' })
    names.learn('2001:db8::2', { country: 'SE' })
    expect([names.ofRemote(mirror.columns, 0), names.readRemote(mirror.columns, 1), names.ofAddress('192.0.2.7')]).toEqual([
      { host: 'four.example' },
      { country: 'SE' },
      { host: 'four.example' },
    ])
    expect([names.hasWanted, names.version]).toEqual([false, 2])
    names.forget()
    expect([names.ofAddress('192.0.2.7'), names.version]).toEqual([{}, 3])
  })
  it('are settled when all is here that was asked for', () => {
    const names = new KnownNames()
    const settled = (host: boolean): boolean => names.isSettled(mirror.columns, 0, { host })
    expect([settled(false), settled(true)]).toEqual([false, false])
    names.learn('192.0.2.7', { country: 'SE' }, true)
    expect([settled(false), settled(true)]).toEqual([true, false])
    names.learn('192.0.2.7', { country: 'SE' })
    expect(settled(true)).toBe(true)
    names.learn('192.0.2.7', {}, true)
    names.giveUpHosts()
    expect(settled(true)).toBe(true)
    names.forget()
    expect(settled(false)).toBe(false)
  })
  it('want and keep no more than they may', () => {
    const names = new KnownNames()
    for (let index = 0; index < 6000; index += 1) names.readAddress(address(index))
    expect(names.takeWanted(10_000).length).toBe(5000)
    for (let index = 0; index <= 50_000; index += 1) names.learn(address(index), { country: 'SE' })
    expect([0, 1, 50_000].map((index) => names.ofAddress(address(index)))).toEqual([{}, { country: 'SE' }, { country: 'SE' }])
    names.learn(address(1), { country: 'NO' })
    expect([names.isFull, names.ofAddress(address(2))]).toEqual([true, { country: 'SE' }])
  })
  it('make room by forgetting addresses that no row has', () => {
    const names = new KnownNames()
    for (const each of ['192.0.2.7', '192.0.2.8', '2001:db8::2', '2001:db8::3']) names.learn(each, { country: 'SE' }, true)
    names.keepRemotesOf(mirror.columns, [0, 1])
    expect(['192.0.2.7', '192.0.2.8', '2001:db8::2', '2001:db8::3'].map((each) => names.ofAddress(each).country)).toEqual([
      'SE',
      undefined,
      'SE',
      undefined,
    ])
  })
  it('are of another version only when something else is known', () => {
    const names = new KnownNames()
    const versionAfter = (about: KnownAbout, pending = false): number => {
      names.learn('192.0.2.7', about, pending)
      return names.version
    }
    expect([versionAfter({}, true), versionAfter({}, true), versionAfter({}), versionAfter({ asn: 1 }), versionAfter({ asn: 1 })]).toEqual([
      1, 1, 1, 2, 2,
    ])
  })
})

describe('names of ports', () => {
  const services = new ServiceNames({ both: { 22: 'ssh', 47_808: 'bacnet' }, tcp: { 514: 'shell' }, udp: { 514: 'syslog' } })
  it('may differ by protocol', () => {
    expect([services.ofEnd(22, 'udp'), services.ofEnd(514, 'tcp'), services.ofEnd(514, 'udp'), services.ofEnd(1, 'tcp')]).toEqual([
      'ssh',
      'shell',
      'syslog',
      undefined,
    ])
  })
  it('are told of a high port only where something listens on it', () => {
    expect([services.ofEnd(47_808, 'udp'), services.ofListener(47_808, 'udp')]).toEqual([undefined, 'bacnet'])
  })
})
