/** The way to the engine from wherever this interface runs. The only place that knows which transport it is. */
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

/** Commands of the application menu; never any in a browser. Returns its unsubscribe. */
export function onShellCommand(listener: (command: string) => void): () => void {
  const bridge = window.sockscope
  return bridge?.onCommand?.((command) => typeof command === 'string' && listener(command)) ?? (() => {})
}

function connectChannel(): Promise<Channel> {
  const bridge = window.sockscope
  return bridge === undefined ? openSocketChannel(socketUrl(window.location)) : Promise.resolve(createBridgeChannel(bridge))
}
