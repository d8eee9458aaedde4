/** What the search box offers below itself: suggestions for what is being typed, or recent searches. It never changes the text unasked. */
import { computed, nextTick, shallowRef, type Ref } from 'vue'
import { useRecentQueries } from '../../composables/use-recent-queries.ts'
import { useConnections } from '../../stores/connections.ts'
import { useHostAccess } from '../../stores/host-access.ts'
import type { SearchText } from '../../stores/search-text.ts'
import { completionWords, type CompletionWords } from './completion-words.ts'
import { completions, type Completion } from './query-completion.ts'

export type Suggestion =
  | { readonly kind: 'completion'; readonly text: string; readonly completion: Completion }
  | { readonly kind: 'recent'; readonly text: string }

/** Names of processes come and go; what was gathered lasts for the keys of a few words. */
const wordsLastMs = 3000

export function useSuggestions(input: Readonly<Ref<HTMLInputElement | null>>, search: () => SearchText) {
  const connections = useConnections()
  const recent = useRecentQueries()
  const { clock } = useHostAccess()
  const items = shallowRef<readonly Suggestion[]>([])
  const active = shallowRef(-1)
  let gathered: { readonly words: CompletionWords; readonly atMs: number; readonly session: string | undefined } | undefined

  const words = (): CompletionWords => {
    const { mirror } = connections.view
    const now = clock.steadyNow()
    if (gathered === undefined || gathered.session !== mirror.session || now - gathered.atMs > wordsLastMs)
      gathered = { words: completionWords(mirror), atMs: now, session: mirror.session }
    return gathered.words
  }
  const serviceName = (port: number): string | undefined => {
    const { services } = connections.view.mirror.names
    return services?.ofListener(port, 'tcp') ?? services?.ofListener(port, 'udp')
  }
  const show = (next: readonly Suggestion[], first = -1): void => {
    items.value = next
    active.value = next.length === 0 ? -1 : first
  }
  const close = (): void => show([])
  const complete = (asked: boolean): void => {
    const { value: text = '', selectionStart, selectionEnd } = input.value ?? {}
    if (selectionStart !== selectionEnd) return close()
    const found = completions({ text, caret: selectionStart ?? text.length, words, serviceName, asked })
    show(found.map((completion) => ({ kind: 'completion', text: completion.insert, completion })))
  }
  const showRecent = (first: number): void =>
    show(
      recent.list.value.map((text) => ({ kind: 'recent', text })),
      first,
    )

  /** Puts a suggestion in and the caret behind it. */
  const take = async (index: number): Promise<void> => {
    const item = items.value[index]
    if (item === undefined) return
    close()
    if (item.kind === 'recent') return search().setText(item.text)
    const { insert, start, end } = item.completion
    search().typeText(search().text.slice(0, start) + insert + search().text.slice(end))
    await nextTick()
    input.value?.setSelectionRange(start + insert.length, start + insert.length)
    // After a key its values, at once; after a value there is nothing to add.
    if (insert.endsWith(':')) complete(true)
  }
  const removeRecent = (index: number): void => {
    const item = items.value[index]
    if (item?.kind !== 'recent') return
    recent.remove(item.text)
    show(
      items.value.filter((each) => each !== item),
      Math.min(index, items.value.length - 2),
    )
  }
  const move = (step: number): void => {
    const count = items.value.length
    active.value = active.value === -1 ? (step > 0 ? 0 : count - 1) : (active.value + step + count) % count
  }

  /** True when the key was meant for the suggestions. */
  const onKey = ({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean => {
    const opens = (ctrlKey && key === ' ') || (altKey && key === 'ArrowDown')
    const isOpen = items.value.length > 0
    const showsRecent = search().text === '' && recent.list.value.length > 0
    if (opens && altKey && showsRecent) showRecent(0)
    else if (opens) complete(true)
    else if (ctrlKey || metaKey || altKey) return false
    else if (key === 'ArrowUp' && !isOpen && showsRecent) showRecent(0)
    else if (!isOpen) return false
    else if (key === 'ArrowDown') move(1)
    else if (key === 'ArrowUp') move(-1)
    else if (key === 'Escape') close()
    else if (key === 'Enter' && active.value !== -1) void take(active.value)
    else if (key === 'Tab' && !shiftKey && tabIndex() !== -1) void take(tabIndex())
    else if (key === 'Delete' && items.value[active.value]?.kind === 'recent') removeRecent(active.value)
    else return false
    return true
  }
  /** Tab goes on to the next field unless a suggestion is chosen or carries on what was typed. */
  const tabIndex = (): number => {
    if (active.value !== -1) return active.value
    const [first] = items.value
    return first?.kind === 'completion' && first.completion.continues ? 0 : -1
  }

  return {
    items: computed(() => items.value),
    active: computed(() => active.value),
    kind: computed(() => items.value[0]?.kind),
    /** After every change of the text by its reader. */
    onTyped: (): void => complete(false),
    /** A press on the empty box shows what was searched for before. */
    onPress: (): void => {
      if (search().text === '' && recent.list.value.length > 0) showRecent(-1)
    },
    onKey,
    take,
    removeRecent,
    close,
  }
}
