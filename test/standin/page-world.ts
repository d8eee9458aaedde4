/** The two worlds of a page (the page's own and its preload's) and the line between the preload and this process. */
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { CDPSession, Page } from 'playwright-core'
import { records } from './records.ts'

export interface PageMessage {
  readonly op: 'send' | 'invoke' | 'open'
  readonly id: number
  readonly channel: string
  readonly args: unknown[]
  readonly url: string
}

export interface PageWorld {
  /** Sends to the preload; lost when the page has none (any more), as in Electron. */
  push(message: object): Promise<void>
}

const world = 'electron-preload'
const pageScript = readFileSync(new URL('page.js', import.meta.url), 'utf8')
const codec = new Function(`${pageScript}; return electronStandinCodec()`)() as {
  encode(value: unknown): string
  decode(text: string): PageMessage
}

/** Must be called before the page loads anything. `preload`: a CommonJS file that may require 'electron' only. */
export async function openPageWorld(
  page: Page,
  preload: string | undefined,
  onMessage: (message: PageMessage) => void,
): Promise<PageWorld> {
  const cdp = await page.context().newCDPSession(page)
  let preloadContext: number | undefined
  cdp.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name === world) preloadContext = context.id
  })
  cdp.on('Runtime.bindingCalled', ({ payload }) => onMessage(codec.decode(payload)))
  await cdp.send('Page.enable')
  await cdp.send('Runtime.enable')
  await cdp.send('Runtime.addBinding', { name: '__electronSend', executionContextName: world })
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: `{ ${pageScript}; electronStandinMembrane('main', 'isolated') }` })
  const source = preloadSource(preload === undefined ? '' : await readFile(preload, 'utf8'))
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { worldName: world, source })
  return { push: (message) => push(cdp, preloadContext, codec.encode(message)) }
}

function preloadSource(code: string): string {
  const versions = JSON.stringify({ ...process.versions, electron: '0.0.0-standin', platform: process.platform })
  return `{
    ${pageScript}
    const bridge = electronStandinMembrane('isolated', 'main');
    const { require, process } = electronStandinRenderer(globalThis.__electronSend, bridge, electronStandinCodec(), ${versions});
    ((require, process, module, exports) => {\n${code}\n})(require, process, { exports: {} }, {})
  }`
}

async function push(cdp: CDPSession, contextId: number | undefined, text: string): Promise<void> {
  if (contextId === undefined) return
  const call = {
    executionContextId: contextId,
    functionDeclaration: '(text) => globalThis.__electronReceive?.(text)',
    arguments: [{ value: text }],
  }
  // A page that went away meanwhile hears nothing; Electron drops such messages too.
  const answer = await cdp.send('Runtime.callFunctionOn', call).catch(() => undefined)
  const thrown = answer?.exceptionDetails
  if (thrown !== undefined) records.errors.push(new Error(`in the preload: ${thrown.exception?.description ?? thrown.text}`))
}
