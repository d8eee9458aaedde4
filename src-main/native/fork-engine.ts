/** The engine in a child process of Node, or of Electron where that is what runs. The channel has the shape of src-shared/rpc/channel.ts, which this folder may not import. */
import { spawn, type ChildProcess } from 'node:child_process'

interface Message {
  readonly [key: string]: unknown
  readonly bytes?: Uint8Array<ArrayBuffer>
}

export interface ForkedEngine {
  readonly channel: {
    post(message: Message): void
    on(event: 'message', listener: (message: unknown) => void): () => void
    on(event: 'close', listener: () => void): () => void
    close(): void
  }
  readonly pid: number | undefined
  /** SIGKILL: the engine has nothing to save, and a hung one does not answer to less. */
  kill(): void
}

/** Tells the program of a package to be the engine. */
export const engineSwitch = '--sockscope-engine'

/** Without a window there is nothing to draw and no page to confine; as root Chromium would refuse to start otherwise. */
const electronSwitches = ['--headless', '--no-sandbox', '--no-zygote']

/** The engine prints only what concerns the log; the host's standard output is for the host's own data. */
const logDescriptor = 2

/** Starts `modulePath` with the running program. A module that cannot be started is a channel that closes. */
export function forkEngine(modulePath: string, isElectron = process.versions['electron'] !== undefined): ForkedEngine {
  // Not `fork`: Electron's sets a variable that the fuse ignores, and takes another program on macOS.
  const appFolder = process.defaultApp ? process.argv.slice(1, 2) : [] // `electron folder …` while developing
  const args = isElectron ? [...electronSwitches, ...appFolder, engineSwitch] : [modulePath]
  const child = spawn(process.execPath, args, {
    serialization: 'advanced',
    stdio: ['ignore', logDescriptor, logDescriptor, 'ipc'],
    windowsHide: true,
  })
  return { channel: channelOf(child), pid: child.pid, kill: () => void child.kill('SIGKILL') }
}

/** Messages with a child that was started with an IPC channel and advanced serialization. It closes when the child ends. */
export function channelOf(child: ChildProcess): ForkedEngine['channel'] {
  const messageListeners = new Set<(message: unknown) => void>()
  const closeListeners = new Set<() => void>()
  let closed = false
  const finish = (): void => {
    if (closed) return
    closed = true
    for (const listener of closeListeners) listener()
  }
  child.on('message', (message) => {
    const owned = withOwnBytes(message)
    if (!closed) for (const listener of messageListeners) listener(owned)
  })
  for (const end of ['exit', 'disconnect', 'error'] as const) child.once(end, finish)

  function on(event: 'message', listener: (message: unknown) => void): () => void
  function on(event: 'close', listener: () => void): () => void
  function on(event: 'message' | 'close', listener: (message: unknown) => void): () => void {
    const listeners: Set<(message: unknown) => void> = event === 'message' ? messageListeners : closeListeners
    if (event === 'close' && closed) listener(undefined)
    else listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  return {
    // A message that cannot be sent any more is told by `close`; the callback keeps Node from raising it as an error.
    post: (message) => void (closed || child.send(message, () => {})),
    on,
    close: () => {
      if (child.connected) child.disconnect()
      finish()
    },
  }
}

/** Node hands out views into its own receive buffer; rows are laid over whole, aligned buffers. */
function withOwnBytes(message: unknown): unknown {
  if (typeof message !== 'object' || message === null || !('bytes' in message)) return message
  const { bytes } = message
  const whole = !(bytes instanceof Uint8Array) || (bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength)
  return whole ? message : { ...message, bytes: new Uint8Array(bytes) }
}
