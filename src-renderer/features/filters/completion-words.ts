/**
 * What the table holds right now that could be searched for. Rows are sampled and processes counted once for many keys: a suggestion
 * must not cost a pass over a hundred thousand rows.
 */
import { addressText } from '../../../src-shared/model/address.ts'
import { hasRemote } from '../../../src-shared/model/connection.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'

export interface CountedWord {
  readonly text: string
  /** Rows among those looked at. */
  readonly count: number
}

export interface CompletionWords {
  /** The commonest first in every list. */
  readonly process: readonly CountedWord[]
  readonly user: readonly CountedWord[]
  readonly exe: readonly CountedWord[]
  readonly lport: readonly CountedWord[]
  readonly rport: readonly CountedWord[]
  readonly local: readonly CountedWord[]
  readonly remote: readonly CountedWord[]
  /** What is known by now about remote addresses; asking for suggestions asks nobody for more. */
  readonly host: readonly CountedWord[]
  readonly country: readonly CountedWord[]
  readonly asn: readonly CountedWord[]
  /** `text` is the pid. */
  readonly pid: readonly (CountedWord & { readonly name?: string })[]
}

/** Rows looked at, spread over the table. Takes about a millisecond; what is seen in fewer than one row in fifty may be missed. */
const maximumRows = 4000
/** More processes than machines have sockets for; bounds the pass over their names. */
const maximumProcesses = 20_000
/** What a list of suggestions can ever show of one kind, and enough to narrow down by typing. */
const maximumWords = 2000

class Counter {
  readonly #counts = new Map<string, number>()

  add(text: string | undefined, count = 1): void {
    if (text !== undefined && text !== '') this.#counts.set(text, (this.#counts.get(text) ?? 0) + count)
  }

  words(): CountedWord[] {
    return [...this.#counts]
      .map(([text, count]) => ({ text, count }))
      .toSorted((a, b) => b.count - a.count || a.text.length - b.text.length)
      .slice(0, maximumWords)
  }
}

export function completionWords(mirror: RowMirror): CompletionWords {
  const lport = new Counter()
  const rport = new Counter()
  const local = new Counter()
  const remote = new Counter()
  const user = new Counter()
  const host = new Counter()
  const country = new Counter()
  const asn = new Counter()
  const rowsOf = new Map<number, number>()
  for (const slot of sampledSlots(mirror)) {
    const { columns: c } = mirror
    const family = c.family[slot] ?? 4
    lport.add(String(c.localPort[slot] ?? 0))
    local.add(addressText(family, c.local0[slot] ?? 0, c.local1[slot] ?? 0, c.local2[slot] ?? 0, c.local3[slot] ?? 0))
    if (hasRemote(mirror, slot)) {
      const about = mirror.names.ofRemote(c, slot)
      host.add(about.host)
      country.add(about.country)
      asn.add(about.asn === undefined ? undefined : String(about.asn))
      rport.add(String(c.remotePort[slot] ?? 0))
      remote.add(addressText(family, c.remote0[slot] ?? 0, c.remote1[slot] ?? 0, c.remote2[slot] ?? 0, c.remote3[slot] ?? 0))
    }
    user.add(mirror.stringAt(c.user[slot] ?? 0))
    for (const reference of mirror.ownersOf(slot)) rowsOf.set(reference, (rowsOf.get(reference) ?? 0) + 1)
  }
  return {
    ...processWords(mirror, rowsOf, user),
    user: user.words(),
    lport: lport.words(),
    rport: rport.words(),
    local: local.words(),
    remote: remote.words(),
    host: host.words(),
    country: country.words(),
    asn: asn.words(),
  }
}

function processWords(
  mirror: RowMirror,
  rowsOf: ReadonlyMap<number, number>,
  user: Counter,
): Pick<CompletionWords, 'process' | 'exe' | 'pid'> {
  const process = new Counter()
  const exe = new Counter()
  const pid: (CountedWord & { readonly name?: string })[] = []
  let seen = 0
  for (const [reference, record] of mirror.processes) {
    if ((seen += 1) > maximumProcesses) break
    const count = rowsOf.get(reference) ?? 0
    process.add(record.name, count)
    exe.add(record.executable, count)
    user.add(record.user, 0)
    pid.push({ text: String(record.pid), count, ...(record.name === undefined ? {} : { name: record.name }) })
  }
  return { process: process.words(), exe: exe.words(), pid: pid.toSorted((a, b) => b.count - a.count).slice(0, maximumWords) }
}

function* sampledSlots(mirror: RowMirror): Generator<number> {
  const step = Math.max(1, Math.ceil(mirror.top / maximumRows))
  const { rowId } = mirror.columns
  for (let slot = 0; slot < mirror.top; slot += step) if (mirror.slotOfRow(rowId[slot] ?? 0) === slot) yield slot
}
