import { describe, expect, it } from 'vitest'
import { allowedUsers, createPeerCheck } from '../../../src-main/server/peer-check.ts'
import type { PeerUser } from '../../../src-main/sources/linux/peer-user.ts'

const loopback = { localAddress: '127.0.0.1', localPort: 7625, remoteAddress: '127.0.0.1', remotePort: 50_000 }

function setUp(user: PeerUser) {
  const said: string[] = []
  const admits = createPeerCheck({ findUser: () => user, allowedUsers: new Set([1000]), say: (text) => void said.push(text) })
  return { said, admits }
}

describe('who may connect', () => {
  it.each([
    [1000, undefined, [0, 1000]],
    [0, undefined, [0]],
    [0, '1000', [0, 1000]],
    [1000, '1001', [0, 1000]],
    [0, '-1', [0]],
    [0, '', [0]],
    [0, '1000 1001', [0]],
  ])('to a host of user %i with SUDO_UID %s: %j', (userId, sudoUser, expected) => {
    expect([...allowedUsers(userId, sudoUser)].toSorted((first, second) => first - second)).toEqual(expected)
  })

  it('is the own user, without a word', () => {
    const { admits, said } = setUp({ userId: 1000 })
    expect(admits(loopback)).toBe(true)
    expect(said).toEqual([])
  })

  it('is no other user, which is said once for each', () => {
    const { admits, said } = setUp({ userId: 1001 })
    expect([admits(loopback), admits(loopback)]).toEqual([false, false])
    expect(said).toEqual([expect.stringMatching(/1001.*--any-local-user/)])
  })

  it('is nobody whose end of a loopback connection is gone, whichever of both addresses is the loopback one', () => {
    const { admits, said } = setUp('none')
    expect(admits(loopback)).toBe(false)
    expect(admits({ ...loopback, remoteAddress: '192.0.2.7' })).toBe(false)
    expect(admits({ ...loopback, localAddress: '::ffff:127.0.0.1', remoteAddress: '::ffff:127.0.0.1' })).toBe(false)
    expect(said).toEqual([])
  })

  it('is who comes from another machine, when the host listens for those', () => {
    expect(setUp('none').admits({ ...loopback, localAddress: '192.0.2.1', remoteAddress: '192.0.2.7' })).toBe(true)
  })

  it('is everybody where the kernel does not tell, and this is said once', () => {
    const { admits, said } = setUp('unknown')
    expect([admits(loopback), admits(loopback)]).toEqual([true, true])
    expect(said).toEqual([expect.stringContaining('programs of all users can connect')])
  })

  it('is not a connection that was reset before it was accepted', () => {
    expect(setUp({ userId: 1000 }).admits({})).toBe(false)
  })
})
