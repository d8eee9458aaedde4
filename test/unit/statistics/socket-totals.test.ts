import { describe, expect, it } from 'vitest'
import { LinuxSocketTotalsReader, parsePageBytes, parseSockstat } from '../../../src-main/statistics/linux/socket-totals.ts'

const sockstat = 'sockets: used 23\nTCP: inuse 2 orphan 3 tw 5 alloc 5 mem 26\nUDP: inuse 0 mem 9\nTCP6: inuse 1\n'

function auxiliary(entries: readonly (readonly [number, number])[], littleEndian = true): Uint8Array {
  const bytes = new Uint8Array(entries.length * 16)
  const view = new DataView(bytes.buffer)
  for (const [index, [type, value]] of entries.entries()) {
    view.setBigUint64(index * 16, BigInt(type), littleEndian)
    view.setBigUint64(index * 16 + 8, BigInt(value), littleEndian)
  }
  return bytes
}

function reader(files: Readonly<Record<string, string | Uint8Array>>): LinuxSocketTotalsReader {
  return new LinuxSocketTotalsReader((path) => {
    const file = files[path]
    return file === undefined ? { ok: false, reason: 'ENOENT' } : { ok: true, bytes: Buffer.from(file) }
  })
}

describe('totals of sockets', () => {
  it('are orphans, TIME_WAIT and memory in bytes, with the pressure mark of tcp_mem as limit', () => {
    const files = {
      'net/sockstat': sockstat,
      'sys/net/ipv4/tcp_mem': '100\t200\t300\n',
      'self/auxv': auxiliary([
        [33, 1],
        [6, 16_384],
      ]),
    }
    expect(reader(files).read()).toEqual({ orphans: 3, timeWait: 5, tcpMemory: { used: 26 * 16_384, limit: 200 * 16_384 } })
  })

  it('leave out what is not told: tcp_mem in a container, the page size, the file itself', () => {
    const auxv = auxiliary([[6, 4096]])
    expect(reader({ 'net/sockstat': sockstat, 'self/auxv': auxv }).read()).toEqual({
      orphans: 3,
      timeWait: 5,
      tcpMemory: { used: 106_496 },
    })
    expect(reader({ 'net/sockstat': sockstat }).read()).toEqual({ orphans: 3, timeWait: 5 })
    expect(reader({}).read()).toEqual({})
  })

  it('are read from the line of TCP only, whatever stands there', () => {
    expect(parseSockstat('UDP: orphan 7\nTCP: inuse x orphan -1 mem 99999999999999999 tw 4\n')).toEqual({ timeWait: 4 })
    expect(parseSockstat('')).toEqual({})
  })

  it('know a page size in either byte order, and none from nonsense', () => {
    expect(parsePageBytes(auxiliary([[6, 65_536]], false), false)).toBe(65_536)
    expect(parsePageBytes(auxiliary([[6, 1]]), true)).toBeUndefined()
    expect(parsePageBytes(auxiliary([[7, 4096]]), true)).toBeUndefined()
    expect(parsePageBytes(auxiliary([[6, 4096]]).subarray(0, 15), true)).toBeUndefined()
  })
})
