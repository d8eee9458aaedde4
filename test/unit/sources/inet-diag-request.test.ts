/** Requests byte by byte: the kernel takes what is written here, and nothing else shows a mistake but an empty answer. */
import { expect, it } from 'vitest'
import {
  AF_INET,
  AF_INET6,
  IPPROTO_TCP,
  IPPROTO_UDP,
  destroyRequest,
  dumpRequest,
  socketRequest,
  type SocketAddress,
} from '../../../src-main/sources/linux/inet-diag-request.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const fields = (...parts: string[]): string => parts.join('').replaceAll(' ', '')
const zeros = (bytes: number): string => '00'.repeat(bytes)

it('a dump of one family asks by struct inet_diag_req_v2 for all states, with tcp_info for TCP', () => {
  expect(hex(dumpRequest({ family: AF_INET, protocol: IPPROTO_TCP }, 0x01020304))).toBe(
    fields('48000000 1400 0103 04030201 00000000', '02 06 02 00 ffffffff', zeros(48)),
  )
  expect(hex(dumpRequest({ family: AF_INET6, protocol: IPPROTO_UDP }, 5))).toBe(
    fields('48000000 1400 0103 05000000 00000000', '0a 11 00 00 ffffffff', zeros(48)),
  )
})

it('a dump of both families is the compatible request with family 0', () => {
  expect(hex(dumpRequest({ family: 'both', protocol: IPPROTO_TCP }, 9))).toBe(
    fields('4c000000 1200 0103 09000000 00000000', '00 00 00 02', zeros(48), 'ffffffff', zeros(4)),
  )
})

const v4: SocketAddress = {
  family: 4,
  protocol: IPPROTO_TCP,
  localPort: 0x1234,
  remotePort: 443,
  local: [0, 0, 0xffff, 0x7f000001],
  remote: [0, 0, 0xffff, 0xc0000207],
  interfaceIndex: 3,
  cookieLow: 0xfedcba98,
  cookieHigh: 0x80000001,
}

it('a question about one socket of IPv4 has its address in the first word, and its cookie', () => {
  expect(hex(socketRequest(v4, 2))).toBe(
    fields(
      '48000000 1400 0100 02000000 00000000',
      '02 06 02 00 ffffffff',
      '1234 01bb',
      `7f000001 ${zeros(12)} c0000207 ${zeros(12)}`,
      '03000000 98badcfe 01000080',
    ),
  )
})

it('the end of one socket of IPv6 is asked for with an acknowledgement', () => {
  const v6: SocketAddress = { ...v4, family: 6, local: [0x20010db8, 0, 0, 5], remote: [0, 0, 0xffff, 0x7f000001], interfaceIndex: 0 }
  expect(hex(destroyRequest(v6, 2))).toBe(
    fields(
      '48000000 1500 0500 02000000 00000000',
      '0a 06 02 00 ffffffff',
      '1234 01bb',
      '20010db8 00000000 00000000 00000005  00000000 00000000 0000ffff 7f000001',
      '00000000 98badcfe 01000080',
    ),
  )
})
