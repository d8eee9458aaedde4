/**
 * A busy server as an engine would tell of it: incoming connections, a pool towards backends, rests in TIME_WAIT, some datagram
 * sockets. In trouble, a part of the rows is what rules are about, so that they have evidence to show.
 */
import type { ChangeSet } from '../../../src-shared/model/change-set.ts'
import type { TcpState } from '../../../src-shared/model/tcp-state.ts'
import { builderTakenAt, ChangeSetBuilder, type RowInput } from '../../builders/mirror-builder.ts'

/** Shares of the rows per look. */
const shares = { comeAndGo: 0.01, change: 0.1 }
const listeners = 200
/** In trouble: so many of a hundred rows are in each of these states. */
const troubles: readonly (readonly [state: TcpState, perHundred: number])[] = [
  ['CLOSE_WAIT', 10],
  ['SYN_SENT', 5],
  ['SYN_RECEIVED', 5],
  ['FIN_WAIT_2', 5],
  ['LAST_ACK', 3],
  ['FIN_WAIT_1', 2],
]
const troubleOfHundred = troubles.flatMap(([state, perHundred]) => Array.from({ length: perHundred }, () => state))

export class SimulatedServer {
  readonly #builder = new ChangeSetBuilder()
  readonly #rows: RowInput[] = []
  readonly #inTrouble: boolean
  readonly #size: number
  #lastId = 0
  #now = builderTakenAt
  #changedUpTo = 0

  constructor(size: number, inTrouble: boolean) {
    this.#size = size
    this.#inTrouble = inTrouble
    for (let index = 0; index < size; index += 1) this.#rows.push(index < listeners ? this.#listener(index) : this.#row())
  }

  full(): ChangeSet {
    return this.#builder.full(this.#rows, this.#now)
  }

  /** The next look: one per cent of the rows came and went, ten per cent changed. */
  delta(elapsedMs: number): ChangeSet {
    this.#now += elapsedMs
    const removed = this.#rows.splice(listeners, Math.round(this.#size * shares.comeAndGo)).map(({ id = 0 }) => id)
    const changed = this.#some(Math.round(this.#size * shares.change))
    const added = removed.map(() => this.#row())
    for (const row of added) this.#rows.push(row)
    return this.#builder.delta({ removed, added, changed, takenAt: this.#now })
  }

  #some(count: number): RowInput[] {
    const from = this.#changedUpTo % (this.#rows.length - count)
    this.#changedUpTo = from + count
    return this.#rows.slice(from, from + count)
  }

  #nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }

  #listener(index: number): RowInput {
    const owner = { pid: 100 + index, name: `service-${index}` }
    return { id: this.#nextId(), local: `0.0.0.0:${index + 1}`, owner, receiveQueue: 0, sendQueue: 4096 }
  }

  #row(): RowInput {
    const id = this.#nextId()
    const part = id % 100
    const known = { id, firstSeenAt: this.#now, owner: { pid: 100 + (id % listeners), name: `service-${id % listeners}` } }
    const trouble = this.#inTrouble ? troubleOfHundred[part] : undefined
    if (trouble === 'SYN_SENT') return { ...known, ...outgoing(id), state: trouble }
    if (trouble !== undefined) return { ...known, ...incoming(id), state: trouble }
    if (part >= 97) return { ...known, protocol: 'udp', local: `192.0.2.1:${40_000 + (id % 20_000)}` }
    if (part >= 85) return { ...known, ...outgoing(id) }
    return { ...known, ...incoming(id), state: part >= 70 ? 'TIME_WAIT' : 'ESTABLISHED' }
  }
}

function incoming(id: number): RowInput {
  return { local: `192.0.2.1:${1 + (id % listeners)}`, remote: `198.51.${(id >> 8) & 255}.${id & 255}:${1024 + (id % 60_000)}` }
}

function outgoing(id: number): RowInput {
  return { local: `192.0.2.1:${32_768 + (id % 28_000)}`, remote: `203.0.113.${id % 20}:5432` }
}
