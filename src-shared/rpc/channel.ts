/**
 * The one shape of a transport. Messages are plain data plus at most one block of bytes; everything else (calls, time-outs,
 * errors) lives above, once. A channel keeps order and loses nothing while it is open.
 */
export interface ChannelMessage {
  readonly [key: string]: unknown
  readonly bytes?: Uint8Array<ArrayBuffer>
}

export interface Channel {
  post(message: ChannelMessage): void
  /** Messages arrive as unknown: the other side is not trusted. Returns its unsubscribe. */
  on(event: 'message', listener: (message: unknown) => void): () => void
  /** Called once, when either side closed; at once if that was before. */
  on(event: 'close', listener: () => void): () => void
  close(): void
}
