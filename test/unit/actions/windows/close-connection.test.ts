import { describe, expect, it } from 'vitest'
import type { ElevatedActions } from '../../../../src-main/actions/windows/elevated-actions.ts'
import { WindowsConnectionCloser } from '../../../../src-main/actions/windows/close-connection.ts'
import type { WindowsApi } from '../../../../src-main/native/windows/windows-api.ts'
import { createIphlpapiSource } from '../../../../src-main/sources/windows/iphlpapi-source.ts'
import { recordWords } from '../../../../src-main/table/row-record.ts'
import { RowTable } from '../../../../src-main/table/row-table.ts'
import { identityText } from '../../../../src-shared/model/identity.ts'
import { fakeWindows } from '../../../builders/fake-windows-api.ts'
import { zeros, type EndpointRow, type TableName } from '../../../builders/owner-table-bytes.ts'

const loopback = [127, 0, 0, 1]
const loopback6 = [...zeros(15), 1]
const connection: EndpointRow = { local: [loopback, 0xc001], remote: [[10, 9, 8, 7], 443], pid: 8, created: 133_000_000_000_000_001n }
const connection6: EndpointRow = { local: [loopback6, 1000], remote: [loopback6, 2000], pid: 8 }

interface Case {
  readonly table?: TableName
  readonly row?: EndpointRow
  /** What is there when the closer looks for the first time. */
  readonly before?: readonly EndpointRow[]
  /** The answer of the call, and what is there after it. */
  readonly error?: number
  readonly after?: readonly EndpointRow[]
  readonly elevated?: ElevatedActions
  readonly experimentalIpv6?: boolean
}

async function close({
  table: name = 'tcp4',
  row = connection,
  before,
  error = 0,
  after = [row],
  elevated,
  experimentalIpv6 = false,
}: Case) {
  const given: Buffer[] = []
  const { api, state } = fakeWindows()
  const answer = (bytes: Uint8Array): number => {
    given.push(Buffer.from(bytes))
    state.endpoints[name] = after
    return error
  }
  const fake: WindowsApi = { ...api, SetTcpEntry: answer, NsiSetAllParameters: (_store, _action, _module, _object, key) => answer(key) }
  state.endpoints[name] = [row]
  const opened = createIphlpapiSource({ api: () => fake, ownPid: 8 }).open()
  const table = new RowTable({ sessionBase: 's' })
  table.begin(1000)
  if ('look' in opened) opened.look(table)
  table.finish()
  const id = identityText(1, table.records[0]!, table.records[1]!)
  expect(table.records.slice(0, recordWords).some((word) => word !== 0)).toBe(true)
  if (before !== undefined) state.endpoints[name] = before
  const closer = new WindowsConnectionCloser({ api: fake, delay: async () => {}, elevated, experimentalIpv6 })
  const { target, ...outcome } = await closer.close(table, id)
  expect(target).toBe(id)
  return { outcome, given }
}

function helperThatAnswers(answer: Awaited<ReturnType<ElevatedActions['closeTcp']>>): ElevatedActions {
  return { closeTcp: async () => answer, endProcess: async () => ({ refusal: 'elevation-failed' }) }
}

/** SOCKADDR_INET of ::1 as hexadecimal digits. */
function loopbackEnd(port: string): string {
  return `1700${port}00000000${'00'.repeat(15)}0100000000`
}

describe('closing a connection on Windows', () => {
  it('hands over the row with state DELETE_TCB, everything in network order, and looks that it is gone', async () => {
    const { outcome, given } = await close({ after: [] })
    expect(outcome).toEqual({ status: 'done', means: 'tcp-entry' })
    expect(given[0]?.toString('hex')).toBe(['0c000000', '7f000001', 'c0010000', '0a090807', '01bb0000'].join(''))
  })

  it('does not believe a system that answers success and does nothing', async () => {
    expect((await close({ error: 0 })).outcome).toEqual({ status: 'still-there', means: 'tcp-entry' })
  })

  it.each([
    ['waits for stray segments', { ...connection, state: 11, pid: 0, created: 0n }],
    ['has a successor on its tuple', { ...connection, created: 133_000_000_900_000_001n }],
  ])('is done when the connection %s', async (_what, after) => {
    expect((await close({ after: [after] })).outcome.status).toBe('done')
  })

  it.each([
    [5, 'ERROR_ACCESS_DENIED'],
    [317, 'ERROR_MR_MID_NOT_FOUND'],
    [65, 'ERROR_NETWORK_ACCESS_DENIED'],
  ])('is not permitted at error %i', async (error, systemError) => {
    expect((await close({ error })).outcome).toEqual({ status: 'not-permitted', remedy: 'run-as-administrator', systemError })
  })

  it.each([87, 1168])('finds it gone at error %i', async (error) => {
    expect((await close({ error, after: [] })).outcome).toEqual({ status: 'gone' })
  })

  it.each([
    [87, 'ERROR_INVALID_PARAMETER'],
    [1168, 'ERROR_NOT_FOUND'],
    [8, 'ERROR_NOT_ENOUGH_MEMORY'],
  ])('fails at error %i while the connection is still there', async (error, systemError) => {
    expect((await close({ error })).outcome).toEqual({ status: 'failed', reason: 'system-error', systemError })
  })

  it.each([50, 120, 127])('is not supported at error %i', async (error) => {
    expect((await close({ error })).outcome).toMatchObject({
      status: 'not-supported',
      reason: 'platform-cannot',
      remedy: 'end-process-instead',
    })
  })

  it('does nothing to a connection that has gone, or to a successor on its tuple', async () => {
    expect(await close({ before: [] })).toEqual({ outcome: { status: 'gone' }, given: [] })
    const successor = { ...connection, created: 133_000_000_900_000_001n }
    expect(await close({ before: [successor] })).toEqual({ outcome: { status: 'replaced' }, given: [] })
    const foreign = { ...connection, created: 0n, pid: 12 }
    expect(await close({ row: { ...connection, created: 0n }, before: [foreign] })).toEqual({ outcome: { status: 'replaced' }, given: [] })
  })

  it.each([
    ['UDP', { table: 'udp4', row: { local: [loopback, 53] }, experimentalIpv6: true }, 'udp-stays-bound'],
    ['a listener', { row: { state: 2, local: [loopback, 80] } }, 'listener-cannot-be-closed'],
    ['IPv6 without the experimental switch', { table: 'tcp6', row: connection6 }, 'no-ipv6-close'],
  ] as const)('refuses %s and calls nothing', async (_what, given, reason) => {
    expect(await close(given as Case)).toEqual({ outcome: { status: 'not-supported', reason, remedy: 'end-process-instead' }, given: [] })
  })

  it('closes IPv6 through the NSI store where that is switched on, and looks again there too', async () => {
    const { outcome, given } = await close({ table: 'tcp6', row: connection6, experimentalIpv6: true, after: [] })
    expect(outcome).toEqual({ status: 'done', means: 'nsi-store' })
    expect(given[0]?.toString('hex')).toBe(loopbackEnd('03e8') + loopbackEnd('07d0'))
    const lied = await close({ table: 'tcp6', row: connection6, experimentalIpv6: true })
    expect(lied.outcome).toEqual({ status: 'still-there', means: 'nsi-store' })
  })

  it('asks the elevated helper where it is refused itself, and looks again afterwards', async () => {
    expect((await close({ error: 5, after: [], elevated: helperThatAnswers(0) })).outcome).toEqual({ status: 'done', means: 'tcp-entry' })
    expect((await close({ error: 5, elevated: helperThatAnswers(0) })).outcome).toEqual({ status: 'still-there', means: 'tcp-entry' })
    expect((await close({ error: 5, elevated: helperThatAnswers(5) })).outcome.status).toBe('not-permitted')
    expect((await close({ error: 317, elevated: helperThatAnswers({ refusal: 'elevation-refused' }) })).outcome).toEqual({
      status: 'not-permitted',
      reason: 'elevation-refused',
      remedy: 'run-as-administrator',
    })
  })
})
