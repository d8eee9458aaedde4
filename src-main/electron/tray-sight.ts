/** Whether a person can see the tray icon. On Linux the session bus tells, but of trays that know XEmbed alone, where use is the only sign. */
import { hasTrayHost } from '../native/linux/tray-host.ts'

interface TraySight {
  /** Somebody used the icon. */
  readonly noteUse: () => void
  /** The icon is gone; another one has to be used anew. */
  readonly forgetUse: () => void
  readonly isSeen: () => Promise<boolean>
}

export function createTraySight(platform: string): TraySight {
  let wasUsed = false
  /** Once the bus knew a host, the icon is one that it knows of: without that host nobody shows it. */
  let isOnBus = false
  const askBus = async (): Promise<boolean> => {
    const isShown = await hasTrayHost()
    isOnBus ||= isShown
    return isShown
  }
  const isSeen = async (): Promise<boolean> => platform !== 'linux' || (await askBus()) || (wasUsed && !isOnBus)
  return {
    noteUse() {
      if (wasUsed) return
      wasUsed = true
      // Who shows the icon is there now, and may be gone when it is next asked.
      void isSeen()
    },
    forgetUse: () => void (wasUsed = false),
    isSeen,
  }
}
