/** A process as a reader sees it now. */
export interface SeenProcess {
  readonly pid: number
  readonly parentPid: number
  readonly uid: number
  readonly name: string
  readonly startedAtUnixMs: number
  /** Tells two bearers of one pid apart within one reader's list; cheaper than a start token. */
  readonly startKey: string
}

/** What `find` adds. */
export interface IdentifiedProcess extends SeenProcess {
  /** Opaque; begins with a letter of this reader (ProcessIdentity.startToken). */
  readonly startToken: string
  readonly executable?: string
}

export type ProcessSighting =
  | { readonly status: 'there'; readonly process: IdentifiedProcess }
  | { readonly status: 'gone' }
  | { readonly status: 'unreadable'; readonly reason: string }

export type ProcessListing =
  | { readonly ok: true; readonly processes: readonly SeenProcess[] }
  | { readonly ok: false; readonly reason: string }

/** A way to read processes. Nothing is remembered between calls. */
export interface ProcessReader {
  readonly id: string
  all(): ProcessListing
  find(pid: number): ProcessSighting
  /** Whether a start token was made by this reader, so that only it can compare. */
  made(startToken: string): boolean
}
