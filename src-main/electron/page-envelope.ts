/** What travels over the one pair of ipc names between a page's preload and the main process. */
export const toMain = 'sockscope:to-main'
export const toPage = 'sockscope:to-page'

/** Things the menu asks of the interface; everything else in the menu is done by the main process itself. */
export const pageCommands = [
  'refresh',
  'find',
  'toggle-pause',
  'open-settings',
  'watch-rule.list',
  'help.palette',
  'help.shortcuts',
] as const
/** In the order of the tabs, which is that of their keys. */
export const menuPages = ['connections', 'processes', 'listening', 'remotes', 'diagnosis', 'statistics', 'reference'] as const
export type PageCommand = (typeof pageCommands)[number] | `page-${(typeof menuPages)[number]}`

/**
 * Why the executable of a process was not shown. ended: the process, since the page asked. removed: the file, or another took its place.
 * elsewhere: the path is not one of this file system, as in containers. unknown: the system does not tell it to us.
 */
export type ExecutableObstacle = 'ended' | 'removed' | 'elsewhere' | 'unknown'

/** Something the person asked for that did not come about. */
export interface ExecutableNotShown {
  readonly pid: number
  readonly obstacle: ExecutableObstacle
}

/** `open` begins a new channel and ends the page's former one, if any: a reloaded page starts afresh. */
export type EnvelopeToMain =
  | { readonly type: 'open' }
  | { readonly type: 'message'; readonly message: unknown }
  /** A process identity: the main process finds out which file that is. */
  | { readonly type: 'show-executable'; readonly process: unknown }
  /** The person chose something of the page outside it: a notification of the desktop. */
  | { readonly type: 'present' }

export type EnvelopeToPage =
  | { readonly type: 'message'; readonly message: unknown }
  | { readonly type: 'close' }
  | { readonly type: 'command'; readonly command: PageCommand }
  | { readonly type: 'executable-not-shown'; readonly notice: ExecutableNotShown }

/** `window.sockscope` as the renderer finds it. Every subscription returns its unsubscribe. */
export interface PageBridge {
  readonly platform: string
  post(message: object): void
  onMessage(listener: (message: unknown) => void): () => void
  onClose(listener: () => void): () => void
  /** Shows the executable of a process in the file manager. */
  showExecutable(process: object): void
  onExecutableNotShown(listener: (notice: ExecutableNotShown) => void): () => void
  /** Brings the window to the front. */
  present(): void
  onCommand(listener: (command: PageCommand) => void): () => void
}
