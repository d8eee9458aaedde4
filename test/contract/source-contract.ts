/**
 * What every source of connections must do, whatever system it reads: run once per source by the tests beside this file, with real
 * sockets where the source belongs to this system, and with bytes or texts made from described sockets where it does not.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectionAt, withoutUndefined, type Connection, type Endpoint } from '../../src-shared/model/connection.ts'
import { RowMirror } from '../../src-shared/model/row-mirror.ts'
import type { TcpState } from '../../src-shared/model/tcp-state.ts'
import type { ConnectionSource, LookOutcome, SourceFactory } from '../../src-main/sources/source.ts'
import { packRow } from '../../src-main/table/pack-change-set.ts'
import { protocolCode, recordWord, recordWords } from '../../src-main/table/row-record.ts'
import { RowTable } from '../../src-main/table/row-table.ts'

export interface DescribedSocket {
  readonly protocol: 'tcp' | 'udp'
  readonly family: 'ipv4' | 'ipv6'
  readonly v4Mapped?: true
  /** Absent for UDP. */
  readonly state?: TcpState
  readonly local: Endpoint
  /** Absent for what has no peer. */
  readonly remote?: Endpoint
  readonly pid?: number
}

export const socketKinds = [
  'listener',
  'IPv6 listener',
  'connection',
  'IPv6 connection',
  'connection of an IPv6 socket that speaks IPv4',
  'half-closed connection',
  'UDP socket',
  'IPv6 UDP socket',
  'connected UDP socket',
] as const
export type SocketKind = (typeof socketKinds)[number]

/** Both ends of a connection, or the one socket there is. */
export interface OpenedSockets {
  readonly sockets: readonly DescribedSocket[]
  readonly close: () => Promise<void>
  /** Closes a listener and opens another one on the same endpoint. */
  readonly replace: () => Promise<void>
}

export type Breakage = 'everything' | 'udp'

/** The sockets of a system as a source sees it. */
export interface SourceWorld {
  readonly source: SourceFactory
  /** What the system or tool behind the source tells at all. */
  readonly tells: {
    readonly pid: boolean
    readonly v4Mapped: boolean
    /** Which peer a UDP socket is connected to. */
    readonly udpPeer: boolean
    /** Whether a socket is another one than the last with its tuple. */
    readonly successor: boolean
    /** How often in a row nothing came back. */
    readonly unanswered: boolean
    /** How many segments a connection sent. */
    readonly segments: boolean
  }
  /** What can be made to fail here. */
  readonly breakable: readonly Breakage[]
  open(kind: SocketKind): Promise<OpenedSockets>
  /** Reading fails from now on, until what is returned is called. */
  break(what: Breakage): () => void
  close(): Promise<void>
}

interface ShownRow {
  readonly socket: DescribedSocket
  /** What is told of its traffic beside bytes and queues. */
  readonly traffic: Pick<Connection, 'unanswered' | 'segmentsSent'>
  readonly rowId: number
  readonly addedAt: number
  readonly changedAt: number
}

const looksApartMs = 1000
const udpCode = protocolCode('udp')

export function describeSourceContract(name: string, openWorld: () => SourceWorld | Promise<SourceWorld>): void {
  describe(`the source ${name}`, () => {
    let world: SourceWorld
    let source: ConnectionSource
    let table: RowTable

    beforeEach(async () => {
      world = await openWorld()
      // What a source is opened on is never a system without any socket.
      await world.open('listener')
      await world.open('UDP socket')
      source = openSource(world)
      table = new RowTable({ sessionBase: 'contract' })
    })
    afterEach(async () => {
      source.close()
      await world.close()
    })

    const look = (): LookOutcome => {
      table.begin(table.takenAt + looksApartMs)
      const outcome = source.look(table)
      if (outcome.ok) table.finish(outcome.unread)
      return outcome
    }
    const shown = (socket: DescribedSocket): readonly ShownRow[] => rowsOf(table, asTold(socket, world))
    const rowIds = (sockets: readonly DescribedSocket[]): number[] => sockets.flatMap((socket) => shown(socket).map(({ rowId }) => rowId))

    it.each(socketKinds)('shows each socket once, with its endpoints, state and owner: %s', async (kind) => {
      const { sockets } = await world.open(kind)
      expect(look()).toEqual({ ok: true, unread: [], problems: expect.any(Array) as unknown })
      expect(sockets.map((socket) => shown(socket).map((row) => row.socket))).toEqual(sockets.map((socket) => [asTold(socket, world)]))
    })

    it('gives UDP sockets no state, and listeners no remote end', async () => {
      const { sockets: listeners } = await world.open('IPv6 listener')
      const { sockets: datagrams } = await world.open('UDP socket')
      look()
      expect([...listeners, ...datagrams].map((socket) => shown(socket)[0]?.socket).map((row) => [row?.state, row?.remote])).toEqual([
        ['LISTEN', undefined],
        [undefined, undefined],
      ])
    })

    it('tells what is unanswered and segments sent where the system does, and of nothing that has no peer', async () => {
      const connections = await world.open('connection')
      const others = await Promise.all((['listener', 'UDP socket', 'connected UDP socket'] as const).map((kind) => world.open(kind)))
      look()
      const traffic = connections.sockets.flatMap(shown).map((row) => row.traffic)
      const { unanswered, segments } = world.tells
      expect(traffic.map((told) => [told.unanswered, told.segmentsSent === undefined])).toEqual(
        connections.sockets.map(() => [unanswered ? 0 : undefined, !segments]),
      )
      const none = others.flatMap(({ sockets }) => sockets.flatMap(shown)).map((row) => row.traffic)
      expect(none).toEqual(others.flatMap(({ sockets }) => sockets.map(() => ({}))))
    })

    it('changes nothing when nothing changed', async () => {
      const opened = await Promise.all(socketKinds.map((kind) => world.open(kind)))
      const sockets = opened.flatMap((one) => one.sockets)
      look()
      const before = sockets.flatMap(shown)
      look()
      expect(sockets.flatMap(shown)).toEqual(before)
      expect(before.length).toBe(sockets.length)
      expect(table.duplicates).toBe(0)
    })

    it('lets a closed socket disappear, and leaves the others as they were', async () => {
      const stays = await world.open('connection')
      const goes = await Promise.all([world.open('listener'), world.open('IPv6 UDP socket')])
      look()
      const before = rowIds(stays.sockets)
      expect(rowIds(goes.flatMap(({ sockets }) => sockets)).length).toBe(2)
      for (const one of goes) await one.close()
      look()
      expect([rowIds(goes.flatMap(({ sockets }) => sockets)), rowIds(stays.sockets)]).toEqual([[], before])
    })

    it('shows a new socket with the tuple of an old one as one row, and as a new one where that is told', async () => {
      const { sockets, replace } = await world.open('listener')
      look()
      const [before] = rowIds(sockets)
      await replace()
      look()
      const [after, ...more] = rowIds(sockets)
      expect([after === undefined, more, after !== before]).toEqual([false, [], world.tells.successor])
    })

    it('keeps its rows when reading fails, says why, and goes on afterwards', async (context) => {
      if (!world.breakable.includes('everything')) context.skip('reading cannot be made to fail here')
      const { sockets } = await world.open('connection')
      look()
      const before = sockets.flatMap(shown)
      const mend = world.break('everything')
      const outcome = look()
      expect(outcome.ok ? '' : outcome.reason).toMatch(/\S/)
      expect(sockets.flatMap(shown)).toEqual(before)
      mend()
      expect(look().ok).toBe(true)
      expect(sockets.flatMap(shown)).toEqual(before)
    })

    it('cannot be opened on a system that does not answer, and says why', async (context) => {
      if (!world.breakable.includes('everything')) context.skip('reading cannot be made to fail here')
      const mend = world.break('everything')
      const opened = world.source.open()
      expect('unusable' in opened ? opened.unusable : '').toMatch(/\S/)
      mend()
    })

    it('keeps the rows of a table that cannot be read, says so, and reads the others', async (context) => {
      if (!world.breakable.includes('udp')) context.skip('one table alone cannot be made to fail here')
      const datagrams = await world.open('UDP socket')
      const listener = await world.open('listener')
      look()
      const before = datagrams.sockets.flatMap(shown)
      await datagrams.close()
      await listener.close()
      const mend = world.break('udp')
      const outcome = look()
      expect(outcome.ok && new Set(outcome.unread.map(({ protocol }) => protocol))).toEqual(new Set([udpCode]))
      const problems = outcome.ok ? outcome.problems.filter(({ code }) => code === 'table-unreadable') : []
      expect(problems.map(({ parameters }) => String(parameters?.['reason'])).join()).toMatch(/\S/)
      expect([datagrams.sockets.flatMap(shown), rowIds(listener.sockets)]).toEqual([before, []])
      mend()
      look()
      expect(rowIds(datagrams.sockets)).toEqual([])
    })

    it('may be closed twice, and takes nothing of others with it', async () => {
      source.close()
      const { sockets } = await world.open('listener')
      source.close()
      source = openSource(world)
      look()
      expect(rowIds(sockets).length).toBe(1)
    })
  })
}

function openSource(world: SourceWorld): ConnectionSource {
  const opened = world.source.open()
  if ('unusable' in opened) throw new Error(opened.unusable)
  return opened
}

/** The socket as a system without some knowledge must show it: what is not told is absent, not guessed. */
function asTold(socket: DescribedSocket, { tells }: SourceWorld): DescribedSocket {
  const { v4Mapped, pid, remote, ...rest } = socket
  return {
    ...rest,
    ...(v4Mapped && !tells.v4Mapped ? { family: 'ipv4' } : {}),
    ...(v4Mapped && tells.v4Mapped ? { v4Mapped } : {}),
    ...(pid !== undefined && tells.pid ? { pid } : {}),
    ...(remote !== undefined && (tells.udpPeer || socket.protocol === 'tcp') ? { remote } : {}),
  }
}

/** The rows with these endpoints, whatever else they say. */
function rowsOf(table: RowTable, { protocol, local, remote }: DescribedSocket): readonly ShownRow[] {
  const wanted = JSON.stringify([protocol, local, remote])
  const ports = ((local.port << 16) | (remote?.port ?? 0)) >>> 0
  const rows: ShownRow[] = []
  for (let slot = 0; slot < table.top; slot += 1) {
    if (table.live[slot] === 0 || table.records[slot * recordWords + recordWord.ports] !== ports) continue
    const connection = connectionIn(table, slot)
    const socket = socketOf(connection, table.records[slot * recordWords + recordWord.pid]!)
    if (JSON.stringify([socket.protocol, socket.local, socket.remote]) !== wanted) continue
    const { unanswered, segmentsSent } = connection
    const traffic = withoutUndefined<ShownRow['traffic']>({ unanswered, segmentsSent })
    rows.push({ socket, traffic, rowId: table.rowId[slot]!, addedAt: table.addedAt[slot]!, changedAt: table.changedAt[slot]! })
  }
  return rows
}

function connectionIn(table: RowTable, slot: number): Connection {
  const mirror = new RowMirror()
  const applied = mirror.apply(packRow(table, slot))
  const row = applied.ok ? applied.slots.added[0] : undefined
  if (row === undefined) throw new Error('A row of the table could not be packed.')
  return connectionAt(mirror, row)
}

function socketOf({ protocol, family, v4Mapped, state, local, remote }: Connection, pid: number): DescribedSocket {
  return {
    protocol,
    family,
    ...(v4Mapped === undefined ? {} : { v4Mapped }),
    ...(state === undefined ? {} : { state }),
    local,
    ...(remote === undefined ? {} : { remote }),
    ...(pid === 0 ? {} : { pid }),
  }
}
