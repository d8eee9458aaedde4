import { describe, expect, it } from 'vitest'
import { acceptedHost, allowedHosts, hostText, isLoopbackAddress } from '../../../src-main/server/host-names.ts'

describe('the names of a host', () => {
  it('on loopback are loopback names with its port, and no others', () => {
    expect([...allowedHosts('127.0.0.1', 7625, ['box', '192.0.2.7'])]).toEqual(['localhost:7625', '127.0.0.1:7625', '[::1]:7625'])
    expect(allowedHosts('127.0.0.2', 7625, []).has('127.0.0.2:7625')).toBe(true)
  })

  it('on all addresses are also those of the machine, but never the address that means all', () => {
    const hosts = allowedHosts('0.0.0.0', 7625, ['Box', '192.0.2.7', '2001:db8::1'])
    expect([...hosts]).toEqual(['localhost:7625', '127.0.0.1:7625', '[::1]:7625', 'box:7625', '192.0.2.7:7625', '[2001:db8::1]:7625'])
  })

  it('on port 80 may come without it, as browsers send them', () => {
    expect(acceptedHost('LocalHost', allowedHosts('127.0.0.1', 80, []))).toBe('localhost')
    expect(acceptedHost('[::1]', allowedHosts('127.0.0.1', 80, []))).toBe('[::1]')
    expect(acceptedHost('localhost', allowedHosts('127.0.0.1', 8080, []))).toBeUndefined()
    expect(acceptedHost(undefined, allowedHosts('127.0.0.1', 80, []))).toBeUndefined()
  })

  it.each([
    ['127.0.0.1', true],
    ['127.255.0.9', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['192.0.2.7', false],
    ['2001:db8::1', false],
  ])('%s is loopback: %s', (address, expected) => {
    expect(isLoopbackAddress(address)).toBe(expected)
  })

  it('get brackets around IPv6', () => {
    expect([hostText('::1', 80), hostText('127.0.0.1', 80)]).toEqual(['[::1]:80', '127.0.0.1:80'])
  })
})
