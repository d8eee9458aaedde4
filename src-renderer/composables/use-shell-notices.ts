import { onBeforeUnmount } from 'vue'
import { useNotices } from '../stores/notices.ts'
import { onExecutableNotShown, type ExecutableObstacle } from '../transport/connect.ts'
import type { MessageKey } from '../i18n/en.ts'

const texts: Readonly<Record<ExecutableObstacle, MessageKey>> = {
  ended: 'desktop.executableEnded',
  removed: 'desktop.executableRemoved',
  elsewhere: 'desktop.executableElsewhere',
  unknown: 'desktop.executableUnknown',
}

/** Says in the page what the desktop shell could not do. */
export function useShellNotices(): void {
  const notices = useNotices()
  onBeforeUnmount(onExecutableNotShown((pid, obstacle) => notices.show('error', texts[obstacle], { pid: String(pid) })))
}
