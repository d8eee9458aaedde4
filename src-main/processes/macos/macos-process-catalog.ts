/** Processes by pid: the kernel's list, or `ps` when that cannot be read; what was found once is kept until the process changes. */
import { withoutUndefined } from '../../../src-shared/model/connection.ts'
import type { Problem } from '../../../src-shared/model/problem.ts'
import type { ProcessIdentity } from '../../../src-shared/model/process.ts'
import type { ProcessCatalog, ProcessFacts } from '../process-catalog.ts'
import type { IdentifiedProcess, ProcessReader, ProcessSighting, SeenProcess } from './process-reader.ts'

interface Known {
  readonly startKey: string
  readonly name: string
  readonly facts: ProcessFacts
}

export interface MacProcessCatalogOptions {
  /** In order of preference; at least one. `unusable` ones are named in problems. */
  readonly readers: readonly ProcessReader[]
  /** Why a better reader than the first is not among them. */
  readonly missing?: string | undefined
  readonly userName: (uid: number) => string | undefined
}

export class MacProcessCatalog implements ProcessCatalog {
  readonly #readers: readonly ProcessReader[]
  readonly #missing: string | undefined
  readonly #userName: (uid: number) => string | undefined
  readonly #userNames = new Map<number, string>()
  #known = new Map<number, Known>()
  #problems: readonly Problem[] = []

  constructor({ readers, missing, userName }: MacProcessCatalogOptions) {
    this.#readers = readers
    this.#missing = missing
    this.#userName = userName
  }

  /** Of the last `refresh`. */
  get problems(): readonly Problem[] {
    return this.#problems
  }

  /** What would be the problems of a `refresh` now. */
  probe(): readonly Problem[] {
    return this.#list().problems
  }

  /** A list that cannot be read leaves what is known as it was. */
  refresh(pids: ReadonlySet<number>): void {
    const { reader, processes, problems } = this.#list()
    this.#problems = problems
    if (reader === undefined) return
    const known = new Map<number, Known>()
    for (const process of processes) {
      if (!pids.has(process.pid)) continue
      const before = this.#known.get(process.pid)
      const same = before?.startKey === process.startKey && before.name === process.name
      const entry = same ? before : this.#learn(reader, process)
      if (entry !== undefined) known.set(process.pid, entry)
    }
    this.#known = known
  }

  factsOf(pid: number): ProcessFacts | undefined {
    return this.#known.get(pid)?.facts
  }

  /** The process with this pid now. */
  find(pid: number): ProcessSighting {
    return this.#findWith(this.#readers, pid)
  }

  /** The same by the reader that made the identity, for only that one's tokens compare. */
  findAgain({ pid, startToken }: ProcessIdentity): ProcessSighting {
    return this.#findWith(
      this.#readers.filter((reader) => reader.made(startToken)),
      pid,
    )
  }

  /** With the start of those that were still the same child when it was read. `ps` tells it with the list; no other tool is started. */
  childrenOf(parentPid: number): readonly { readonly pid: number; readonly startToken?: string; readonly name: string }[] {
    const { reader, processes } = this.#list()
    return processes
      .filter((process) => process.parentPid === parentPid)
      .map((process) => {
        const { pid, name } = process
        if (isIdentified(process)) return { pid, name, startToken: process.startToken }
        const sighting = reader?.find(pid)
        const isSame =
          sighting?.status === 'there' && sighting.process.startKey === process.startKey && sighting.process.parentPid === parentPid
        return isSame ? { pid, name, startToken: sighting.process.startToken } : { pid, name }
      })
  }

  /** One list for any number of questions. */
  parentsNow(): (pid: number) => number | undefined {
    let parents: ReadonlyMap<number, number> | undefined
    return (pid) => {
      parents ??= new Map(this.#list().processes.map((process) => [process.pid, process.parentPid]))
      return parents.get(pid)
    }
  }

  factsAbout(process: IdentifiedProcess): ProcessFacts {
    return withoutUndefined<ProcessFacts>({
      pid: process.pid,
      startToken: process.startToken,
      name: process.name,
      executable: process.executable,
      user: this.#userOf(process.uid),
      startedAt: process.startedAtUnixMs,
    })
  }

  #list(): { readonly reader?: ProcessReader; readonly processes: readonly SeenProcess[]; readonly problems: readonly Problem[] } {
    let reason = this.#missing
    for (const reader of this.#readers) {
      const listing = reader.all()
      if (listing.ok) {
        const problems: readonly Problem[] =
          reason === undefined ? [] : [{ code: 'process-facts-fallback', severity: 'warning', parameters: { source: reader.id, reason } }]
        return { reader, processes: listing.processes, problems }
      }
      reason = reason === undefined ? listing.reason : `${reason}; ${listing.reason}`
    }
    return { processes: [], problems: [{ code: 'process-facts-unreadable', severity: 'warning', parameters: { reason: reason ?? '?' } }] }
  }

  /** Undefined when the process ended in between, or another one took its pid; the next look sees to that. */
  #learn(reader: ProcessReader, process: SeenProcess): Known | undefined {
    if (isIdentified(process)) return { startKey: process.startKey, name: process.name, facts: this.factsAbout(process) }
    const sighting = reader.find(process.pid)
    if (sighting.status !== 'there' || sighting.process.startKey !== process.startKey) return undefined
    return { startKey: process.startKey, name: process.name, facts: this.factsAbout(sighting.process) }
  }

  #findWith(readers: readonly ProcessReader[], pid: number): ProcessSighting {
    let last: ProcessSighting = { status: 'unreadable', reason: this.#missing ?? 'processes cannot be read' }
    for (const reader of readers) {
      last = reader.find(pid)
      if (last.status !== 'unreadable') return last
    }
    return last
  }

  #userOf(uid: number): string {
    const known = this.#userNames.get(uid)
    if (known !== undefined) return known
    const name = this.#userName(uid) ?? String(uid)
    this.#userNames.set(uid, name)
    return name
  }
}

/** `ps` tells everything with the list already. */
function isIdentified(process: SeenProcess): process is IdentifiedProcess {
  return 'startToken' in process
}
