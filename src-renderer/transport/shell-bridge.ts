import type { ProcessIdentity } from '../../src-shared/model/process.ts'

/** What the desktop shell's preload script puts on `window`. Absent in a browser. */
export interface ShellBridge {
  post(message: unknown): void
  /** Returns its unsubscribe, as do the others. */
  onMessage(listener: (message: unknown) => void): () => void
  onClose(listener: () => void): () => void
  readonly platform?: string
  /** Shows the executable of a process in the file manager. */
  showExecutable?(process: ProcessIdentity): void
  /** Why what `showExecutable` was asked for did not come about. */
  onExecutableNotShown?(listener: (notice: unknown) => void): () => void
  /** Brings the window to the front. */
  present?(): void
  /** A command of the application menu, by name. */
  onCommand?(listener: (command: unknown) => void): () => void
}

declare global {
  interface Window {
    readonly sockscope?: ShellBridge
  }
}
