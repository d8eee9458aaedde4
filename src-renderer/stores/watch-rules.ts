/**
 * "Tell me when …": watches the rules over change sets of their own, so that alarms come also while the table is frozen, and keeps
 * a log in memory. Asks the engine for rows only while there is a rule to watch. Who is told, and how, is not its business.
 */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { WatchRule } from '../../src-shared/model/watch-rule.ts'
import type { RuleContext } from '../view/watch/compile-rule.ts'
import { RowWatch, type Alarm } from '../view/watch/row-watch.ts'
import type { WatchedRow } from '../view/watch/watched-row.ts'
import { useHostAccess } from './host-access.ts'
import { oneAtATime } from './one-at-a-time.ts'

export interface WatchEntry {
  readonly id: number
  /** Unix milliseconds. */
  readonly at: number
  readonly rule: WatchRule
  /** Rows or addresses that were new; for counts the number that was passed. */
  readonly total: number
  /** What followed within the cool-down. */
  readonly more: number
  /** The first of the rows. */
  readonly rows: readonly WatchedRow[]
}

/** Some days of a calm machine, or the last minutes of a scan. */
const maximumEntries = 200

export const useWatchRules = defineStore('watch-rules', () => {
  const { link, clock } = useHostAccess()
  const entries = shallowRef<readonly WatchEntry[]>([])
  const told = shallowRef<WatchEntry>()
  const unread = shallowRef(0)
  let watch = new RowWatch()
  let wantsFull = true
  let reachable = false
  let lastId = 0

  const note = ({ rule, muted, total, rows }: Alarm): void => {
    if (muted) {
      const latest = entries.value.find((entry) => entry.rule.id === rule.id)
      entries.value = entries.value.map((entry) => (entry === latest ? { ...entry, more: entry.more + total } : entry))
      return
    }
    lastId += 1
    const entry: WatchEntry = { id: lastId, at: clock.now(), rule, total, more: 0, rows }
    entries.value = [entry, ...entries.value].slice(0, maximumEntries)
    unread.value = Math.min(unread.value + 1, maximumEntries)
    told.value = entry
  }
  const ask = oneAtATime(async () => {
    const { session, sequence } = watch.mirror
    const full = wantsFull || session === undefined
    const answer = await link.api.call('getChanges', full ? { sequence: 0 } : { session, sequence })
    // The table tells why nothing can be read; here the next look is the next attempt.
    if (!answer.ok) return
    try {
      wantsFull = !watch.apply(answer.value, clock.steadyNow(), note).ok
    } catch {
      // The answer was no change set at all; the full one that is asked for next replaces what it left.
      wantsFull = true
    }
  })
  const askIfWatching = (): void => {
    if (reachable && watch.ruleCount > 0) void ask()
  }

  return {
    /** The latest first. */
    entries: computed(() => entries.value),
    /** The alarm of just now. */
    told: computed(() => told.value),
    /** Alarms since the log was last looked at. */
    unread: computed(() => unread.value),
    /** All rules, also those that are off. `words` is what some words of queries stand for. */
    setRules(rules: readonly WatchRule[], words: Omit<RuleContext, 'now'>): void {
      watch.setRules(rules, { now: clock.now, ...words })
      if (watch.ruleCount === 0) {
        // What nobody asks about takes no memory; the next rule begins with a full set.
        watch = new RowWatch()
        wantsFull = true
      } else askIfWatching()
    },
    markRead(): void {
      unread.value = 0
    },
    clearLog(): void {
      entries.value = []
      unread.value = 0
    },
    /** Listens to the engine until the returned function is called. */
    start(): () => void {
      const stops = [
        link.api.on('looked', askIfWatching),
        link.onState(({ state }) => {
          reachable = state === 'open'
          wantsFull ||= !reachable
          askIfWatching()
        }),
      ]
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
})
