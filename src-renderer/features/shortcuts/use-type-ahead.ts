import { onBeforeUnmount, ref, type Ref } from 'vue'
import { useHostAccess } from '../../stores/host-access.ts'
import { nextBeginning, typeAheadPauseMs, typedAhead } from './type-ahead.ts'

export interface TypeAhead {
  /** What was typed so far; empty when nobody is typing. */
  readonly typed: Ref<string>
  /** Whether a row was found for it. */
  readonly found: Ref<boolean>
  /** For the element around the table, on the way down: Escape ends the typing before it means anything to the table. */
  readonly onKeyDown: (event: KeyboardEvent) => void
}

export interface TypeAheadOptions {
  /** ARIA role of the table. */
  readonly role: 'grid' | 'treegrid'
  readonly count: () => number
  /** Where the keyboard is; -1 for nowhere. */
  readonly activeIndex: () => number
  readonly nameAt: (index: number, typed: string) => string
  readonly show: (index: number) => void
}

/** Jumps to the next line whose name begins with what is typed while the table has the keyboard. */
export function useTypeAhead({ role, count, activeIndex, nameAt, show }: TypeAheadOptions): TypeAhead {
  const { clock } = useHostAccess()
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
    const index = nextBeginning(text, activeIndex(), count(), (at) => nameAt(at, text))
    found.value = index !== -1
    if (index !== -1) show(index)
  }
  onBeforeUnmount(end)
  return {
    typed,
    found,
    onKeyDown: (event) => {
      if (!(event.target instanceof Element) || event.target.getAttribute('role') !== role) return
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
