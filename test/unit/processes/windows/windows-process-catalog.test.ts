import { describe, expect, it } from 'vitest'
import { decodeProcessList } from '../../../../src-main/processes/windows/decode-process-list.ts'
import { dosPathOf } from '../../../../src-main/processes/windows/dos-path.ts'
import { isElevated } from '../../../../src-main/processes/windows/own-elevation.ts'
import { WindowsProcessCatalog } from '../../../../src-main/processes/windows/windows-process-catalog.ts'
import { fakeWindows, processList, type FakeProcess } from '../../../builders/fake-windows-api.ts'
import { seededRandom } from '../../../builders/seeded-random.ts'

const startedAt = Date.UTC(2026, 4, 6, 7, 8, 9, 10)
const created = (BigInt(startedAt) + 11_644_473_600_000n) * 10_000n + 5n
const processes: readonly FakeProcess[] = [
  { pid: 0 },
  { pid: 4, name: 'System' },
  { pid: 1052, parentPid: 4, name: 'svchost.exe', created, ntPath: '\\Device\\HarddiskVolume3\\Windows\\System32\\svchost.exe' },
  { pid: 2216, parentPid: 1052, name: '浏览器.exe', created: created + 1n, ntPath: '\\??\\Z:\\opt\\浏览器.exe' },
]
const base = 0x1_2345_6000n

describe('the list of processes', () => {
  it('tells pid, parent, name and start of each', () => {
    expect(decodeProcessList(processList(processes, base), base)).toEqual([
      { pid: 0, parentPid: 0, name: undefined, startToken: '0', startedAt: undefined },
      { pid: 4, parentPid: 0, name: 'System', startToken: '0', startedAt: undefined },
      { pid: 1052, parentPid: 4, name: 'svchost.exe', startToken: String(created), startedAt },
      { pid: 2216, parentPid: 1052, name: '浏览器.exe', startToken: String(created + 1n), startedAt },
    ])
  })

  it('cut at every byte gives the processes before the cut', () => {
    const whole = processList(processes, base)
    const all = decodeProcessList(whole, base)
    for (let length = 0; length < whole.length; length += 1) {
      const cut = decodeProcessList(Buffer.from(whole.subarray(0, length)), base)
      expect(cut.map(({ pid }) => pid)).toEqual(all.slice(0, cut.length).map(({ pid }) => pid))
    }
  })

  it('never follows a pointer out of its own bytes', () => {
    const bytes = processList([{ pid: 8, name: 'a.exe' }], base)
    for (const pointer of [0n, base - 1n, base + BigInt(bytes.length) - 1n, 0xffff_ffff_ffff_ffffn]) {
      bytes.writeBigUInt64LE(pointer, 64)
      expect(decodeProcessList(bytes, base)[0]?.name).toBeUndefined()
    }
  })

  it('survives random bytes', () => {
    const random = seededRandom(3)
    for (let round = 0; round < 500; round += 1) {
      const bytes = Buffer.alloc(random.below(2048))
      for (let at = 0; at < bytes.length; at += 1) bytes[at] = random.chance(0.7) ? 0 : random.below(256)
      decodeProcessList(bytes, base)
    }
  })
})

describe('the process catalog', () => {
  it('tells name, path and start of the owners that are asked for', () => {
    const { api, state } = fakeWindows()
    state.processes = processes
    const catalog = new WindowsProcessCatalog(api)
    catalog.refresh(new Set([4, 1052, 2216, 999]))
    expect([4, 1052, 2216, 999, 0].map((pid) => catalog.factsOf(pid))).toEqual([
      { pid: 4, startToken: '0', name: 'System' },
      { pid: 1052, startToken: String(created), name: 'svchost.exe', executable: 'C:\\Windows\\System32\\svchost.exe', startedAt },
      { pid: 2216, startToken: String(created + 1n), name: '浏览器.exe', executable: 'Z:\\opt\\浏览器.exe', startedAt },
      undefined,
      undefined,
    ])
  })

  it('notices that a pid has another bearer, and asks for a path once per process', () => {
    const { api, state } = fakeWindows()
    state.processes = processes
    let paths = 0
    const catalog = new WindowsProcessCatalog({
      ...api,
      NtQuerySystemInformation: (...args) => {
        if (args[0] === 88) paths += 1
        return api.NtQuerySystemInformation(...args)
      },
    })
    catalog.refresh(new Set([1052]))
    catalog.refresh(new Set([1052]))
    expect(paths).toBe(1)
    state.processes = [{ pid: 1052, name: 'other.exe', created: created + 77n, ntPath: '\\Device\\Mup\\server\\share\\other.exe' }]
    catalog.refresh(new Set([1052]))
    expect(catalog.factsOf(1052)).toMatchObject({ name: 'other.exe', executable: '\\\\server\\share\\other.exe' })
  })

  it('reads a list that outgrew its buffer', () => {
    const { api, state } = fakeWindows()
    state.processes = Array.from({ length: 3000 }, (_, index) => ({ pid: (index + 1) * 4, name: `process-${index}.exe`, created }))
    expect(new WindowsProcessCatalog(api).list()).toHaveLength(3000)
  })

  it('keeps what it knows when the list cannot be read, and tells the status', () => {
    const { api, state } = fakeWindows()
    state.processes = processes
    let status = 0
    const catalog = new WindowsProcessCatalog({
      ...api,
      NtQuerySystemInformation: (...args) => (status === 0 ? api.NtQuerySystemInformation(...args) : status),
    })
    catalog.refresh(new Set([1052]))
    status = 0xc0000139
    catalog.refresh(new Set([1052]))
    expect([catalog.status, catalog.factsOf(1052)?.name]).toEqual([0xc0000139, 'svchost.exe'])
  })

  it('takes the path through a handle where it is not told by pid', () => {
    const closed: number[] = []
    const { api, state } = fakeWindows({
      OpenProcess: (access, _inherit, pid) => (access === 0x1000 && pid === 8 ? 55 : 0),
      QueryFullProcessImageNameW: (_handle, _flags, path, size) => {
        const text = 'D:\\tools\\a.exe'
        Buffer.from(text, 'utf16le').copy(path)
        Buffer.from(size.buffer, size.byteOffset, 4).writeUInt32LE(text.length)
        return 1
      },
      CloseHandle: (handle) => closed.push(handle),
    })
    state.processes = [{ pid: 8, name: 'a.exe', created }]
    const catalog = new WindowsProcessCatalog(api)
    catalog.refresh(new Set([8]))
    expect([catalog.factsOf(8)?.executable, closed]).toEqual(['D:\\tools\\a.exe', [55]])
  })
})

describe('paths of images', () => {
  const drives = [
    { drive: 'C:', device: '\\Device\\HarddiskVolume3' },
    { drive: 'D:', device: '\\Device\\HarddiskVolume30' },
  ]
  it.each([
    ['\\Device\\HarddiskVolume3\\a.exe', 'C:\\a.exe'],
    ['\\device\\harddiskvolume30\\a.exe', 'D:\\a.exe'],
    ['\\??\\Z:\\a.exe', 'Z:\\a.exe'],
    ['\\Device\\Mup\\server\\share\\a.exe', '\\\\server\\share\\a.exe'],
    ['\\Device\\HarddiskVolume4\\a.exe', undefined],
    ['\\Device\\HarddiskVolume3', undefined],
    ['Registry', undefined],
  ])('%s is %s', (path, expected) => expect(dosPathOf(path, drives)).toBe(expected))
})

function withToken(elevation: number | undefined) {
  return fakeWindows({
    OpenProcessToken: (process, access, token) => {
      Buffer.from(token.buffer, token.byteOffset, 8).writeBigInt64LE(77n)
      return process === -1 && access === 8 ? 1 : 0
    },
    GetTokenInformation: (token, informationClass, information) => {
      if (elevation === undefined || token !== 77 || informationClass !== 20) return 0
      Buffer.from(information.buffer, information.byteOffset, 4).writeUInt32LE(elevation)
      return 1
    },
  }).api
}

describe('own rights', () => {
  it.each([
    [1, true],
    [0, false],
    [undefined, undefined],
  ])('a token that says %s means elevated: %s', (elevation, expected) => expect(isElevated(withToken(elevation))).toBe(expected))

  it('are unknown without a token', () => expect(isElevated(fakeWindows().api)).toBeUndefined())
})
