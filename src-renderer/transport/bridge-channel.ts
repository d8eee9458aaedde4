import type { Channel, ChannelMessage } from '../../src-shared/rpc/channel.ts'
import type { ShellBridge } from './shell-bridge.ts'

/** The channel of the desktop shell. The engine behind it may restart; the channel itself lives as long as the window. */
export function createBridgeChannel(bridge: ShellBridge): Channel {
  let closed = false
  const closeListeners = new Set<() => void>()
  const unsubscribes = new Set<() => void>()
  const close = (): void => {
    if (closed) return
    closed = true
    for (const unsubscribe of unsubscribes) unsubscribe()
    for (const listener of closeListeners) listener()
  }
  unsubscribes.add(bridge.onClose(close))

  function on(event: 'message' | 'close', listener: (message: unknown) => void): () => void {
    if (event === 'close') {
      if (closed) listener(undefined)
      closeListeners.add(listener as () => void)
      return () => void closeListeners.delete(listener as () => void)
    }
    const unsubscribe = bridge.onMessage(listener)
    unsubscribes.add(unsubscribe)
    return () => {
      unsubscribes.delete(unsubscribe)
      unsubscribe()
    }
  }
  return {
    post: (message: ChannelMessage) => {
      if (!closed) bridge.post(message)
    },
    on,
    close,
  }
}
