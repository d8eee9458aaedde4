import type { Channel } from '../../src-shared/rpc/channel.ts'
import { decodeFrame, encodeFrame } from '../../src-shared/rpc/frame.ts'
import { contentOf, frameOf, type Frame } from './agent-messages.ts'

export interface FrameChannel {
  readonly channel: Channel
  receive(frame: Frame): void
  closed(): void
}

/** The engine's protocol within the lines between tests and agent. */
export function createFrameChannel(send: (frame: Frame) => void): FrameChannel {
  const messageListeners = new Set<(message: unknown) => void>()
  const closeListeners = new Set<(nothing: unknown) => void>()
  function on(event: 'message', listener: (message: unknown) => void): () => void
  function on(event: 'close', listener: () => void): () => void
  function on(event: 'message' | 'close', listener: (message: unknown) => void): () => void {
    const listeners = event === 'message' ? messageListeners : closeListeners
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  const closed = (): void => {
    for (const listener of closeListeners) listener(undefined)
  }
  return {
    channel: { post: (message) => send(frameOf(encodeFrame(message))), on, close: closed },
    receive(frame) {
      const message = decodeFrame(contentOf(frame))
      for (const listener of messageListeners) listener(message)
    },
    closed,
  }
}
