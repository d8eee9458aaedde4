/** The source over a kernel that has the module for TCP and none for UDP. */
import { readFileSync } from 'node:fs'
import { beforeEach, expect, it, vi } from 'vitest'
import { netlinkSource } from '../../../src-main/sources/linux/netlink-source.ts'
import { RowTable } from '../../../src-main/table/row-table.ts'
import { protocolOfHead, recordWord, recordWords } from '../../../src-main/table/row-record.ts'
import { diagRow, done, failure, joined } from '../../builders/inet-diag-bytes.ts'

const fake = vi.hoisted(() => ({ udpErrno: 2, procReadable: true, answer: new Uint8Array(0) as Uint8Array }))
const IPPROTO_UDP = 17
const TCPDIAG_GETSOCK = 18

vi.mock('../../../src-main/native/linux/netlink-socket.ts', () => {
  class NetlinkSocket {
    readonly bytes = new Uint8Array(new ArrayBuffer(64 * 1024))
    readonly words = new Uint32Array(this.bytes.buffer)
    readonly halves = new Uint16Array(this.bytes.buffer)
    static open(): NetlinkSocket {
      return new NetlinkSocket()
    }
    send(request: Uint8Array): undefined {
      const view = new DataView(request.buffer, request.byteOffset)
      const sequence = view.getUint32(8, true)
      const isUdp = view.getUint16(4, true) !== TCPDIAG_GETSOCK && request[17] === IPPROTO_UDP
      fake.answer = isUdp ? failure(-fake.udpErrno, { sequence }) : joined([diagRow({}, { sequence }), done(0, { sequence })])
    }
    receive(): number {
      this.bytes.set(fake.answer)
      return fake.answer.length
    }
    close(): void {}
  }
  return { NetlinkSocket }
})
vi.mock(import('../../../src-main/native/linux/proc-files.ts'), async (original) => ({
  ...(await original()),
  readProcFile: (path: string) =>
    fake.procReadable
      ? {
          ok: true as const,
          bytes: readFileSync(new URL(`../../fixtures/linux/proc-net-${path.replace('self/net/', '')}.txt`, import.meta.url)),
        }
      : { ok: false as const, reason: 'EACCES' },
}))

beforeEach(() => Object.assign(fake, { udpErrno: 2, procReadable: true }))

function look() {
  const source = netlinkSource.open()
  if ('unusable' in source) throw new Error(source.unusable)
  const table = new RowTable({ sessionBase: 'test' })
  table.begin(1000)
  const outcome = source.look(table)
  const heads = Array.from({ length: table.top }, (_, slot) => protocolOfHead(table.records[slot * recordWords + recordWord.head]!))
  return { outcome, tcp: heads.filter((protocol) => protocol === 0).length, udp: heads.filter((protocol) => protocol === 1).length }
}

it('reads UDP from /proc/net, and says so', () => {
  const { outcome, tcp, udp } = look()
  expect([tcp, udp > 0]).toEqual([1, true])
  expect(outcome).toMatchObject({ ok: true, unread: [] })
  const fallbacks = outcome.ok ? outcome.problems.filter(({ code }) => code === 'source-fallback') : []
  expect(fallbacks).toEqual([{ code: 'source-fallback', severity: 'warning', parameters: { source: 'netlink (UDP)', reason: 'ENOENT' } }])
})

it.each<[what: string, system: Partial<typeof fake>]>([
  ['/proc/net cannot be read either', { procReadable: false }],
  ['the dump failed otherwise, and the rows of the last one still hold', { udpErrno: 105 }],
])('says that UDP was not read when %s', (_what, system) => {
  Object.assign(fake, system)
  const { outcome, tcp, udp } = look()
  expect([tcp, udp]).toEqual([1, 0])
  expect(outcome).toMatchObject({
    ok: true,
    unread: [
      { protocol: 1, family: 4 },
      { protocol: 1, family: 6 },
    ],
  })
})
