/**
 * The rows. Holds the table view outside Vue's reactivity and a version that says when to look at it again. Asks for changes when the
 * engine has looked: never twice at once, so that what comes late arrives merged. Frozen or held, nothing is taken in: the engine
 * merges what came meanwhile, however long that was.
 */
import { defineStore } from 'pinia'
import { computed, markRaw, shallowReactive, shallowRef } from 'vue'
import type { EngineStatus } from '../../src-shared/contract/status.ts'
import type { Failure } from '../../src-shared/contract/result.ts'
import { fail } from '../../src-shared/contract/result.ts'
import type { ChangeSet } from '../../src-shared/model/change-set.ts'
import { defaultSettings } from '../../src-shared/model/settings.ts'
import { TableView, type RowPredicate } from '../view/table-view.ts'
import type { SortOrder } from '../view/column-id.ts'
import { useHostAccess } from './host-access.ts'

/** What keeps the table still for as long as it lasts. */
export type Hold = 'menu' | 'text' | 'key' | 'export'

/**
 * How much longer closed rows stay below a pointer in the table: rows that move up under a hand that is about to click are worse than
 * a few that are gone already, but a table full of those is no good either.
 */
const lingerMs = 3000

/** What freezing keeps back, as far as the engine could tell it. */
export interface WaitingRows {
  readonly added: number
  readonly changed: number
  readonly removed: number
}

export const useConnections = defineStore('connections', () => {
  const { link, clock } = useHostAccess()
  const view = markRaw(new TableView({ highlightMs: defaultSettings.highlightMs }))
  const version = shallowRef(0)
  const loaded = shallowRef(false)
  const paused = shallowRef(false)
  const holds = shallowReactive(new Set<Hold>())
  const still = computed(() => paused.value || holds.size > 0)
  const waitingLooks = shallowRef(0)
  const waitingRows = shallowRef<WaitingRows>()
  const failure = shallowRef<Failure>()
  let pulling: Promise<void> | undefined
  let pullAgain = false
  let wantsFull = true
  /** A person asked for a look although the table is still. */
  let wantedAnyway = false
  let counting = false
  let namesWait = false
  let cancelExpiry: (() => void) | undefined

  const touch = (): void => {
    version.value += 1
  }
  const scheduleExpiry = (): void => {
    cancelExpiry?.()
    const at = view.nextExpiryAt()
    if (at === undefined || still.value) return
    cancelExpiry = clock.startTimer(
      () => {
        if (view.expire(clock.steadyNow())) touch()
        scheduleExpiry()
      },
      Math.max(0, at - clock.steadyNow()),
    )
  }
  const fits = (set: ChangeSet): boolean => {
    try {
      return view.apply(set, clock.steadyNow()).ok
    } catch {
      // The answer came from outside and was no change set at all. What it may have left half done, the full set replaces.
      return false
    }
  }
  /** False when the set does not fit and a full one is needed. */
  const apply = (set: ChangeSet): boolean => {
    if (!fits(set)) return false
    loaded.value = true
    touch()
    scheduleExpiry()
    return true
  }
  const askChanges = async (): Promise<void> => {
    const { session, sequence } = view.mirror
    const full = wantsFull || session === undefined
    const answer = await link.api.call('getChanges', full ? { sequence: 0 } : { session, sequence })
    if (!answer.ok) {
      failure.value = answer.error
      return
    }
    // Held since it was asked for: on release the same comes again, merged with what followed.
    if (still.value && loaded.value && !wantedAnyway) {
      waitingLooks.value = Math.max(1, waitingLooks.value)
      return
    }
    if (apply(answer.value)) {
      wantsFull = false
      failure.value = undefined
      return
    }
    wantsFull = true
    if (!full) pullAgain = true
    else failure.value = fail('internal', 'The engine sent rows that contradict themselves.').error
  }
  const pullRepeatedly = async (): Promise<void> => {
    try {
      do {
        pullAgain = false
        await askChanges()
      } while (pullAgain)
    } finally {
      pulling = undefined
      wantedAnyway = false
    }
  }
  /** Joins a pull that is under way and has it look once more. */
  const pull = (): Promise<void> => {
    if (pulling !== undefined) pullAgain = true
    pulling ??= pullRepeatedly()
    return pulling
  }
  /** Asks what waits and reads its header only. Never twice at once; not while a full set is due, which counts nothing. */
  const countWaiting = async (): Promise<void> => {
    const { session, sequence } = view.mirror
    if (counting || wantsFull || session === undefined) return
    counting = true
    const answer = await link.api.call('getChanges', { session, sequence })
    counting = false
    if (!paused.value || view.mirror.sequence !== sequence) return
    waitingRows.value = answer.ok ? rowsIn(answer.value) : undefined
  }
  const onLooked = ({ session, sequence }: EngineStatus): void => {
    if (still.value) {
      waitingLooks.value += 1
      if (paused.value) void countWaiting()
    } else if (wantsFull || session !== view.mirror.session || sequence > view.mirror.sequence) void pull()
  }
  const nothingWaits = (): void => {
    waitingLooks.value = 0
    waitingRows.value = undefined
  }
  /** Goes on unless something else keeps the table still. */
  const resume = async (): Promise<void> => {
    if (still.value) return
    const behind = waitingLooks.value > 0 || wantsFull
    nothingWaits()
    scheduleExpiry()
    if (namesWait) {
      namesWait = false
      view.reconsider()
      touch()
    }
    if (behind || pulling !== undefined) await pull()
  }

  return {
    view,
    version,
    loaded: computed(() => loaded.value),
    paused: computed(() => paused.value),
    /** What keeps the table still for the moment; undefined when nothing does or a person froze it. */
    held: computed(() => (paused.value ? undefined : holds.values().next().value)),
    /** Frozen or held. */
    still,
    waitingLooks: computed(() => waitingLooks.value),
    /** While frozen: rows that came, changed and closed since. */
    waitingRows: computed(() => waitingRows.value),
    failure: computed(() => failure.value),
    /** Listens to the engine until the returned function is called. */
    start(): () => void {
      const stops = [
        link.api.on('looked', onLooked),
        link.onState(({ state }) => {
          if (state !== 'open') return
          wantsFull = true
          if (!still.value) void pull()
        }),
        link.api.on('engineLink', ({ state }) => {
          if (state === 'running' && !still.value) void pull()
        }),
      ]
      return () => {
        cancelExpiry?.()
        for (const stop of stops) stop()
      }
    },
    async togglePause(): Promise<void> {
      paused.value = !paused.value
      if (!paused.value) return resume()
      cancelExpiry?.()
    },
    /** Keeps the table still until `release`; what comes meanwhile is taken in merged then. */
    hold(reason: Hold): void {
      holds.add(reason)
      cancelExpiry?.()
    },
    async release(reason: Hold): Promise<void> {
      if (holds.delete(reason)) await resume()
    },
    /** Has the engine look now and shows what it saw, also while paused. */
    async refresh(): Promise<void> {
      const answer = await link.api.call('refresh', undefined)
      if (!answer.ok) failure.value = answer.error
      else {
        nothingWaits()
        wantedAnyway = true
        await pull()
      }
    },
    setSort(order: SortOrder): void {
      view.setSort(order)
      touch()
    },
    /** Whether rows are sorted anew as they change, or keep their places until `setSort`. */
    setKeepSorted(keepSorted: boolean): void {
      view.setKeepSorted(keepSorted)
      touch()
    },
    /** Says whether the pointer is among the rows: then closed ones give up their places later. */
    setPointed(pointed: boolean): void {
      view.setLingerMs(pointed ? lingerMs : 0)
      scheduleExpiry()
    },
    setFilter(predicate: RowPredicate | undefined, timeDependent: boolean): void {
      view.setFilter(predicate, { timeDependent })
      touch()
    },
    /** Names became known: paints them, and places the rows anew where they are ordered or chosen by names. */
    namesLearned(decide: boolean): void {
      if (decide && still.value) namesWait = true
      else if (decide) view.reconsider()
      touch()
    },
    setStateFilter(states: ReadonlySet<number>): void {
      view.setStateFilter(states)
      touch()
    },
    setHighlightMs(highlightMs: number): void {
      view.setHighlightMs(highlightMs)
      scheduleExpiry()
      touch()
    },
  }
})

/** Undefined for a full set, which does not tell what is new. */
function rowsIn(set: ChangeSet): WaitingRows | undefined {
  const header: Partial<ChangeSet['header']> | null | undefined = set.header
  if (header?.kind !== 'delta') return undefined
  const { added, changed, removed } = header
  return isCount(added) && isCount(changed) && isCount(removed) ? { added, changed, removed } : undefined
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
