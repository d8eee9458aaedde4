import { useNotices } from '../stores/notices.ts'

/** Puts text on the clipboard and says whether it worked. */
export function useCopy(): (text: string) => Promise<void> {
  const notices = useNotices()
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text)
      notices.show('info', 'menu.copied')
    } catch {
      // The browser gives no usable reason: no permission, no focus, no secure context.
      notices.show('error', 'menu.copyFailed')
    }
  }
}
