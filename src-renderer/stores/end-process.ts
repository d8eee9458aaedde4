/** The flow of ending processes: ask, do, tell what happened to each. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { parentsFirst, type LateChild } from '../../src-shared/actions/parents-first.ts'
import type { Failure } from '../../src-shared/contract/result.ts'
import type { ProcessRecord } from '../../src-shared/model/process.ts'
import { createActionFlow } from './action-flow.ts'
import { answered, hasMore, identityOf, isSame, treesOf, withTree, type EndProcessTarget, type Identified } from './end-process-tree.ts'
import { useHostAccess } from './host-access.ts'

interface EndOrder {
  readonly force: boolean
  readonly confirmProtected: boolean
}

/** Within such a time a person confirms what was listed anew. Where children come and go all the time, asking would never end otherwise. */
const answeredWithinMs = 10_000

export const useEndProcess = defineStore('end-process', () => {
  const { link, clock } = useHostAccess()
  const flow = createActionFlow()
  const targets = shallowRef<readonly EndProcessTarget[]>([])
  const withChildren = shallowRef(false)
  const treeCut = shallowRef(false)
  const treeFailure = shallowRef<Failure>()
  /** When processes came into the list after the person had confirmed, on the steady clock. */
  const listedAnewAtMs = shallowRef<number>()
  const treeGrows = shallowRef(false)
  const chosen = computed(() => targets.value.filter((target) => target.chosen))
  const findingChildren = shallowRef(false)
  const informed = computed(
    () => !findingChildren.value && chosen.value.every((target) => target.preview !== undefined || target.failure !== undefined),
  )
  const answerable = computed(
    () => chosen.value.length > 0 && informed.value && !treeCut.value && treeFailure.value === undefined && flow.phase.value === 'asking',
  )
  /** Settles when it is known of everything that was asked for what it is. */
  let rootsKnown: Promise<void> = Promise.resolve()
  /** Counts questions and wishes for children: a walk through the children is for one of them only. */
  let wish = 0
  let order: EndOrder = { force: false, confirmProtected: false }

  const change = (wanted: Identified, changed: (target: EndProcessTarget) => EndProcessTarget): void => {
    targets.value = targets.value.map((target) => (isSame(target.process, wanted) ? changed(target) : target))
  }
  /** One after the other: a host takes a bounded number of calls at a time. */
  const previewAll = async (processes: readonly ProcessRecord[], isWanted: () => boolean): Promise<void> => {
    for (const process of processes) {
      if (!isWanted()) return
      const answer = await link.api.call('previewEndProcess', identityOf(process))
      if (isWanted()) change(process, (target) => answered(target, answer))
    }
  }
  const forgetTree = (): void => {
    treeCut.value = false
    treeFailure.value = undefined
    listedAnewAtMs.value = undefined
  }
  const addDescendants = async (isWanted: () => boolean): Promise<void> => {
    await rootsKnown
    let isCut = false
    let failed: Failure | undefined
    for await (const tree of treesOf(link.api, targets.value, isWanted)) {
      // Into the targets as they are by now: they may have been chosen otherwise meanwhile.
      targets.value = withTree(targets.value, tree)
      isCut ||= tree.cut
      failed ??= tree.failure
    }
    if (!isWanted()) return
    treeCut.value = isCut
    treeFailure.value = failed
    findingChildren.value = false
  }
  /** Looks once more before anything is done. Who began since the list was made, or cannot be listed now, is a question of its own. */
  const isStillAsListed = async (isWanted: () => boolean): Promise<boolean> => {
    let now = targets.value
    let isCut = false
    let failed: Failure | undefined
    for await (const tree of treesOf(link.api, targets.value, isWanted)) {
      now = withTree(now, tree)
      isCut ||= tree.cut
      failed ??= tree.failure
    }
    if (!isWanted()) return false
    const isAnsweredSoon = clock.steadyNow() - (listedAnewAtMs.value ?? -Infinity) < answeredWithinMs
    const isMore = hasMore(now, targets.value)
    if (!isCut && failed === undefined && (!isMore || isAnsweredSoon)) return true
    targets.value = now
    treeCut.value = isCut
    treeFailure.value = failed
    if (isMore) listedAnewAtMs.value = clock.steadyNow()
    return false
  }
  /** What to end, as long as it is what was listed. */
  const afterAnotherLook = async function* <Group>(groups: AsyncIterable<Group>): AsyncGenerator<Group, void, void> {
    const mine = wish
    const isWanted = (): boolean => mine === wish && flow.phase.value === 'working'
    if (await isStillAsListed(isWanted)) yield* groups
    else if (isWanted()) flow.askAgain()
  }
  const end = async (some: readonly EndProcessTarget[], { isFirst }: { readonly isFirst: boolean }): Promise<void> => {
    if (some.length === 0) return
    const { force, confirmProtected } = order
    const how = force ? { signal: 'KILL' as const } : {}
    let isLate = false
    treeGrows.value = false
    const groups = withChildren.value
      ? isFirst
        ? afterAnotherLook(parentsFirst(treeOf(some)))
        : parentsFirst(treeOf(some))
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
      members: some.map(({ process, depth, preview }) => ({ ...identityOf(process), depth, children: preview?.children ?? [] })),
      spared: targets.value.filter((target) => !some.includes(target)).map(({ process }) => identityOf(process)),
      startTimer: (delayMs, run) => clock.startTimer(run, delayMs),
      now: clock.steadyNow,
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
    stopped: flow.stopped,
    targets: computed(() => targets.value),
    chosen,
    withChildren: computed(() => withChildren.value),
    /** Not all descendants are among the targets: there are too many. They are not ended together then. */
    treeCut: computed(() => treeCut.value),
    /** Why some descendants are not among the targets though they may be there. They are not ended together then. */
    treeFailure: computed(() => treeFailure.value),
    /** Processes that began since came into the list when the person confirmed: it is asked again. */
    listedAnew: computed(() => listedAnewAtMs.value !== undefined),
    /** New child processes began faster than they were ended: some are left. */
    treeGrows: computed(() => treeGrows.value),
    /** False while it is not known of every chosen one what it is; only then is it known whether it is protected. */
    informed,
    /** Nothing stands against an answer, other than a second confirmation. */
    answerable,
    /** It is being asked what children there are. */
    findingChildren: computed(() => findingChildren.value),
    /** True when one of the chosen needs the second confirmation. */
    needsConfirmation: computed(() => chosen.value.some((target) => target.preview?.protection !== undefined)),
    async open(processes: readonly ProcessRecord[]): Promise<void> {
      const isWanted = flow.ask()
      wish += 1
      withChildren.value = false
      findingChildren.value = false
      treeGrows.value = false
      forgetTree()
      targets.value = processes.map((process) => ({ process, chosen: true, depth: 0 }))
      rootsKnown = previewAll(processes, isWanted)
      await rootsKnown
    },
    choose(process: Identified, isChosen: boolean): void {
      if (flow.phase.value === 'asking') change(process, (target) => ({ ...target, chosen: isChosen }))
    },
    /** Takes the children of the targets, and theirs, into the question or out of it. */
    async setWithChildren(wanted: boolean): Promise<void> {
      if (flow.phase.value !== 'asking') return
      wish += 1
      const mine = wish
      withChildren.value = wanted
      findingChildren.value = wanted
      forgetTree()
      targets.value = targets.value.filter(({ depth }) => depth === 0)
      if (wanted) await addDescendants(() => mine === wish)
    },
    async confirm(how: EndOrder): Promise<void> {
      if (!answerable.value) return
      order = how
      await end(chosen.value, { isFirst: true })
    },
    /** Once more for some of those that were tried, by their pids; `force`: with KILL. */
    async retry(pids: readonly string[], { force }: { readonly force: boolean }): Promise<void> {
      order = { ...order, force: force || order.force }
      const wanted = new Set(pids)
      const again = chosen.value.filter(({ process: { pid } }) => wanted.has(String(pid)))
      await end(again, { isFirst: false })
    },
    stop: flow.stop,
    close(): void {
      wish += 1
      flow.close()
    },
  }
})

/** It began while its parent was being ended. */
function lateTarget(process: LateChild): EndProcessTarget {
  return { process, chosen: true, depth: 1 }
}
