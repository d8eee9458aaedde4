/** What ending a process would take with it, told before anybody is asked to confirm. */
import { maximumTree, type EndProcessPreview } from '../../src-shared/contract/actions.ts'
import { fail, succeed, type Result } from '../../src-shared/contract/result.ts'
import { addressText } from '../../src-shared/model/address.ts'
import { protocols } from '../../src-shared/model/columns.ts'
import { withoutUndefined } from '../../src-shared/model/connection.ts'
import { listenCode } from '../../src-shared/model/tcp-state.ts'
import { familyOfHead, protocolOfHead, recordWord, recordWords, stateOfHead } from '../table/row-record.ts'
import type { RowTable } from '../table/row-table.ts'
import { protectionOf } from '../actions/protection.ts'
import type { PlatformParts } from './platform-parts.ts'

interface PreviewParts {
  readonly parts: Pick<PlatformParts, 'describeProcess' | 'childrenOf'>
  readonly table: RowTable
  readonly isOwn: (pid: number) => boolean
}

/** A person reads no more; the rest is counted. */
const maximumListeners = 100

export function previewEndProcess(
  { parts, table, isOwn }: PreviewParts,
  { pid, startToken }: { readonly pid: number; readonly startToken: string },
): Result<EndProcessPreview> {
  // Before the process itself: whoever asks has seen it, so if it is still there afterwards the children are its own.
  const children = parts.childrenOf(pid)
  const process = parts.describeProcess(pid)
  if (process === undefined) return fail('not-found', `There is no process ${pid} any more.`, { pid })
  if (process.startToken !== startToken) return fail('not-found', `Process ${pid} has ended; another one has its number now.`, { pid })
  const slots = ownedSlots(table, pid, startToken)
  const listeners = slots.filter((slot) => isListener(table, slot))
  return succeed(
    withoutUndefined<EndProcessPreview>({
      pid,
      startToken,
      name: process.name,
      executable: process.executable,
      user: process.user,
      startedAt: process.startedAt,
      connections: slots.length,
      listeners: listeners.slice(0, maximumListeners).map((slot) => localEndpoint(table, slot)),
      moreListeners: beyond(listeners, maximumListeners),
      children: children.slice(0, maximumTree),
      moreChildren: beyond(children, maximumTree),
      protection: protectionOf(pid, isOwn),
    }),
  )
}

function beyond(list: readonly unknown[], most: number): number | undefined {
  return list.length > most ? list.length - most : undefined
}

function ownedSlots(table: RowTable, pid: number, startToken: string): number[] {
  const owned: number[] = []
  for (let slot = 0; slot < table.top; slot += 1) {
    if (table.live[slot] === 0) continue
    const isOwner = table.ownersOf(slot).some((reference) => {
      const record = table.processes.get(reference)
      return record?.pid === pid && record.startToken === startToken
    })
    if (isOwner) owned.push(slot)
  }
  return owned
}

/** Listening TCP, or UDP without a peer: what others can reach. */
function isListener(table: RowTable, slot: number): boolean {
  const base = slot * recordWords
  const head = table.records[base + recordWord.head] as number
  if (protocolOfHead(head) === 0) return stateOfHead(head) === listenCode
  return ((table.records[base + recordWord.ports] as number) & 0xffff) === 0
}

function localEndpoint(table: RowTable, slot: number): { protocol: string; address: string; port: number } {
  const base = slot * recordWords
  const word = (at: number): number => table.records[base + at] as number
  const head = word(recordWord.head)
  const local = recordWord.local
  return {
    protocol: protocols[protocolOfHead(head)] ?? 'tcp',
    address: addressText(familyOfHead(head), word(local), word(local + 1), word(local + 2), word(local + 3)),
    port: word(recordWord.ports) >>> 16,
  }
}
