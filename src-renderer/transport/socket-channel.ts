import type { Channel, ChannelMessage } from '../../src-shared/rpc/channel.ts'
import { decodeFrame, encodeFrame } from '../../src-shared/rpc/frame.ts'

/** Path of the web host's WebSocket; the cookie of the page is its key. */
const socketPath = '/socket'

/** The address of the socket that belongs to a page. */
export function socketUrl({ protocol, host }: Pick<Location, 'protocol' | 'host'>): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${socketPath}`
}

/** Opens a channel over a WebSocket. Rejects when it cannot be opened; a later end is the channel's `close`. */
export function openSocketChannel(url: string): Promise<Channel> {
  const socket = new WebSocket(url)
  socket.binaryType = 'arraybuffer'
  const channel = channelOver(socket)
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(channel), { once: true })
    channel.on('close', () => reject(new Error('The connection to Sockscope could not be opened.')))
  })
}

function channelOver(socket: WebSocket): Channel {
  const messageListeners = new Set<(message: unknown) => void>()
  const closeListeners = new Set<() => void>()
  socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
    const message = decodeFrame(data)
    if (message !== undefined) for (const listener of messageListeners) listener(message)
  })
  socket.addEventListener('close', () => {
    for (const listener of closeListeners) listener()
  })

  function on(event: 'message' | 'close', listener: (message: unknown) => void): () => void {
    const listeners: Set<(message: unknown) => void> = event === 'message' ? messageListeners : closeListeners
    if (event === 'close' && socket.readyState === WebSocket.CLOSED) listener(undefined)
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  return {
    post: (message: ChannelMessage) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(encodeFrame(message))
    },
    on,
    close: () => socket.close(),
  }
}
