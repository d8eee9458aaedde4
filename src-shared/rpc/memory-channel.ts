/** Two ends of a channel within one process, for tests and for hosts that are their own interface. Delivery is asynchronous. */
import type { Channel, ChannelMessage } from './channel.ts'

type MessageListener = (message: unknown) => void
type CloseListener = () => void

class MemoryEnd {
  peer: MemoryEnd | undefined
  closed = false
  readonly messageListeners = new Set<MessageListener>()
  readonly closeListeners = new Set<CloseListener>()

  post(message: ChannelMessage): void {
    const copy = structuredClone(message)
    queueMicrotask(() => {
      if (this.closed) return
      for (const listener of this.peer?.messageListeners ?? []) listener(copy)
    })
  }

  on(event: 'message', listener: MessageListener): () => void
  on(event: 'close', listener: CloseListener): () => void
  on(event: 'message' | 'close', listener: MessageListener | CloseListener): () => void {
    if (event === 'close' && this.closed) {
      ;(listener as CloseListener)()
      return () => {}
    }
    const listeners: Set<MessageListener | CloseListener> = event === 'message' ? this.messageListeners : this.closeListeners
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    for (const listener of this.closeListeners) listener()
    this.peer?.close()
  }
}

export function createMemoryChannel(): readonly [Channel, Channel] {
  const left = new MemoryEnd()
  const right = new MemoryEnd()
  left.peer = right
  right.peer = left
  return [left, right]
}
