/** The flow of ending processes: ask, do, tell what happened to each. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { descendantsOf, type Descendant } from '../../src-shared/actions/descendants.ts'
import { parentsFirst, type LateChild } from '../../src-shared/actions/parents-first.ts'
import type { EndProcessPreview } from '../../src-shared/contract/actions.ts'
import type { Failure } from '../../src-shared/contract/result.ts'
import type { ProcessRecord } from '../../src-shared/model/process.ts'
import { createActionFlow } from './action-flow.ts'
import { useHostAccess } from './host-access.ts'

export interface EndProcessTarget {
  readonly process: Omit<ProcessRecord, 'ref'>
  readonly chosen: boolean
  /** 0 for what was asked for, 1 for its children and so on. */
  readonly depth: number
  /** Absent until the engine has answered. */
  readonly preview?: EndProcessPreview
  readonly failure?: Failure
}

/** A pid alone may have gone to another process meanwhile. */
type Identified = Pick<ProcessRecord, 'pid' | 'startToken'>

interface EndOrder {
  readonly force: boolean
  readonly confirmProtected: boolean
}

export const useEndProcess = defineStore('end-process', () => {
  const { link, clock } = useHostAccess()
  const flow = createActionFlow()
  const targets = shallowRef<readonly EndProcessTarget[]>([])
  const withChildren = shallowRef(false)
  const treeCut = shallowRef(false)
  const treeGrows = shallowRef(false)
  const chosen = computed(() => targets.value.filter((target) => target.chosen))
  const findingChildren = shallowRef(false)
  const informed = computed(
    () => !findingChildren.value && chosen.value.every((target) => target.preview !== undefined || target.failure !== undefined),
  )
  /** Settles when it is known of everything that was asked for what it is. */
  let rootsKnown: Promise<void> = Promise.resolve()
  /** Counts questions and wishes for children: a walk through the children is for one of them only. */
  let wish = 0
  let order: EndOrder = { force: false, confirmProtected: false }

  const update = (wanted: Identified, change: Partial<EndProcessTarget>): void => {
    targets.value = targets.value.map((target) => (isSame(target.process, wanted) ? { ...target, ...change } : target))
  }
  const preview = async ({ pid, startToken }: Identified, isWanted: () => boolean): Promise<void> => {
    const answer = await link.api.call('previewEndProcess', { pid, startToken })
    if (isWanted()) update({ pid, startToken }, answer.ok ? { preview: answer.value } : { failure: answer.error })
  }
  /** One after the other: a host takes a bounded number of calls at a time. */
  const previewAll = async (processes: readonly ProcessRecord[], isWanted: () => boolean): Promise<void> => {
    for (const process of processes) {
      if (!isWanted()) return
      await preview(process, isWanted)
    }
  }
  const addDescendants = async (isWanted: () => boolean): Promise<void> => {
    await rootsKnown
    const roots = targets.value
    const known = new Set(roots.map(({ process: { pid } }) => pid))
    let cut = false
    for (const { process, preview: told } of roots) {
      if (told === undefined || !isWanted()) continue
      const found = await descendantsOf(link.api, told, known, isWanted)
      if (!isWanted()) return
      // Into the targets as they are by now: they may have been chosen otherwise meanwhile.
      targets.value = withDescendants(targets.value, process, found.list)
      cut ||= found.cut
    }
    if (!isWanted()) return
    treeCut.value = cut
    findingChildren.value = false
  }
  const end = async (some: readonly EndProcessTarget[]): Promise<void> => {
    if (some.length === 0) return
    const { force, confirmProtected } = order
    const how = force ? { signal: 'KILL' as const } : {}
    let isLate = false
    treeGrows.value = false
    const groups = withChildren.value
      ? parentsFirst(treeOf(some))
      : [{ targets: some.map(({ process }) => identityOf(process)), late: false }]
    const targetsInTurn = async function* (): AsyncGenerator<readonly Identified[]> {
      for await (const group of groups) {
        isLate = group.late
        yield group.targets
      }
    }
    await flow.act(targetsInTurn(), (ids) =>
      link.api.call('endProcess', { targets: ids, ...how, ...(confirmProtected && !isLate ? { confirmProtected } : {}) }),
    )
  }
  const treeOf = (some: readonly EndProcessTarget[]): Parameters<typeof parentsFirst>[0] => {
    const mine = wish
    return {
      api: link.api,
      members: some.map(({ process, depth }) => ({ ...identityOf(process), depth })),
      spared: targets.value.filter((target) => !some.includes(target)).map(({ process }) => identityOf(process)),
      startTimer: (delayMs, run) => clock.startTimer(run, delayMs),
      onFound: (process) => {
        if (mine === wish) targets.value = [...targets.value, lateTarget(process)]
      },
      onGrowing: () => (treeGrows.value = true),
    }
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
    /** New child processes began faster than they were ended: some are left. */
    treeGrows: computed(() => treeGrows.value),
    /** False while it is not known of every chosen one what it is; only then is it known whether it is protected. */
    informed,
    /** It is being asked what children there are. */
    findingChildren: computed(() => findingChildren.value),
    /** True when one of the chosen needs the second confirmation. */
    needsConfirmation: computed(() => chosen.value.some((target) => target.preview?.protection !== undefined)),
    async open(processes: readonly ProcessRecord[]): Promise<void> {
      const isWanted = flow.ask()
      wish += 1
      withChildren.value = false
      findingChildren.value = false
      treeCut.value = false
      treeGrows.value = false
      targets.value = processes.map((process) => ({ process, chosen: true, depth: 0 }))
      rootsKnown = previewAll(processes, isWanted)
      await rootsKnown
    },
    choose(process: Identified, isChosen: boolean): void {
      update(process, { chosen: isChosen })
    },
    /** Takes the children of the targets, and theirs, into the question or out of it. */
    async setWithChildren(wanted: boolean): Promise<void> {
      wish += 1
      const mine = wish
      withChildren.value = wanted
      findingChildren.value = wanted
      treeCut.value = false
      targets.value = targets.value.filter(({ depth }) => depth === 0)
      if (wanted) await addDescendants(() => mine === wish)
    },
    async confirm(how: EndOrder): Promise<void> {
      if (flow.phase.value !== 'asking' || chosen.value.length === 0 || !informed.value) return
      order = how
      await end(chosen.value)
    },
    /** Once more for some of those that were tried, by their pids; `force`: with KILL. */
    async retry(pids: readonly string[], { force }: { readonly force: boolean }): Promise<void> {
      order = { ...order, force: force || order.force }
      const wanted = new Set(pids)
      await end(chosen.value.filter(({ process: { pid } }) => wanted.has(String(pid))))
    },
    close(): void {
      wish += 1
      flow.close()
    },
  }
})

const isSame = (left: Identified, right: Identified): boolean => left.pid === right.pid && left.startToken === right.startToken

/** Behind their root, and chosen as it is. */
function withDescendants(
  targets: readonly EndProcessTarget[],
  root: Identified,
  descendants: readonly Descendant[],
): readonly EndProcessTarget[] {
  return targets.flatMap((target) =>
    isSame(target.process, root) ? [target, ...descendants.map((each) => targetOf(each, target.chosen))] : [target],
  )
}

function targetOf({ preview, depth }: Descendant, chosen: boolean): EndProcessTarget {
  const { pid, startToken, name } = preview
  return { process: { pid, startToken, ...(name === undefined ? {} : { name }) }, preview, depth, chosen }
}

/** It began while its parent was being ended. */
function lateTarget(process: LateChild): EndProcessTarget {
  return { process, chosen: true, depth: 1 }
}

function identityOf({ pid, startToken }: Identified): Identified {
  return { pid, startToken }
}
