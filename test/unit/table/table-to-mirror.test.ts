/** Whatever happens to the table and however late a consumer asks: applying what it is given makes its mirror equal to the table. */
import { expect, it } from 'vitest'
import { changeSetRows, type ChangeSet } from '../../../src-shared/model/change-set.ts'
import { absentCount, absentUnanswered, timerKinds } from '../../../src-shared/model/columns.ts'
import { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { tcpStates } from '../../../src-shared/model/tcp-state.ts'
import { visibilities } from '../../../src-shared/model/visibility.ts'
import { packChangeSet, packRow } from '../../../src-main/table/pack-change-set.ts'
import { flagActivity, flagUnanswered, recordWord, recordWords, unansweredOfFlags } from '../../../src-main/table/row-record.ts'
import { RowTable, type UnreadTable } from '../../../src-main/table/row-table.ts'
import { record } from '../../builders/record-builder.ts'
import { seededRandom, type SeededRandom } from '../../builders/seeded-random.ts'

interface Row {
  rowId: number
  [fact: string]: unknown
}

function tableRows(table: RowTable): Row[] {
  const rows: Row[] = []
  for (let slot = 0; slot < table.top; slot += 1) {
    if (table.live[slot] === 0) continue
    const base = slot * recordWords
    const word = (name: keyof typeof recordWord): number => table.records[base + recordWord[name]]!
    const counted = (word('flags') & 1) !== 0
    const active = (word('flags') & flagActivity) !== 0
    const timed = word('head') >>> 24 !== 0
    rows.push({
      rowId: table.rowId[slot]!,
      identity: [word('identityLow'), word('identityHigh')],
      head: word('head'),
      ports: word('ports'),
      user: table.strings.text(word('user')),
      interface: table.strings.text(word('interface')),
      owners: table.ownersOf(slot).map((ref) => table.processes.get(ref)),
      visibility: table.visibility[slot],
      firstSeenAt: table.firstSeenAt[slot],
      stateSinceAt: table.stateSinceAt[slot],
      received: counted ? word('receivedLow') + word('receivedHigh') * 2 ** 32 : Number.NaN,
      receiveRate: counted ? table.floats[base + recordWord.receiveRate] : Number.NaN,
      queue: word('receiveQueue'),
      service: active ? undefined : table.strings.text(word('service')),
      segmentsSent: active ? word('segmentsSent') : absentCount,
      unanswered: (word('flags') & flagUnanswered) === 0 ? absentUnanswered : unansweredOfFlags(word('flags')),
      timerExpiresAt: timed ? table.timerExpiresAt[slot] : Number.NaN,
    })
  }
  return rows.toSorted((left, right) => left.rowId - right.rowId)
}

function mirrorRows(mirror: RowMirror): Row[] {
  const c = mirror.columns
  const rows = [...mirror.liveSlots()].map((slot) => ({
    rowId: c.rowId[slot]!,
    identity: [c.identityLow[slot], c.identityHigh[slot]],
    head: (c.protocol[slot]! | (c.family[slot]! << 8) | (c.state[slot]! << 16) | (c.timerKind[slot]! << 24)) >>> 0,
    ports: ((c.localPort[slot]! << 16) | c.remotePort[slot]!) >>> 0,
    user: mirror.stringAt(c.user[slot]!),
    interface: mirror.stringAt(c.interface[slot]!),
    owners: mirror.ownersOf(slot).map((ref) => mirror.processes.get(ref)),
    visibility: c.visibility[slot],
    firstSeenAt: c.firstSeenAt[slot],
    stateSinceAt: c.stateSinceAt[slot],
    received: c.receivedBytes[slot],
    receiveRate: c.receiveRate[slot],
    queue: c.receiveQueue[slot],
    service: mirror.stringAt(c.service[slot]!),
    segmentsSent: c.segmentsSent[slot],
    unanswered: c.unanswered[slot],
    timerExpiresAt: c.timerExpiresAt[slot],
  }))
  return rows.toSorted((left, right) => left.rowId - right.rowId)
}

/** Lives of sockets: they come, change, are passed on, and go; some looks fail in part or whole. */
class World {
  readonly table: RowTable
  readonly #random: SeededRandom
  readonly #sockets = new Map<number, { bytes: number; state: number; family: 4 | 6; protocol: 'tcp' | 'udp'; user: string }>()
  #now = 1_000_000
  #lastId = 0

  constructor(random: SeededRandom) {
    this.#random = random
    this.table = new RowTable({ sessionBase: 'test', capacity: 4 })
  }

  look(): void {
    const random = this.#random
    this.#now += 100 + random.below(2000)
    this.table.begin(this.#now)
    this.#live()
    const unread: UnreadTable[] = []
    if (random.chance(0.1)) unread.push({ protocol: 1 })
    if (random.chance(0.1)) unread.push({ protocol: 0, family: 6 })
    const failed = random.chance(0.08)
    for (const [id, socket] of this.#sockets) {
      if (unread.some((one) => one.protocol === (socket.protocol === 'udp' ? 1 : 0) && (one.family ?? socket.family) === socket.family))
        continue
      if (failed && random.chance(0.5)) continue
      this.#see(id, socket)
    }
    if (!failed) this.table.finish(unread)
    this.#attribute()
  }

  #live(): void {
    const random = this.#random
    for (const [id, socket] of this.#sockets) {
      if (random.chance(0.15)) this.#sockets.delete(id)
      else if (random.chance(0.3)) {
        socket.bytes += random.below(2 ** 33)
        if (random.chance(0.3)) socket.state = random.below(tcpStates.length)
      }
    }
    for (let count = random.below(12); count > 0; count -= 1) {
      this.#lastId += 1
      const id = random.chance(0.1) ? 1 + random.below(this.#lastId) : this.#lastId
      const family = random.chance(0.5) ? 4 : 6
      this.#sockets.set(id, {
        bytes: 0,
        state: 0,
        family,
        protocol: random.chance(0.3) ? 'udp' : 'tcp',
        user: `user ${random.below(40)}`,
      })
    }
  }

  #see(
    id: number,
    { bytes, state, family, protocol, user }: { bytes: number; state: number; family: 4 | 6; protocol: 'tcp' | 'udp'; user: string },
  ): void {
    const random = this.#random
    const row = record({
      id,
      family,
      protocol,
      state: tcpStates[state]!,
      inode: random.chance(0.9) ? id : 0,
      user: random.chance(0.9) ? this.table.strings.intern(user, this.table.sequence) : 0,
      interface: random.chance(0.1) ? this.table.strings.intern(`eth${random.below(5)}`, this.table.sequence) : 0,
      receiveQueue: random.chance(0.1) ? random.below(1000) : 0,
      timer: timerKinds[random.below(timerKinds.length)]!,
      timerMs: random.below(100_000),
      ...(random.chance(0.6) ? { receivedBytes: bytes } : {}),
      ...(id % 2 === 0 && random.chance(0.8) ? { segmentsSent: Math.floor(bytes / 2 ** 24), unanswered: random.below(255) } : {}),
    })
    if (id % 2 === 1) row[recordWord.service] = this.table.strings.intern(`service ${id % 7}`, this.table.sequence)
    this.table.upsert(row)
  }

  #attribute(): void {
    const random = this.#random
    const { table } = this
    for (let slot = 0; slot < table.top; slot += 1) {
      if (table.live[slot] === 0 || !random.chance(0.3)) continue
      const owners = Array.from({ length: random.below(4) }, () => {
        const pid = 1 + random.below(30)
        return table.processes.put({ pid, startToken: String(random.below(3)), name: `name ${random.below(3)}` }, table.sequence)
      })
      table.setOwners(slot, [...new Set(owners)], visibilities[random.below(visibilities.length)]!)
    }
    for (const process of table.processes.values()) if (random.chance(0.05)) table.processes.markExited(process.ref, table.sequence)
    if (random.chance(0.15)) table.forgetUnusedProcesses()
  }
}

/** What travels is what structuredClone keeps. */
const sent = (set: ChangeSet): ChangeSet => structuredClone(set)

it.each([1, 2, 3, 4, 5, 6])('every consumer equals the table after each set, however late it asks (seed %i)', (seed) => {
  const random = seededRandom(seed)
  const world = new World(random)
  const { table } = world
  const mirrors = [0, 0.5, 0.9, 0.98].map((laziness) => ({ laziness, mirror: new RowMirror(), full: 0, delta: 0, fading: [] as number[] }))
  for (let look = 0; look < 150; look += 1) {
    world.look()
    for (const consumer of mirrors) {
      if (random.chance(consumer.laziness)) continue
      const { mirror } = consumer
      const set = sent(packChangeSet(table, { session: mirror.session, sequence: mirror.sequence }))
      consumer[set.header.kind] += 1
      const applied = mirror.apply(set)
      expect(applied.ok).toBe(true)
      if (!applied.ok) return
      // A view lets some removed rows fade before it gives their slots back.
      if (applied.slots.reset) consumer.fading = []
      consumer.fading.push(...applied.slots.removed)
      while (consumer.fading.length > 0 && random.chance(0.8)) mirror.release(consumer.fading.shift()!)
      expect(mirrorRows(mirror)).toEqual(tableRows(table))
      expect(mirror.rowCount).toBe(table.count)
    }
  }
  for (const consumer of mirrors) expect(consumer.full).toBe(1)
  expect(mirrors[1]!.delta).toBeGreaterThan(20)
})

it('a set that does not join on is refused as a gap, and the full one that follows heals', () => {
  const world = new World(seededRandom(9))
  const mirror = new RowMirror()
  world.look()
  mirror.apply(packChangeSet(world.table, { sequence: 0 }))
  world.look()
  const missed = world.table.sequence
  world.look()
  const tooNew = packChangeSet(world.table, { session: world.table.session, sequence: missed })
  expect(mirror.apply(tooNew)).toEqual({ ok: false, reason: 'gap' })
  expect(mirror.apply({ ...tooNew, header: { ...tooNew.header, session: 'other', since: 0 } })).toEqual({ ok: false, reason: 'gap' })
  expect(mirror.apply(packChangeSet(world.table, { sequence: 0 })).ok).toBe(true)
  expect(mirrorRows(mirror)).toEqual(tableRows(world.table))
})

it('a consumer of another session, or from the future, gets everything', () => {
  const world = new World(seededRandom(10))
  world.look()
  const { table } = world
  for (const known of [{ sequence: 0 }, { session: 'other', sequence: 1 }, { session: table.session, sequence: 99 }])
    expect(packChangeSet(table, known).header).toMatchObject({ kind: 'full', added: table.count, changed: 0, removed: 0 })
})

it('a consumer that slept through more removals than are remembered gets everything', () => {
  const table = new RowTable({ sessionBase: 'test' })
  const mirror = new RowMirror()
  const generation = 70_000
  for (let look = 0; look < 5; look += 1) {
    table.begin(1000 + look)
    for (let id = 0; id < generation; id += 1) table.upsert(record({ id: look * generation + id + 1 }))
    table.finish()
    if (look === 0) mirror.apply(packChangeSet(table, { sequence: 0 }))
  }
  const set = packChangeSet(table, { session: mirror.session, sequence: mirror.sequence })
  expect(set.header.kind).toBe('full')
  mirror.apply(set)
  expect(mirror.rowCount).toBe(generation)
})

it('a new session renumbers the rows, keeps what is known of them, and is a full set for everybody', () => {
  const table = new RowTable({ sessionBase: 'test' })
  const mirror = new RowMirror()
  const fetch = (): string => {
    const set = packChangeSet(table, { session: mirror.session, sequence: mirror.sequence })
    expect(mirror.apply(set).ok).toBe(true)
    return set.header.kind
  }
  const look = (takenAt: number): void => {
    table.begin(takenAt)
    const user = table.strings.intern('ana', table.sequence)
    for (let id = 1; id <= 20; id += 1) table.upsert(record({ id, user, receivedBytes: 5 }))
    table.finish()
  }
  look(1000)
  const first = table.session
  const owner = table.processes.put({ pid: 7, startToken: '1' }, table.sequence)
  table.setOwners(3, [owner], 'full')
  fetch()
  // Nobody should be able to make the table of texts grow for ever.
  for (let text = 0; text < 60_001; text += 1) table.strings.intern(`text ${text}`, table.sequence)
  look(2000)
  expect(table.session).not.toBe(first)
  expect(fetch()).toBe('full')
  expect(mirror.stringCount).toBeLessThan(10)
  expect(mirrorRows(mirror)).toEqual(tableRows(table))
  const row = mirrorRows(mirror).find(({ identity }) => (identity as number[])[0] === 4)
  expect(row).toMatchObject({ user: 'ana', firstSeenAt: 1000, owners: [{ pid: 7 }] })
  look(3000)
  expect(fetch()).toBe('delta')
})

it('a single row can be asked for on its own', () => {
  const world = new World(seededRandom(11))
  while (world.table.count < 5) world.look()
  const { table } = world
  const slot = table.live.indexOf(1)
  const mirror = new RowMirror()
  expect(mirror.apply(packRow(table, slot)).ok).toBe(true)
  expect(mirrorRows(mirror)).toEqual(tableRows(table).filter(({ rowId }) => rowId === table.rowId[slot]))
})

it('a packed set owns its bytes: later looks do not reach into it', () => {
  const table = new RowTable({ sessionBase: 'test' })
  table.begin(1000)
  table.upsert(record({ id: 1, localPort: 80 }))
  table.finish()
  const set = packChangeSet(table, { sequence: 0 })
  table.begin(2000)
  table.upsert(record({ id: 1, localPort: 81 }))
  table.finish()
  expect(changeSetRows(set)?.added.localPort[0]).toBe(80)
})
