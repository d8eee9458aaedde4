import { describe, expect, it } from 'vitest'
import { createWindowsParts } from '../../../src-main/api/windows/windows-parts.ts'
import { doctorTexts } from '../../../src-main/cli/messages/doctor-texts.ts'
import { windowsApi, type WindowsApi } from '../../../src-main/native/windows/windows-api.ts'
import { SourceChain } from '../../../src-main/sources/source-chain.ts'
import { RowTable } from '../../../src-main/table/row-table.ts'
import { fakeWindows, type FakeState } from '../../builders/fake-windows-api.ts'
import { zeros } from '../../builders/owner-table-bytes.ts'

const created = 133_000_000_000_000_001n
const any = [0, 0, 0, 0]

function parts(overrides: Partial<WindowsApi> = {}, variables: Record<string, string> = {}, fill: (state: FakeState) => void = () => {}) {
  const { api, state } = fakeWindows(overrides)
  state.processes = [
    { pid: 4, name: 'System' },
    { pid: 1052, parentPid: 4, name: 'svchost.exe', created, ntPath: '\\Device\\HarddiskVolume3\\Windows\\svchost.exe' },
    { pid: 2000, parentPid: 1052, name: 'child.exe', created },
  ]
  state.endpoints = {
    tcp4: [
      { state: 2, local: [any, 135], pid: 1052 },
      { state: 11, local: [any, 1], remote: [any, 2], pid: 0 },
      { state: 5, local: [any, 3], remote: [any, 4], pid: 9999 },
    ],
    udp6: [{ local: [zeros(16), 5353], pid: 4 }],
  }
  fill(state)
  const options = {
    steadyNow: () => 0,
    delay: async () => {},
    isOwn: () => false,
    userName: undefined,
    userId: undefined,
  }
  return createWindowsParts(options, { api, variables })
}

describe('the parts of Windows', () => {
  it('make rows with owners, and reasons where there is none', () => {
    const { sources, resolver } = parts()
    const table = new RowTable({ sessionBase: 's' })
    table.begin(1000)
    expect(new SourceChain(sources).look(table)).toMatchObject({ ok: true, problems: [] })
    table.finish()
    resolver.resolve(table)
    const owner = (slot: number): unknown => table.ownersOf(slot).map((reference) => table.processes.get(reference)?.name)
    expect([0, 1, 2, 3].map((slot) => [owner(slot), table.visibility[slot]])).toEqual([
      [['svchost.exe'], 0],
      [[], 3], // gone: TIME_WAIT
      [[], 3], // its process ended between the two lists
      [['System'], 0],
    ])
  })

  it('describe processes and their children', () => {
    const windows = parts()
    expect(windows.describeProcess(1052)).toMatchObject({
      parentPid: 4,
      startToken: String(created),
      executable: 'C:\\Windows\\svchost.exe',
    })
    expect([windows.describeProcess(9999), windows.childrenOf(1052)]).toEqual([
      undefined,
      [{ pid: 2000, startToken: String(created), name: 'child.exe' }],
    ])
  })

  it("take nobody for a child who is older than the bearer of its parent's number, and give no start of who cannot be compared", () => {
    const windows = parts({}, {}, (state) => {
      state.processes = [
        ...state.processes,
        { pid: 3000, parentPid: 1052, name: 'orphan.exe', created: created - 1n },
        { pid: 3001, parentPid: 1052, name: 'early.exe' },
        { pid: 3002, parentPid: 9999, name: 'stranger.exe', created },
      ]
    })
    expect(windows.childrenOf(1052)).toEqual([
      { pid: 2000, startToken: String(created), name: 'child.exe' },
      { pid: 3001, name: 'early.exe' },
    ])
    expect(windows.childrenOf(9999)).toEqual([{ pid: 3002, name: 'stranger.exe' }])
  })

  it('judge any number of processes by one list', () => {
    let lists = 0
    const { api } = fakeWindows()
    const counted: WindowsApi['NtQuerySystemInformation'] = (...asked) => {
      lists += 1
      return api.NtQuerySystemInformation(...asked)
    }
    const parentOf = parts({ NtQuerySystemInformation: counted }).parentsNow()
    for (let pid = 1; pid < 1000; pid += 1) parentOf(pid)
    expect(lists).toBeLessThanOrEqual(2) // one that tells its size, perhaps
  })

  it('fall to netstat, and say why, where the tables cannot be asked for', () => {
    const { sources } = parts({ GetExtendedTcpTable: () => 127 })
    const chain = new SourceChain(sources)
    expect(chain.problems[0]).toMatchObject({
      code: 'source-fallback',
      parameters: { source: 'iphlpapi', reason: 'GetExtendedTcpTable tcp4: ERROR_PROC_NOT_FOUND' },
    })
  })

  it('on a system without its libraries are unusable and say so, without an exception', () => {
    const options = { steadyNow: () => 0, delay: async () => {}, isOwn: () => false, userName: undefined, userId: undefined }
    // The real bindings; on Windows, where they work, two of them are taken away.
    const api: WindowsApi = { ...windowsApi(), GetExtendedTcpTable: () => 127, NtQuerySystemInformation: () => 0xc0000139 }
    const stranded = createWindowsParts(options, { api, variables: { SystemRoot: 'Q:\\nowhere' } })
    expect(stranded.doctorChecks().slice(0, 3)).toMatchObject([
      { id: 'source-windows-iphlpapi', status: 'missing' },
      { id: 'source-windows-netstat', status: 'missing' },
      { id: 'windows-processes', status: 'missing', parameters: { reason: 'STATUS_ENTRYPOINT_NOT_FOUND' } },
    ])
  })

  it.each([
    [{}, {}, ['limited', 'limited', 'limited', 'limited']],
    [{ SOCKSCOPE_EXPERIMENTAL_CLOSE_IPV6: '1' }, {}, ['limited', 'limited', 'limited', 'limited']],
    [
      {},
      {
        OpenProcessToken: () => 1,
        GetTokenInformation: (_token: number, _kind: number, information: Uint8Array) => (information[0] = 1),
      },
      ['ok', 'ok', 'limited', 'ok'],
    ],
  ])('tell what can be done: %j', (variables, overrides, statuses) => {
    const checks = parts(overrides, variables).doctorChecks()
    expect(checks.slice(-4).map(({ status }) => status)).toEqual(statuses)
  })

  it('have a text in every language for every check', () => {
    for (const { id, status } of parts().doctorChecks())
      for (const language of ['en', 'zh-CN'] as const) expect(doctorTexts[language].checks[id]?.(status, (name) => name).text).toBeTruthy()
  })

  it.each([
    [{}, 'Windows documents no call that closes IPv6 connections.'],
    [{ SOCKSCOPE_EXPERIMENTAL_CLOSE_IPV6: '1' }, 'IPv6 connections are closed through a call that Windows does not document.'],
  ])('say whether the undocumented call that closes IPv6 is tried: %j', (variables, words) => {
    const check = parts({}, variables)
      .doctorChecks()
      .find(({ id }) => id === 'windows-close-ipv6')
    const read = (name: string): string => String(check?.parameters?.[name])
    expect(doctorTexts.en.checks['windows-close-ipv6']?.('limited', read).text).toBe(words)
  })
})
