/**
 * The rows. Holds the table view outside Vue's reactivity and a version that says when to look at it again. Asks for changes when the
 * engine has looked: never twice at once, so that what comes late arrives merged.
 */
import { defineStore } from 'pinia'
import { computed, markRaw, shallowRef } from 'vue'
import type { EngineStatus } from '../../src-shared/contract/status.ts'
import type { Failure } from '../../src-shared/contract/result.ts'
import { fail } from '../../src-shared/contract/result.ts'
import type { ChangeSet } from '../../src-shared/model/change-set.ts'
import { defaultSettings } from '../../src-shared/model/settings.ts'
import { TableView, type RowPredicate } from '../view/table-view.ts'
import type { SortOrder } from '../view/column-id.ts'
import { useHostAccess } from './host-access.ts'

export const useConnections = defineStore('connections', () => {
  const { link, clock } = useHostAccess()
  const view = markRaw(new TableView({ highlightMs: defaultSettings.highlightMs }))
  const version = shallowRef(0)
  const loaded = shallowRef(false)
  const paused = shallowRef(false)
  const waitingLooks = shallowRef(0)
  const failure = shallowRef<Failure>()
  let pulling: Promise<void> | undefined
  let pullAgain = false
  let wantsFull = true
  let cancelExpiry: (() => void) | undefined

  const touch = (): void => {
    version.value += 1
  }
  const scheduleExpiry = (): void => {
    cancelExpiry?.()
    const at = view.nextExpiryAt()
    if (at === undefined || paused.value) return
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
    }
  }
  /** Joins a pull that is under way and has it look once more. */
  const pull = (): Promise<void> => {
    if (pulling !== undefined) pullAgain = true
    pulling ??= pullRepeatedly()
    return pulling
  }
  const onLooked = ({ session, sequence }: EngineStatus): void => {
    if (paused.value) waitingLooks.value += 1
    else if (wantsFull || session !== view.mirror.session || sequence > view.mirror.sequence) void pull()
  }
  const resume = (): Promise<void> => {
    paused.value = false
    waitingLooks.value = 0
    scheduleExpiry()
    return pull()
  }

  return {
    view,
    version,
    loaded: computed(() => loaded.value),
    paused: computed(() => paused.value),
    waitingLooks: computed(() => waitingLooks.value),
    failure: computed(() => failure.value),
    /** Listens to the engine until the returned function is called. */
    start(): () => void {
      const stops = [
        link.api.on('looked', onLooked),
        link.onState(({ state }) => {
          if (state !== 'open') return
          wantsFull = true
          if (!paused.value) void pull()
        }),
        link.api.on('engineLink', ({ state }) => {
          if (state === 'running' && !paused.value) void pull()
        }),
      ]
      return () => {
        cancelExpiry?.()
        for (const stop of stops) stop()
      }
    },
    async togglePause(): Promise<void> {
      if (paused.value) return resume()
      paused.value = true
      cancelExpiry?.()
    },
    /** Has the engine look now and shows what it saw, also while paused. */
    async refresh(): Promise<void> {
      const answer = await link.api.call('refresh', undefined)
      if (!answer.ok) failure.value = answer.error
      else {
        waitingLooks.value = 0
        await pull()
      }
    },
    setSort(order: SortOrder): void {
      view.setSort(order)
      touch()
    },
    setFilter(predicate: RowPredicate | undefined, timeDependent: boolean): void {
      view.setFilter(predicate, { timeDependent })
      touch()
    },
    /** Names became known: paints them, and places the rows anew where they are ordered or chosen by names. */
    namesLearned(decide: boolean): void {
      if (decide) view.reconsider()
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
