import { EventEmitter } from 'node:events'
import { strict } from './strict.ts'
import { windows } from './window-list.ts'

type Source = Electron.NativeTheme['themeSource']

class NativeTheme extends EventEmitter {
  #source: Source = 'system'
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark'
  }
  get themeSource(): Source {
    return this.#source
  }
  set themeSource(source: Source) {
    this.#source = source
    for (const { webContents } of windows())
      void webContents.page.then((page) => page.emulateMedia({ colorScheme: source === 'system' ? null : source }))
    this.emit('updated')
  }
}

const theme = new NativeTheme()
export const nativeTheme = strict(
  'nativeTheme',
  // Private members live on the object itself, not on a proxy around it.
  new Proxy(theme, {
    get: (target, key) => Reflect.get(target, key, target) as unknown,
    set: (target, key, value) => Reflect.set(target, key, value, target),
  }),
)
