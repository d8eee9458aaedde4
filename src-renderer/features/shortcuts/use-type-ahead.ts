import { onBeforeUnmount, ref, type Ref } from 'vue'
import { useConnections } from '../../stores/connections.ts'
import { useHostAccess } from '../../stores/host-access.ts'
import { useSelection } from '../../stores/selection.ts'
import { nextBeginning, typeAheadPauseMs, typedAhead } from './type-ahead.ts'

export interface TypeAhead {
  /** What was typed so far; empty when nobody is typing. */
  readonly typed: Ref<string>
  /** Whether a row was found for it. */
  readonly found: Ref<boolean>
  /** For the element around the table, on the way down: Escape ends the typing before it means anything to the table. */
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** Jumps to the next row whose process begins with what is typed while the table has the keyboard. */
export function useTypeAhead(show: (identity: string) => unknown): TypeAhead {
  const { clock } = useHostAccess()
  const { view } = useConnections()
  const selection = useSelection()
  const typed = ref('')
  const found = ref(true)
  let cancel: (() => void) | undefined

  const end = (): void => {
    cancel?.()
    cancel = undefined
    typed.value = ''
    found.value = true
  }
  const jump = (text: string): void => {
    const current = selection.detailed === undefined ? undefined : view.slotOfIdentity(selection.detailed)
    const from = current === undefined ? -1 : view.indexOf(current)
    const index = nextBeginning(text, from, view.visibleCount, (at) => view.mirror.ownerOf(view.visible[at] ?? -1)?.name ?? '')
    found.value = index !== -1
    const slot = view.visible[index]
    if (slot !== undefined) show(view.mirror.identityOf(slot))
  }
  onBeforeUnmount(end)
  return {
    typed,
    found,
    onKeyDown: (event) => {
      if (!(event.target instanceof Element) || event.target.getAttribute('role') !== 'grid') return
      if (event.key === 'Escape' && typed.value !== '') {
        event.preventDefault()
        event.stopPropagation()
        return end()
      }
      const text = typedAhead(typed.value, event)
      if (text === undefined) return
      event.preventDefault()
      cancel?.()
      if (text === '') return end()
      typed.value = text
      cancel = clock.startTimer(end, typeAheadPauseMs)
      jump(text)
    },
  }
}
