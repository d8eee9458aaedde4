/** The engine's end of the channel to its host: Electron's parent port in a utility process, Node's IPC in a forked one. */
import type { Channel, ChannelMessage } from '../../src-shared/rpc/channel.ts'

/** What Electron adds to `process` in a utility process. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  postMessage(message: unknown): void
}

/** What of `process` is used; a parameter for the tests. */
export interface ChildProcessSide {
  readonly parentPort?: ParentPort
  readonly send?: (message: unknown, callback: (error: Error | null) => void) => boolean
  readonly connected?: boolean
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'disconnect', listener: () => void): unknown
  exit(code: number): void
}

/** Undefined when this process was started by nobody who talks. A process whose host went away ends with it. */
export function openParentChannel(side: ChildProcessSide): Channel | undefined {
  const { parentPort } = side
  if (parentPort !== undefined) return overPort(parentPort, side)
  return side.send === undefined ? undefined : overIpc(side)
}

/** Electron itself ends its utility processes when it ends. */
function overPort(port: ParentPort, side: ChildProcessSide): Channel {
  const { channel, deliver } = createChannel(
    (message) => port.postMessage(message),
    () => side.exit(0),
  )
  port.on('message', ({ data }) => deliver(data))
  return channel
}

function overIpc(side: ChildProcessSide): Channel {
  const { channel, deliver } = createChannel(
    // A failure to send means that the host is gone, which `disconnect` tells.
    (message) => void side.send?.(message, () => {}),
    () => side.exit(0),
  )
  side.on('message', deliver)
  side.on('disconnect', () => channel.close())
  if (side.connected === false) channel.close()
  return channel
}

function createChannel(send: (message: ChannelMessage) => void, onClosed: () => void): { channel: Channel; deliver: (m: unknown) => void } {
  const messageListeners = new Set<(message: unknown) => void>()
  const closeListeners = new Set<(nothing: unknown) => void>()
  let closed = false
  function on(event: 'message', listener: (message: unknown) => void): () => void
  function on(event: 'close', listener: () => void): () => void
  function on(event: 'message' | 'close', listener: (message: unknown) => void): () => void {
    const listeners = event === 'message' ? messageListeners : closeListeners
    if (event === 'close' && closed) listener(undefined)
    else listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  const close = (): void => {
    if (closed) return
    closed = true
    for (const listener of closeListeners) listener(undefined)
    onClosed()
  }
  return {
    channel: { post: (message) => void (closed || send(message)), on, close },
    deliver: (message) => {
      if (!closed) for (const listener of messageListeners) listener(message)
    },
  }
}
