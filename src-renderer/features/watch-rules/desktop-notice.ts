/** Notices of the desktop, where the browser or the shell permits them. */
import { presentPage } from '../../transport/connect.ts'

export type DesktopPermission = 'granted' | 'denied' | 'default' | 'unsupported'

export function desktopPermission(): DesktopPermission {
  return 'Notification' in window ? Notification.permission : 'unsupported'
}

/** To be called on the person's own click: browsers ask only then, and asking unbidden is rude anyway. */
export async function askForDesktopNotices(): Promise<DesktopPermission> {
  return 'Notification' in window ? Notification.requestPermission() : 'unsupported'
}

export interface DesktopNotice {
  readonly title: string
  readonly body: string
  /** A later notice with the same tag takes the place of the earlier one, also when several pages tell the same. */
  readonly tag: string
  readonly onClick: () => void
}

/** Nothing happens where notices are not permitted. */
export function showDesktopNotice({ title, body, tag, onClick }: DesktopNotice): void {
  if (desktopPermission() !== 'granted') return
  const notice = new Notification(title, { body, tag, silent: true })
  notice.addEventListener('click', () => {
    presentPage()
    onClick()
    notice.close()
  })
}
