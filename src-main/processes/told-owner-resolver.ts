/** Owners of rows whose source tells the pid (Windows, macOS, text tools): only the facts behind the number have to be found. */
import { stateOfCode } from '../../src-shared/model/tcp-state.ts'
import { recordWord, recordWords, stateOfHead } from '../table/row-record.ts'
import type { RowTable } from '../table/row-table.ts'
import type { OwnerResolver } from './owner-resolver.ts'
import type { ProcessCatalog } from './process-catalog.ts'

/** Processes no row names any more are forgotten in bulk, not on every look. */
const looksBetweenForgetting = 30

export function createToldOwnerResolver(catalog: ProcessCatalog): OwnerResolver {
  return {
    resolve(table) {
      catalog.refresh(pidsOf(table))
      const references = new Map<number, number | undefined>()
      const referenceOf = (pid: number): number | undefined => {
        if (!references.has(pid)) {
          const facts = catalog.factsOf(pid)
          references.set(pid, facts === undefined ? undefined : table.processes.put(facts, table.sequence))
        }
        return references.get(pid)
      }
      for (let slot = 0; slot < table.top; slot += 1)
        if (table.live[slot] === 1) assign(table, slot, referenceOf, catalog.isComplete ?? false)
      if (table.sequence % looksBetweenForgetting === 0) table.forgetUnusedProcesses()
      return []
    },
    close() {
      // Nothing is kept open between looks.
    },
  }
}

function pidsOf(table: RowTable): Set<number> {
  const pids = new Set<number>()
  for (let slot = 0; slot < table.top; slot += 1) {
    const pid = table.records[slot * recordWords + recordWord.pid] as number
    if (table.live[slot] === 0 || pid === 0) continue
    pids.add(pid)
    for (const further of table.toldPids.furtherOf(slot)) pids.add(further)
  }
  return pids
}

function assign(table: RowTable, slot: number, referenceOf: (pid: number) => number | undefined, listsAll: boolean): void {
  const base = slot * recordWords
  const pid = table.records[base + recordWord.pid] as number
  const further = pid === 0 ? [] : table.toldPids.furtherOf(slot)
  const owners = pid === 0 ? [] : [pid, ...further].flatMap((told) => referenceOf(told) ?? [])
  if (owners.length > 0) {
    table.setOwners(slot, owners, owners.length === 1 + further.length ? 'full' : 'not-permitted')
    return
  }
  // Pid 0: the system finishes the connection by itself. A pid without facts: the process ended, or may not be looked at.
  const state = stateOfCode(stateOfHead(table.records[base + recordWord.head] as number))
  const finishing = pid === 0 ? state !== undefined && state !== 'LISTEN' : listsAll
  table.setOwners(slot, table.ownersOf(slot), finishing ? 'gone' : pid === 0 ? 'kernel' : 'not-permitted')
}
