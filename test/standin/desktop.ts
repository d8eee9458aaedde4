import { EventEmitter } from 'node:events'
import { displayMatching } from './display-matching.ts'
import { records } from './records.ts'
import { strict } from './strict.ts'

function ask(kind: string) {
  return async (...args: unknown[]): Promise<unknown> => {
    records.dialogs.push({ kind, options: args.at(-1) })
    if (records.answers.length === 0) throw new Error(`the test queued no answer for a ${kind} dialog`)
    return records.answers.shift()
  }
}

export const dialog = strict('dialog', {
  showMessageBox: ask('message'),
  showErrorBox: (title: string, content: string): void => void records.dialogs.push({ kind: 'error', options: { title, content } }),
})

export const shell = strict('shell', {
  openExternal: async (url: string): Promise<void> => void records.opened.push(url),
  showItemInFolder: (path: string): void => void records.opened.push(path),
})

export const screen = strict(
  'screen',
  Object.assign(new EventEmitter(), {
    getAllDisplays: () => [...records.displays],
    getPrimaryDisplay: () => records.displays[0],
    getDisplayMatching: (bounds: Electron.Rectangle) => displayMatching(bounds),
  }),
)
