/** A table that lives: random rows that come, change and go, as change sets of one engine session after another. */
import type { ChangeSet } from '../../../src-shared/model/change-set.ts'
import type { ProcessRecord } from '../../../src-shared/model/process.ts'
import { tcpStates } from '../../../src-shared/model/tcp-state.ts'
import { ChangeSetBuilder, type RowInput } from '../../builders/mirror-builder.ts'

type Row = RowInput & { id: number }

const names = ['nginx', 'Nginx', 'firefox', 'sshd', 'postgres', 'redis', 'chrome']
const v6 = ['::1', 'fe80::1', '2001:db8::1', '2001:db8::2', '2001:db8:0:1::5', '::5:0:0', '::ffff:10.1.2.3']

export class Churn {
  #random: () => number
  #session = 1
  #builder = new ChangeSetBuilder('session-1')
  #rows = new Map<number, Row>()
  #lastId = 0

  constructor(random: () => number) {
    this.#random = random
  }

  get live(): readonly Row[] {
    return [...this.#rows.values()]
  }

  full(count: number, newSession = true): ChangeSet {
    if (newSession) {
      this.#session += 1
      this.#builder = new ChangeSetBuilder(`session-${this.#session}`)
      this.#lastId = 0
    }
    this.#rows.clear()
    for (let index = 0; index < count; index += 1) this.#add()
    return this.#builder.full(this.live)
  }

  delta(most: number): ChangeSet {
    const removed = this.#some(most / 2)
    for (const { id } of removed) this.#rows.delete(id)
    const changed = this.#some(most).map((row) => this.#change(row))
    const added = Array.from({ length: this.#below(most) }, () => this.#add())
    const set = this.#builder.delta({ added, changed, removed: removed.map(({ id }) => id) })
    return this.#random() < 0.3 ? this.#withRenamedProcess(set) : set
  }

  #withRenamedProcess(set: ChangeSet): ChangeSet {
    const row = this.#pick(this.live)
    if (row?.owner === undefined) return set
    const process: ProcessRecord = { ...this.#builder.processOf(row.owner), name: this.#name() }
    return { ...set, header: { ...set.header, processes: [...set.header.processes, process] } }
  }

  #add(): Row {
    this.#lastId += 1
    const row: Row = {
      id: this.#lastId,
      ...this.#endpoints(),
      ...this.#figures(),
      identityLow: this.#below(50),
      identityHigh: this.#below(3),
    }
    if (this.#random() < 0.8)
      row.owner = { pid: 1 + this.#below(40), startToken: '1', ...(this.#random() < 0.9 ? { name: this.#name() } : {}) }
    if (this.#random() < 0.5) row.user = this.#pick(['root', 'ana', 'Bob']) as string
    this.#rows.set(row.id, row)
    return row
  }

  #change(row: Row): Row {
    const changed = { ...row, ...this.#figures() }
    if (this.#random() < 0.1) changed.owner = { pid: 100 + this.#below(20), startToken: '2', name: this.#name() }
    this.#rows.set(row.id, changed)
    return changed
  }

  #endpoints(): Partial<RowInput> {
    const six = this.#random() < 0.4
    const endpoint = (): string =>
      six ? `[${this.#pick(v6) as string}]:${this.#below(65_536)}` : `10.${this.#below(2)}.0.${this.#below(250)}:${1 + this.#below(65_535)}`
    return {
      protocol: this.#random() < 0.2 ? 'udp' : 'tcp',
      local: endpoint(),
      ...(this.#random() < 0.7 ? { remote: endpoint() } : {}),
      family: six ? 6 : 4,
    }
  }

  #figures(): Partial<RowInput> {
    if (this.#random() < 0.2) return {}
    return {
      state: this.#pick(tcpStates) as (typeof tcpStates)[number],
      sendRate: this.#random() < 0.4 ? 0 : Math.round(this.#random() * 1e6),
      sentBytes: this.#below(1e9),
      retransmits: this.#below(4),
    }
  }

  #name(): string {
    return `${this.#pick(names) as string}${this.#random() < 0.2 ? `-${this.#below(30)}` : ''}`
  }

  #some(most: number): Row[] {
    const count = this.#below(most)
    return [...new Set(Array.from({ length: count }, () => this.#pick(this.live)))].filter((row) => row !== undefined)
  }

  #pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.#below(items.length)]
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit)
  }
}
