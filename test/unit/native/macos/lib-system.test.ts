import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { interfaceNameOf, userNameOf } from '../../../../src-main/native/macos/names-of-numbers.ts'
import { loadLibSystem, type MacApi } from '../../../../src-main/native/macos/lib-system.ts'
import { openProbeListener } from '../../../../src-main/native/macos/probe-listener.ts'
import { executableOf, uniqueIdOf } from '../../../../src-main/native/macos/process-info.ts'
import { SysctlReader } from '../../../../src-main/native/macos/read-sysctl.ts'
import { SysctlProcessReader } from '../../../../src-main/processes/macos/sysctl-process-reader.ts'
import { createPcblistSource } from '../../../../src-main/sources/macos/pcblist-source.ts'
import { RowTable } from '../../../../src-main/table/row-table.ts'
import { buildFakeLibSystem, noCompiler, type FakeLibSystem } from '../../../builders/fake-lib-system.ts'
import { kinfoArray, uniqueInfo } from '../../../builders/kinfo-bytes.ts'
import { pcblistBytes, type PcblistSocket } from '../../../builders/pcblist-bytes.ts'

it('says which library is missing', () => {
  const loaded = loadLibSystem('/nowhere/libSystem.B.dylib')
  expect(loaded.ok ? '' : loaded.reason).toContain('/nowhere/libSystem.B.dylib')
})

if (noCompiler !== undefined) console.warn(`Skipped: the macOS bindings, because ${noCompiler}.`)

describe.skipIf(noCompiler !== undefined)('the bindings, on a library that stands in for libSystem', () => {
  let library: FakeLibSystem
  let api: MacApi

  const factory = () => createPcblistSource({ load: () => ({ ok: true, api }), ownPid: 4242 })

  beforeAll(() => {
    library = buildFakeLibSystem()
    const loaded = loadLibSystem(library.path)
    if (!loaded.ok) throw new Error(loaded.reason)
    api = loaded.api
  })
  afterAll(() => library.dispose())
  beforeEach(() => void library.calls())

  it('read a value that outgrows the buffer', () => {
    const value = Buffer.alloc(5000, 'ab')
    library.set('kern.test', value)
    const answer = new SysctlReader(api, 64).readName('kern.test')
    expect(answer.ok && Buffer.from(answer.bytes).equals(value)).toBe(true)
    expect(library.calls()).toEqual(['sysctl kern.test read -1', 'sysctl kern.test size 0', 'sysctl kern.test read 0'])
  })

  it('give up on a value that never fits', () => {
    library.set('kern.test', Buffer.alloc(2_000_000))
    library.set('lie', '1')
    expect(new SysctlReader(api, 64).readName('kern.test')).toEqual({ ok: false, reason: 'kern.test: outgrew every buffer' })
    library.set('lie', undefined)
  })

  it('tell the errno of a value that is not there or not permitted', () => {
    const reader = new SysctlReader(api)
    expect(reader.readName('net.none')).toEqual({ ok: false, reason: 'net.none: ENOENT' })
    library.set('errno.net.secret', '1')
    expect(reader.readName('net.secret')).toEqual({ ok: false, reason: 'net.secret: EPERM' })
  })

  it('take a path of numbers to its value', () => {
    library.set('1.14.1.300', 'four')
    const answer = new SysctlReader(api).readPath([1, 14, 1, 300])
    expect(answer.ok && Buffer.from(answer.bytes).toString()).toBe('four')
  })

  it('give names of users and interfaces, or none', () => {
    expect([userNameOf(api, 501), userNameOf(api, 4_294_967_294)]).toEqual(['user501', undefined])
    expect([interfaceNameOf(api, 4), interfaceNameOf(api, 100)]).toEqual(['en4', undefined])
  })

  it('give path and unique id of a process, or none', () => {
    library.set('path.300', '/Applications/Ä b.app/Contents/MacOS/b')
    library.set('info.17.0.300', uniqueInfo(0x1_0000_0001n))
    expect([executableOf(api, 300), uniqueIdOf(api, 300)]).toEqual(['/Applications/Ä b.app/Contents/MacOS/b', 0x1_0000_0001n])
    expect([executableOf(api, 301), uniqueIdOf(api, 301)]).toEqual([undefined, undefined])
  })

  it('send signals, and tell the errno of a refusal', () => {
    expect(api.kill(300, 15)).toBe(0)
    library.set('errno.kill.1', '1')
    expect([api.kill(1, 9), api.errno()]).toEqual([-1, 1])
    expect(library.calls()).toEqual(['kill 300 15', 'kill 1 9'])
  })

  it('open a listener to probe with, and close it', () => {
    library.set('port', '50001')
    const listener = openProbeListener(api)
    expect(listener.ok && listener.port).toBe(50_001)
    if (listener.ok) listener.close()
    expect(library.calls()).toEqual(['close 77'])
    library.set('errno.socket', '24')
    expect(openProbeListener(api)).toEqual({ ok: false, reason: 'socket: EMFILE' })
    library.set('errno.socket', undefined)
  })

  describe('under the list of processes', () => {
    it('find a process with its unique id, path and whole name', () => {
      library.set('1.14.0.0', kinfoArray([{ pid: 300, command: 'Google Chrome He' }, { pid: 301, zombie: true }, { pid: 302 }]))
      library.set('1.14.1.300', kinfoArray([{ pid: 300, command: 'Google Chrome He' }]))
      library.set('path.300', '/Applications/Google Chrome Helper')
      const reader = new SysctlProcessReader(api, 302)
      const listing = reader.all()
      expect(listing.ok && listing.processes.map(({ pid }) => pid)).toEqual([300, 302])
      expect(reader.find(300)).toMatchObject({
        status: 'there',
        process: { name: 'Google Chrome Helper', executable: '/Applications/Google Chrome Helper', startToken: 'u4294967297', uid: 501 },
      })
    })

    it('take the start time for identity where the kernel gives no unique id', () => {
      library.set('1.14.1.305', kinfoArray([{ pid: 305, startSeconds: 1000, startMicros: 5 }]))
      expect(new SysctlProcessReader(api, 302).find(305)).toMatchObject({ process: { startToken: 's1000.5', startedAtUnixMs: 1_000_000 } })
    })

    it('know who is gone: no record, or one whose parent has not looked yet', () => {
      const reader = new SysctlProcessReader(api, 302)
      library.set('1.14.1.303', '')
      library.set('1.14.1.304', kinfoArray([{ pid: 304, zombie: true }]))
      expect([reader.find(303).status, reader.find(304).status]).toEqual(['gone', 'gone'])
    })

    it('do not believe another layout, or a list without this process', () => {
      expect(new SysctlProcessReader(api, 999).all().ok).toBe(false)
      library.set('1.14.0.0', Buffer.alloc(649))
      expect(new SysctlProcessReader(api, 302).all()).toEqual({ ok: false, reason: 'the list of processes has another layout' })
    })
  })

  describe('under the source pcblist_n', () => {
    const listener: PcblistSocket = {
      protocol: 'tcp',
      vflag: 1,
      state: 1,
      local: { address: '127.0.0.1', port: 50_001 },
      generation: 1n,
      lastPid: 4242,
      uid: 501,
    }
    const udp: PcblistSocket = {
      protocol: 'udp',
      vflag: 2,
      local: { address: 'fe80::1', port: 5353 },
      scope: 4,
      generation: 1n,
      lastPid: 9,
    }

    beforeEach(() => {
      library.set('port', '50001')
      library.set('kern.osrelease', '23.6.0\0')
      library.set('net.inet.tcp.pcblist_n', pcblistBytes([listener]))
      library.set('net.inet.udp.pcblist_n', pcblistBytes([udp]))
    })

    it('show the sockets with names of users and interfaces', () => {
      const source = factory().open()
      if ('unusable' in source) throw new Error(source.unusable)
      const table = new RowTable({ sessionBase: 'test' })
      table.begin(1)
      expect(source.look(table)).toEqual({ ok: true, unread: [], problems: [] })
      table.finish()
      expect([table.count, table.strings.since(-1).texts]).toEqual([2, ['user501', 'en4', 'user0']])
    })

    it.each([
      ['is not in the table', 'an own listening socket is not in the table', () => library.set('port', '50002')],
      [
        'belongs to another process',
        'an own socket is said to belong to process 7',
        () => library.set('net.inet.tcp.pcblist_n', pcblistBytes([{ ...listener, lastPid: 7 }])),
      ],
      ['cannot be opened', 'no listener to probe with: socket: EACCES', () => library.set('errno.socket', '13')],
      [
        'stands beside records of an unknown kind',
        '1 records of an unknown kind',
        () => {
          const bytes = pcblistBytes([listener])
          bytes.writeUInt32LE(0x40, 24 + 104 + 4)
          library.set('net.inet.tcp.pcblist_n', bytes)
        },
      ],
      ['comes without UDP', 'net.inet.udp.pcblist_n: ENOENT', () => library.set('net.inet.udp.pcblist_n', undefined)],
      ['is in a torn table', 'torn', () => library.set('net.inet.tcp.pcblist_n', pcblistBytes([listener]).subarray(0, -8))],
    ])('are not believed when the probe %s', (_when, reason, arrange) => {
      arrange()
      expect(factory().open()).toEqual({ unusable: reason })
      library.set('errno.socket', undefined)
    })
  })
})
