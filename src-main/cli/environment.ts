/** All that the command line touches outside itself, as one value: tests run the real commands in-process with another one. */
import type { Api } from '../../src-shared/contract/api.ts'
import type { OpenedListing } from '../api/open-listing.ts'
import type { StoredSettings } from '../api/stored-settings.ts'
import type { TextInput } from './text-input.ts'
import type { ProcessIdentity } from '../../src-shared/model/process.ts'

export interface OutputStream {
  write(text: string): void
  /** Resolves when little of what was written is still held back for a slow reader; never, when the reader goes away meanwhile. */
  drained(): Promise<void>
  readonly isTerminal: boolean
  /** Width of the terminal in cells; undefined when it is none. */
  readonly columns: number | undefined
}

export interface Engine {
  readonly api: Api
  stop(): void
}

export interface CliEnvironment {
  readonly version: string
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  /** Whether a person can be asked. */
  readonly canAsk: boolean
  /** One line typed by the person, undefined at end of input or on interrupt. */
  ask(question: string): Promise<string | undefined>
  /** Opens the engine in this process. */
  openEngine(): Promise<Engine>
  /** Opens a saved listing in place of the machine; `-` is standard input. */
  openListing(file: string): Promise<OpenedListing>
  /** What this user has set in the window; the file is only read. */
  readSettings(): Promise<StoredSettings>
  /** A short text that a person wrote; `-` is standard input. */
  readText(file: string, mostBytes: number): Promise<TextInput>
  /** Whether anything lies there. */
  fileExists(file: string): Promise<boolean>
  /** Writes a file for this user alone, over something only when told. Returns why it failed, if so. */
  writePrivateFile(file: string, bytes: Uint8Array, options: { readonly replace: boolean }): Promise<string | undefined>
  /** The process that bears this pid now; undefined when there is none. */
  identifyProcess(pid: number): Promise<ProcessIdentity | undefined>
  /** The process that a thread belongs to; undefined when the number is no thread's or is that of a process. */
  processOfThread(id: number): Promise<number | undefined>
  /** Unix milliseconds. */
  now(): number
  /** Runs once after so many milliseconds; the answer cancels. */
  startTimer(delayMs: number, run: () => void): () => void
  /** Ctrl+C, a request to terminate, or a reader of our output that went away; the answer unsubscribes. */
  onStop(listener: () => void): () => void
}
