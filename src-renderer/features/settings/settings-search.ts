/**
 * Search over the settings dialog: every row and section says by which words it is found, in all languages, and hears whether it is
 * to be shown. Outside the dialog everything is.
 */
import { computed, inject, onBeforeUnmount, provide, ref, shallowReactive, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import { fuzzyScore } from '../../view/fuzzy-score.ts'

interface Group {
  readonly query: Ref<string>
  /** The title of the group answers the query: all of it is shown. */
  readonly answers: ComputedRef<boolean>
  readonly rows: Set<ComputedRef<boolean>>
}

const groupKey: InjectionKey<Group> = Symbol('settings search')
/** Scattered letters find nearly everything in long texts. */
const leastScore = 40

export interface SettingsSearch {
  readonly query: Ref<string>
  /** Something is left to show. */
  readonly found: ComputedRef<boolean>
}

/** For the dialog. */
export function provideSettingsSearch(): SettingsSearch {
  const query = ref('')
  const group: Group = { query, answers: computed(() => query.value.trim() === ''), rows: shallowReactive(new Set()) }
  provide(groupKey, group)
  return { query, found: computed(() => anyShown(group)) }
}

/** For a section: whether any row of it is to be shown. */
export function useSearchedSection(texts: () => readonly string[]): ComputedRef<boolean> {
  const outer = inject(groupKey, undefined)
  if (outer === undefined) return computed(() => true)
  const group: Group = {
    query: outer.query,
    answers: computed(() => outer.answers.value || isAnswer(outer.query.value, texts())),
    rows: shallowReactive(new Set()),
  }
  provide(groupKey, group)
  return registered(
    outer,
    computed(() => anyShown(group)),
  )
}

/** For a row: whether it is to be shown. */
export function useSearchedRow(texts: () => readonly string[]): ComputedRef<boolean> {
  const group = inject(groupKey, undefined)
  if (group === undefined) return computed(() => true)
  return registered(
    group,
    computed(() => group.answers.value || isAnswer(group.query.value, texts())),
  )
}

/** Whether somebody searches: what is folded has to open then. */
export function useIsSearching(): ComputedRef<boolean> {
  const group = inject(groupKey, undefined)
  return computed(() => (group?.query.value.trim() ?? '') !== '')
}

function registered(group: Group, shown: ComputedRef<boolean>): ComputedRef<boolean> {
  group.rows.add(shown)
  onBeforeUnmount(() => group.rows.delete(shown))
  return shown
}

function anyShown({ rows }: Group): boolean {
  return [...rows].some(({ value }) => value)
}

function isAnswer(query: string, texts: readonly string[]): boolean {
  return (fuzzyScore(query, texts) ?? 0) >= leastScore
}
