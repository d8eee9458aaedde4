import type { WebSocket } from 'ws'
import type { Channel } from '../../src-shared/rpc/channel.ts'
import { decodeFrame, encodeFrame } from '../../src-shared/rpc/frame.ts'

/** A full table of a hundred thousand sockets is about 14 MB; a peer that leaves four of them unread reads no more. */
export const maximumBufferedBytes = 64 * 1024 * 1024
/** RFC 6455 section 7.4.1: data that is not what the message's type promises. */
const invalidPayload = 1007

/** A channel over a WebSocket of either side. A frame that is no message closes it: such a peer does not speak our language. */
export function createWebSocketChannel(socket: WebSocket): Channel {
  const messageListeners = new Set<(message: unknown) => void>()
  socket.binaryType = 'arraybuffer'
  socket.on('message', (data, isBinary) => {
    const message = decodeFrame(isBinary ? (data as ArrayBuffer) : (data as Buffer).toString('utf8'))
    if (message === undefined) socket.close(invalidPayload, 'Not a message of this protocol')
    else for (const listener of messageListeners) listener(message)
  })
  // The reason is in the close event that follows every error.
  socket.on('error', () => {})

  function on(event: 'message', listener: (message: unknown) => void): () => void
  function on(event: 'close', listener: () => void): () => void
  function on(event: 'message' | 'close', listener: (message: unknown) => void): () => void {
    if (event === 'message') {
      messageListeners.add(listener)
      return () => void messageListeners.delete(listener)
    }
    const onClose = (): void => listener(undefined)
    if (socket.readyState === socket.CLOSED) onClose()
    else socket.once('close', onClose)
    return () => void socket.off('close', onClose)
  }
  return {
    post: (message) => {
      if (socket.readyState !== socket.OPEN) return
      socket.send(encodeFrame(message))
      if (socket.bufferedAmount > maximumBufferedBytes) socket.terminate()
    },
    on,
    close: () => socket.close(),
  }
}
