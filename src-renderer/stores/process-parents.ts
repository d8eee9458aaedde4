/** Parents of processes, asked for one process after the other while the tree is on screen; each is asked for until it is answered. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ErrorCode } from '../../src-shared/contract/error-codes.ts'
import type { RelatedProcess } from '../../src-shared/contract/process-details.ts'
import type { ProcessRecord } from '../../src-shared/model/process.ts'
import { processKey } from '../view/grouping/owner-groupings.ts'
import { useHostAccess } from './host-access.ts'

/** Nothing was said about the process. */
const unanswered: ReadonlySet<ErrorCode> = new Set(['disconnected', 'engine-unavailable', 'timeout', 'too-many-calls'])
/** More processes with sockets than a large server has; beyond this the memory starts over. */
const maximumRemembered = 5000

export const useProcessParents = defineStore('process-parents', () => {
  const { link } = useHostAccess()
  const known = new Map<string, readonly RelatedProcess[]>()
  const waiting = new Map<string, ProcessRecord>()
  const version = shallowRef(0)
  let asking = false

  const askAll = async (): Promise<void> => {
    asking = true
    try {
      for (const [key, process] of waiting) {
        const { pid, startToken } = process
        const answer = await link.api.call('getProcess', { pid, startToken })
        if (!answer.ok && unanswered.has(answer.error.code)) {
          // Whoever wants them next asks again, and about another one first: this one may be what takes so long.
          waiting.delete(key)
          waiting.set(key, process)
          return
        }
        if (known.size >= maximumRemembered) known.clear()
        // Who cannot be asked about stands at the top; asking again would get the same answer.
        known.set(key, answer.ok ? answer.value.parents : [])
        waiting.delete(key)
      }
    } finally {
      asking = false
      version.value += 1
    }
  }
  return {
    /** Raised when parents were learned. */
    version,
    /** The nearest first; empty when they are not known (yet). */
    of: (process: ProcessRecord): readonly RelatedProcess[] => known.get(processKey(process)) ?? [],
    /** Asks for those that are not known. */
    want(processes: Iterable<ProcessRecord>): void {
      for (const process of processes) {
        const key = processKey(process)
        if (!known.has(key) && waiting.size < maximumRemembered) waiting.set(key, process)
      }
      if (waiting.size > 0 && !asking) void askAll()
    },
  }
})
