/** The only thing a page can reach outside itself: one channel of messages, and the menu's commands. */
import { contextBridge, ipcRenderer } from 'electron'
import {
  toMain,
  toPage,
  type EnvelopeToMain,
  type EnvelopeToPage,
  type ExecutableNotShown,
  type PageBridge,
  type PageCommand,
} from './page-envelope.ts'

// A sandboxed preload has this much of Node's `process`.
declare const process: { readonly platform: string }

const messageListeners = new Set<(message: unknown) => void>()
const closeListeners = new Set<() => void>()
const commandListeners = new Set<(command: PageCommand) => void>()
const notShownListeners = new Set<(notice: ExecutableNotShown) => void>()
let isOpen = false

ipcRenderer.on(toPage, (_event, envelope: EnvelopeToPage) => {
  if (envelope.type === 'message') for (const listener of messageListeners) listener(envelope.message)
  else if (envelope.type === 'command') for (const listener of commandListeners) listener(envelope.command)
  else if (envelope.type === 'executable-not-shown') for (const listener of notShownListeners) listener(envelope.notice)
  else close()
})

const bridge: PageBridge = {
  platform: process.platform,
  post: (message) => {
    open()
    send({ type: 'message', message })
  },
  onMessage: (listener) => {
    const unsubscribe = subscribe(messageListeners, listener)
    open()
    return unsubscribe
  },
  onClose: (listener) => subscribe(closeListeners, listener),
  showExecutable: (identity) => send({ type: 'show-executable', process: identity }),
  onExecutableNotShown: (listener) => subscribe(notShownListeners, listener),
  present: () => send({ type: 'present' }),
  onCommand: (listener) => subscribe(commandListeners, listener),
}
contextBridge.exposeInMainWorld('sockscope', bridge)

/** The channel opens with its first use, so that nothing is sent to a page that does not listen yet; after a close, anew. */
function open(): void {
  if (isOpen) return
  isOpen = true
  send({ type: 'open' })
}

function close(): void {
  if (!isOpen) return
  isOpen = false
  for (const listener of closeListeners) listener()
}

function send(envelope: EnvelopeToMain): void {
  ipcRenderer.send(toMain, envelope)
}

function subscribe<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
