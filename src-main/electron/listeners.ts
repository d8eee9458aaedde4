/** The listening half of a Channel, shared by the two that Electron offers: to a page and to the engine's process. */
import type { Channel } from '../../src-shared/rpc/channel.ts'

export interface Listeners {
  readonly on: Channel['on']
  readonly deliver: (message: unknown) => void
  readonly close: () => void
  readonly closed: () => boolean
}

type MessageListener = (message: unknown) => void
type CloseListener = () => void

export function createListeners(): Listeners {
  const messageListeners = new Set<MessageListener>()
  const closeListeners = new Set<CloseListener>()
  let closed = false

  function on(event: 'message' | 'close', listener: MessageListener | CloseListener): () => void {
    if (event === 'close' && closed) {
      ;(listener as CloseListener)()
      return () => {}
    }
    const listeners: Set<MessageListener | CloseListener> = event === 'message' ? messageListeners : closeListeners
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  return {
    on,
    deliver: (message) => {
      if (!closed) for (const listener of messageListeners) listener(message)
    },
    close: () => {
      if (closed) return
      closed = true
      for (const listener of closeListeners) listener()
    },
    closed: () => closed,
  }
}
