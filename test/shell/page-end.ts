import type { Page } from 'playwright-core'
import { standin } from '../standin/electron.ts'
import type { ShellBridge } from '../../src-renderer/transport/shell-bridge.ts'

/** The page's `window.sockscope`, held from here: what the page hears is handed over, what is posted here is posted there. */
export async function bridgeOf(page: Page): Promise<ShellBridge> {
  const messageListeners = new Set<(message: unknown) => void>()
  const closeListeners = new Set<() => void>()
  await page.exposeFunction('heard', (message: { bytes?: Uint8Array }) => {
    const own = message.bytes === undefined ? message : { ...message, bytes: new Uint8Array(message.bytes) }
    for (const listener of messageListeners) listener(own)
  })
  await page.exposeFunction('heardClose', () => {
    for (const listener of closeListeners) listener()
  })
  await page.evaluate(() => {
    const { sockscope, heard, heardClose } = window as unknown as {
      sockscope: ShellBridge
      heard: (message: unknown) => void
      heardClose: () => void
    }
    sockscope.onMessage((message) => {
      const { bytes } = message as { bytes?: Uint8Array }
      // Handing over makes a copy; whether the page itself got columns it can lay views over must be asked here.
      if (bytes !== undefined && (bytes.byteOffset !== 0 || bytes.byteLength !== bytes.buffer.byteLength))
        throw new Error('the bytes did not arrive as a buffer of their own')
      heard(message)
    })
    sockscope.onClose(() => heardClose())
  })
  return {
    post: (message) => {
      page
        .evaluate((given) => (window as unknown as { sockscope: ShellBridge }).sockscope.post(given), message)
        .catch((error: unknown) => !page.isClosed() && standin.errors.push(error as Error))
    },
    onMessage: (listener) => subscribe(messageListeners, listener),
    onClose: (listener) => subscribe(closeListeners, listener),
  }
}

function subscribe<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
