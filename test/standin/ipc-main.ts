import { EventEmitter } from 'node:events'
import { strict } from './strict.ts'

type Handler = (event: object, ...args: unknown[]) => unknown

class IpcMain extends EventEmitter {
  readonly invocable = new Map<string, Handler>()
  removeHandler = (channel: string): void => void this.invocable.delete(channel)
  handle = (channel: string, listener: Handler): void => {
    if (this.invocable.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.invocable.set(channel, listener)
  }
}

export const ipcMain = strict('ipcMain', new IpcMain())
