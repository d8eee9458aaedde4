/** The engine's process as a channel: Electron's utility process. */
import { utilityProcess } from 'electron'
import type { Channel } from '../../src-shared/rpc/channel.ts'
import type { EngineChild } from '../supervisor/engine-child.ts'
import { createListeners } from './listeners.ts'

/** Starts the built engine; the channel closes when the process has ended, for whatever reason. */
export function startEngineChild(entry: string): EngineChild {
  const child = utilityProcess.fork(entry, [], { serviceName: 'Sockscope engine', stdio: 'inherit' })
  const listeners = createListeners()
  const kill = (): void => {
    // The engine has nothing to save, and a hung one does not answer to less.
    if (child.pid === undefined || !killNow(child.pid)) child.kill()
  }
  child.on('message', (message: unknown) => listeners.deliver(message))
  child.on('exit', () => listeners.close())
  const channel: Channel = {
    post: (message) => !listeners.closed() && child.postMessage(message),
    on: listeners.on,
    close: () => {
      if (!listeners.closed()) kill()
      listeners.close()
    },
  }
  return {
    channel,
    get pid() {
      return child.pid
    },
    kill,
  }
}

function killNow(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    // It has just ended by itself; its `exit` is on the way.
    return false
  }
}
