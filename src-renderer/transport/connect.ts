/** The way to the engine from wherever this interface runs. The only place that knows which transport it is. */
import type { ProcessIdentity } from '../../src-shared/model/process.ts'
import type { Channel } from '../../src-shared/rpc/channel.ts'
import { createApiLink, type ApiLink } from './api-link.ts'
import { createBridgeChannel } from './bridge-channel.ts'
import type { Clock } from './clock.ts'
import { openSocketChannel, socketUrl } from './socket-channel.ts'

export function connectApi({ startTimer }: Clock): ApiLink {
  return createApiLink({ connect: connectChannel, startTimer })
}

/** Whether a desktop shell shows this page, not a browser. */
export function isInShell(): boolean {
  return window.sockscope !== undefined
}

/** Shows the executable of a process in the file manager; undefined in a browser, which has none. */
export function executableShower(): ((process: ProcessIdentity) => void) | undefined {
  const bridge = window.sockscope
  if (bridge?.showExecutable === undefined) return undefined
  return ({ pid, startToken }) => bridge.showExecutable?.({ pid, startToken })
}

/** As the desktop shell names them. */
export type ExecutableObstacle = 'ended' | 'removed' | 'elsewhere' | 'unknown'

/** Tells why the executable of a process was not shown. Returns its unsubscribe. */
export function onExecutableNotShown(listener: (pid: number, obstacle: ExecutableObstacle) => void): () => void {
  const onNotice = (notice: unknown): void => {
    const { pid, obstacle } = notice as { readonly pid: number; readonly obstacle: ExecutableObstacle }
    listener(pid, obstacle)
  }
  return window.sockscope?.onExecutableNotShown?.(onNotice) ?? (() => {})
}

/** Brings this page to the front, out of the tray too where a shell has one. */
export function presentPage(): void {
  const bridge = window.sockscope
  if (bridge?.present === undefined) window.focus()
  else bridge.present()
}

/** Commands of the application menu; never any in a browser. Returns its unsubscribe. */
export function onShellCommand(listener: (command: string) => void): () => void {
  const bridge = window.sockscope
  return bridge?.onCommand?.((command) => typeof command === 'string' && listener(command)) ?? (() => {})
}

function connectChannel(): Promise<Channel> {
  const bridge = window.sockscope
  return bridge === undefined ? openSocketChannel(socketUrl(window.location)) : Promise.resolve(createBridgeChannel(bridge))
}
