/** Owners of rows on Linux: who holds the socket, or why nobody is known to. */
import type { Problem } from '../../../src-shared/model/problem.ts'
import { stateOfCode, timeWaitCode } from '../../../src-shared/model/tcp-state.ts'
import { visibilityCode, type Visibility } from '../../../src-shared/model/visibility.ts'
import { recordWord, recordWords, stateOfHead } from '../../table/row-record.ts'
import type { RowTable } from '../../table/row-table.ts'
import type { OwnerResolver } from '../owner-resolver.ts'
import type { KnownProcess } from './known-process.ts'
import { ListenerOwners } from './listener-owners.ts'
import { ProcessFactsReader } from './process-facts.ts'
import { SocketSearch } from './socket-search.ts'

/** A process may replace its program (execve(2)); its name is read again after so many looks, a few processes per look. */
const looksBetweenFacts = 10
const factsPerLook = 50
/** Processes no row names any more are forgotten in bulk, not on every look. */
const looksBetweenForgetting = 30

export interface ResolverOptions {
  /** Milliseconds of a steady clock. */
  readonly now: () => number
  /** The user this process runs as, by every name that rows may have it under: a name may be told later than its number. */
  readonly effectiveUserNames: () => readonly string[]
  readonly isRoot: boolean
  /** True inside a process namespace of its own: owners outside cannot be seen. */
  readonly ownProcessNamespace: boolean
  /** True when /proc hides the processes of others (hidepid). */
  readonly processesHidden: boolean
}

export class LinuxOwnerResolver implements OwnerResolver {
  readonly search: SocketSearch
  readonly #options: ResolverOptions
  readonly #facts = new ProcessFactsReader()
  /** Rows the kernel holds for a listener until accept(); their owner follows the listener's. */
  readonly #heldByKernel = new Set<number>()
  #ownNames: readonly string[] = []
  /** Users of processes that may not be looked at; undefined where not even that is told. Asked for when a look needs it. */
  #deniedUsers: ReadonlySet<string | undefined> | undefined

  constructor(options: ResolverOptions) {
    this.#options = options
    this.search = new SocketSearch(options)
  }

  resolve(table: RowTable): readonly Problem[] {
    this.#ownNames = this.#options.effectiveUserNames()
    const { holders, processes } = this.search
    holders.touched.clear()
    const { ended } = this.search.tick(table, (slot) => this.#isForeign(table, slot))
    for (const process of ended) if (process.reference !== 0) table.processes.markExited(process.reference, table.sequence)
    this.#refreshFacts(table)
    this.#deniedUsers = undefined
    for (const slot of this.#heldByKernel) if (table.live[slot] === 0) this.#heldByKernel.delete(slot)
    for (let index = 0; index < holders.touched.size; index += 1) {
      const slot = holders.touched.at(index)
      if (table.live[slot] === 1) this.#assign(table, slot)
    }
    this.#followListeners(table)
    if (table.sequence % looksBetweenForgetting === 0) table.forgetUnusedProcesses()
    return this.#problems(table, processes.limited)
  }

  close(): void {
    this.search.close()
  }

  #assign(table: RowTable, slot: number): void {
    this.#heldByKernel.delete(slot)
    const holders = this.search.holders.holders(slot)
    if (holders.length > 0) {
      const references = holders.flatMap((pid) => this.#referenceOf(table, pid) ?? [])
      if (references.length > 0) table.setOwners(slot, references, 'full')
      return
    }
    if (this.search.holders.inodes.inodeOf(slot) !== 0) {
      const visibility = this.search.hasGivenUp(slot) ? this.#whyUnknown(table, slot) : 'pending'
      // While a new holder is looked for, the last one known is the better answer than none.
      table.setOwners(slot, visibility === 'pending' ? table.ownersOf(slot) : [], visibility)
      return
    }
    if (isFinishing(table, slot)) table.setOwners(slot, table.ownersOf(slot), 'gone')
    else this.#heldByKernel.add(slot)
  }

  /** A connection nobody accepted yet belongs to whoever listens on its port. */
  #followListeners(table: RowTable): void {
    if (this.#heldByKernel.size === 0) return
    const listeners = new ListenerOwners(table)
    for (const slot of this.#heldByKernel) {
      const owners = listeners.of(slot)
      table.setOwners(slot, owners.length === 0 ? table.ownersOf(slot) : owners, 'kernel')
    }
  }

  #referenceOf(table: RowTable, pid: number): number | undefined {
    const process = this.search.processes.known.get(pid)
    if (process === undefined) return undefined
    if (process.reference === 0 || table.processes.get(process.reference) === undefined) this.#readFacts(table, process)
    return process.reference === 0 ? undefined : process.reference
  }

  #readFacts(table: RowTable, process: KnownProcess): void {
    const facts = this.#facts.read(process)
    process.factsReadAt = table.sequence
    if (facts !== undefined) process.reference = table.processes.put(facts, table.sequence)
  }

  #refreshFacts(table: RowTable): void {
    let left = factsPerLook
    for (const process of this.search.processes.known.values()) {
      if (process.reference === 0 || table.sequence - process.factsReadAt < looksBetweenFacts) continue
      if (table.processes.get(process.reference) === undefined) process.reference = 0
      else this.#readFacts(table, process)
      left -= 1
      if (left === 0) return
    }
  }

  /** Without root, sockets of other users have owners that cannot be found by looking. */
  #isForeign(table: RowTable, slot: number): boolean {
    if (this.#options.isRoot) return false
    const user = table.strings.text(table.records[slot * recordWords + recordWord.user] as number)
    return user === undefined || !this.#ownNames.includes(user)
  }

  /**
   * "Not permitted" needs somebody who may not be looked at and could hold it: as root only processes of the socket's own user count,
   * or one refusal would explain every socket of another namespace and of the kernel.
   */
  #whyUnknown(table: RowTable, slot: number): Visibility {
    const { isRoot, ownProcessNamespace, processesHidden } = this.#options
    if (processesHidden || this.#isForeign(table, slot)) return 'not-permitted'
    if (this.search.processes.limited) return 'pending' // not everybody was looked at yet
    if (!isRoot) return 'not-permitted'
    const user = table.strings.text(table.records[slot * recordWords + recordWord.user] as number)
    this.#deniedUsers ??= this.#usersOfDenied()
    if (this.#deniedUsers.has(user) || this.#deniedUsers.has(undefined)) return 'not-permitted'
    return ownProcessNamespace ? 'other-namespace' : 'kernel'
  }

  #usersOfDenied(): ReadonlySet<string | undefined> {
    const users = new Set<string | undefined>()
    const note = (uid: number | undefined): void => void users.add(uid === undefined ? undefined : this.#facts.userNameOf(uid))
    for (const uid of this.search.processes.denied.values()) note(uid)
    for (const process of this.search.processes.known.values()) if (process.denied) note(this.#facts.uidOf(process))
    return users
  }

  #problems(table: RowTable, limited: boolean): Problem[] {
    const problems: Problem[] = []
    const { processesHidden, ownProcessNamespace } = this.#options
    const hidden = countNotPermitted(table)
    if (hidden > 0) problems.push({ code: 'owners-not-permitted', severity: 'info', parameters: { count: hidden } })
    if (processesHidden) problems.push({ code: 'processes-hidden', severity: 'warning' })
    if (ownProcessNamespace) problems.push({ code: 'own-process-namespace', severity: 'info' })
    if (limited) problems.push({ code: 'too-many-processes', severity: 'warning', parameters: { limit: this.search.processes.known.size } })
    return problems
  }
}

const notPermittedCode = visibilityCode('not-permitted')

function countNotPermitted(table: RowTable): number {
  let count = 0
  for (let slot = 0; slot < table.top; slot += 1) if (table.live[slot] === 1 && table.visibility[slot] === notPermittedCode) count += 1
  return count
}

/** States in which a socket without an inode was closed by its process, as opposed to not yet accepted by one. */
function isFinishing(table: RowTable, slot: number): boolean {
  const state = stateOfHead(table.records[slot * recordWords + recordWord.head] as number)
  if (state === timeWaitCode) return true
  const word = stateOfCode(state)
  if (word === 'FIN_WAIT_1' || word === 'FIN_WAIT_2' || word === 'CLOSING' || word === 'LAST_ACK' || word === 'CLOSED') return true
  return table.ownersOf(slot).length > 0 && word !== 'SYN_RECEIVED' && word !== 'ESTABLISHED' && word !== 'CLOSE_WAIT'
}
