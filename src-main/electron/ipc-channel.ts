/** One Channel per page over one pair of ipc names. The gate in `servePages` is the only place where a sender becomes trusted. */
import { ipcMain, type IpcMainEvent, type WebContents } from 'electron'
import type { Channel, ChannelMessage } from '../../src-shared/rpc/channel.ts'
import { createListeners } from './listeners.ts'
import { toMain, toPage, type EnvelopeToMain, type EnvelopeToPage } from './page-envelope.ts'

export interface PageGate {
  readonly isTrustedOrigin: (origin: string) => boolean
  readonly onPage: (channel: Channel) => void
  /** `tell` answers the page that asked. */
  readonly onShowExecutable: (process: unknown, tell: (envelope: EnvelopeToPage) => void) => void
  readonly onPresent: () => void
  /** A frame that may not speak tried to. `origin` is undefined when the frame was gone already. */
  readonly onRefused: (origin: string | undefined) => void
}

type PageChannel = Channel & { readonly deliver: (message: unknown) => void }

/** Returns what closes every page's channel and stops listening. */
export function servePages({ isTrustedOrigin, onPage, onShowExecutable, onPresent, onRefused }: PageGate): () => void {
  const pages = new Map<number, PageChannel>()
  const onEnvelope = ({ sender, senderFrame }: IpcMainEvent, envelope: EnvelopeToMain | undefined): void => {
    if (senderFrame === null || senderFrame.parent !== null || !isTrustedOrigin(senderFrame.origin)) return onRefused(senderFrame?.origin)
    if (envelope?.type === 'message') return pages.get(sender.id)?.deliver(envelope.message)
    if (envelope?.type === 'show-executable') return onShowExecutable(envelope.process, sendTo(sender))
    if (envelope?.type === 'present') return onPresent()
    if (envelope?.type !== 'open') return
    pages.get(sender.id)?.close()
    const channel = openPageChannel(sender)
    pages.set(sender.id, channel)
    channel.on('close', () => pages.get(sender.id) === channel && pages.delete(sender.id))
    onPage(channel)
  }
  ipcMain.on(toMain, onEnvelope)
  return () => {
    ipcMain.removeListener(toMain, onEnvelope)
    for (const page of pages.values()) page.close()
  }
}

function openPageChannel(contents: WebContents): PageChannel {
  const listeners = createListeners()
  const send = sendTo(contents)
  const close = (): void => {
    if (listeners.closed()) return
    contents.removeListener('destroyed', close)
    contents.removeListener('render-process-gone', close)
    listeners.close()
    send({ type: 'close' })
  }
  contents.once('destroyed', close)
  contents.once('render-process-gone', close)
  return {
    post: (message: ChannelMessage) => !listeners.closed() && send({ type: 'message', message }),
    on: listeners.on,
    deliver: listeners.deliver,
    close,
  }
}

function sendTo(contents: WebContents): (envelope: EnvelopeToPage) => void {
  return (envelope) => {
    if (!contents.isDestroyed()) contents.send(toPage, envelope)
  }
}
