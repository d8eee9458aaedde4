/** The flow of ending processes: ask, do, tell what happened to each. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { EndProcessPreview } from '../../src-shared/contract/actions.ts'
import type { Failure } from '../../src-shared/contract/result.ts'
import type { ProcessRecord } from '../../src-shared/model/process.ts'
import { createActionFlow } from './action-flow.ts'
import { useHostAccess } from './host-access.ts'
import { descendantsOf } from './process-tree.ts'

export interface EndProcessTarget {
  readonly process: Omit<ProcessRecord, 'ref'>
  readonly chosen: boolean
  /** 0 for what was asked for, 1 for its children and so on. */
  readonly depth: number
  /** Absent until the engine has answered. */
  readonly preview?: EndProcessPreview
  readonly failure?: Failure
}

interface EndOrder {
  readonly force: boolean
  readonly confirmProtected: boolean
}

export const useEndProcess = defineStore('end-process', () => {
  const { link } = useHostAccess()
  const flow = createActionFlow()
  const targets = shallowRef<readonly EndProcessTarget[]>([])
  const withChildren = shallowRef(false)
  const treeCut = shallowRef(false)
  const chosen = computed(() => targets.value.filter((target) => target.chosen))
  let isAsked: () => boolean = nothingAsked
  let order: EndOrder = { force: false, confirmProtected: false }

  const update = (index: number, change: Partial<EndProcessTarget>): void => {
    targets.value = targets.value.map((target, at) => (at === index ? { ...target, ...change } : target))
  }
  const preview = async ({ pid, startToken }: ProcessRecord, index: number, isWanted: () => boolean): Promise<void> => {
    const answer = await link.api.call('previewEndProcess', { pid, startToken })
    if (isWanted()) update(index, answer.ok ? { preview: answer.value } : { failure: answer.error })
  }
  const addDescendants = async (): Promise<void> => {
    const isWanted = isAsked
    const roots = targets.value
    const known = new Set(roots.map(({ process: { pid } }) => pid))
    const all: EndProcessTarget[] = []
    let cut = false
    for (const root of roots) {
      all.push(root)
      if (root.preview === undefined) continue
      const found = await descendantsOf(link.api, root.preview, known, () => isWanted() && withChildren.value)
      all.push(...found.list.map((each) => ({ ...each, chosen: root.chosen })))
      cut ||= found.cut
    }
    if (!isWanted() || !withChildren.value) return
    targets.value = all
    treeCut.value = cut
  }
  const end = (some: readonly EndProcessTarget[]): Promise<void> => {
    const { force, confirmProtected } = order
    const how = { ...(force ? { signal: 'KILL' as const } : {}), ...(confirmProtected ? { confirmProtected } : {}) }
    return flow.act(deepestFirst(some), (ids) => link.api.call('endProcess', { targets: ids, ...how }))
  }

  return {
    phase: flow.phase,
    outcomes: flow.outcomes,
    failure: flow.failure,
    targets: computed(() => targets.value),
    chosen,
    withChildren: computed(() => withChildren.value),
    /** Not all descendants are among the targets: there are too many. */
    treeCut: computed(() => treeCut.value),
    /** False while it is not known of every chosen one what it is; only then is it known whether it is protected. */
    informed: computed(() => chosen.value.every((target) => target.preview !== undefined || target.failure !== undefined)),
    /** True when one of the chosen needs the second confirmation. */
    needsConfirmation: computed(() => chosen.value.some((target) => target.preview?.protection !== undefined)),
    async open(processes: readonly ProcessRecord[]): Promise<void> {
      const isWanted = flow.ask()
      isAsked = isWanted
      withChildren.value = false
      treeCut.value = false
      targets.value = processes.map((process) => ({ process, chosen: true, depth: 0 }))
      // One after the other: a host takes a bounded number of calls at a time.
      for (const [index, process] of processes.entries()) {
        if (!isWanted()) return
        await preview(process, index, isWanted)
      }
    },
    choose(index: number, isChosen: boolean): void {
      update(index, { chosen: isChosen })
    },
    /** Takes the children of the targets, and theirs, into the question or out of it. */
    async setWithChildren(wanted: boolean): Promise<void> {
      withChildren.value = wanted
      if (wanted) return addDescendants()
      treeCut.value = false
      targets.value = targets.value.filter(({ depth }) => depth === 0)
    },
    async confirm(how: EndOrder): Promise<void> {
      if (flow.phase.value !== 'asking' || chosen.value.length === 0) return
      order = how
      await end(chosen.value)
    },
    /** Once more for some of those that were tried, by their pids; `force`: with KILL. */
    async retry(pids: readonly string[], { force }: { readonly force: boolean }): Promise<void> {
      order = { ...order, force: force || order.force }
      const wanted = new Set(pids)
      await end(chosen.value.filter(({ process: { pid } }) => wanted.has(String(pid))))
    },
    close: flow.close,
  }
})

const nothingAsked = (): boolean => false

/** A child is gone before its parent is asked to end: nobody starts it anew, and it goes to no other parent. */
function deepestFirst(targets: readonly EndProcessTarget[]): { pid: number; startToken: string }[][] {
  const levels: { pid: number; startToken: string }[][] = []
  for (const { process, depth } of targets) (levels[depth] ??= []).push({ pid: process.pid, startToken: process.startToken })
  return Array.from(levels, (level) => level ?? []).toReversed()
}
