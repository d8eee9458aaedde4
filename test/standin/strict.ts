import type { EventEmitter } from 'node:events'

/** Whatever the stand-in implements must fit Electron's own declarations; what it leaves out fails by name, see `strict`. */
export type Fake<T> = Partial<Omit<T, keyof NodeJS.EventEmitter>>

const askedByRuntimes = new Set(['then', 'toJSON', 'asymmetricMatch', 'nodeType', 'tagName', 'hasAttribute'])

/** Makes the use of a member that the stand-in lacks an error which names it. */
export function strict<T extends object>(name: string, value: T): T {
  return new Proxy(value, {
    get(target, key, receiver): unknown {
      const known = typeof key === 'symbol' || key in target || askedByRuntimes.has(key) || /^(__|\$)/.test(key)
      if (!known) throw new Error(`the electron stand-in has no ${name}.${key}`)
      return Reflect.get(target, key, receiver)
    },
  })
}

/** Emits an event whose listeners may call preventDefault; tells whether nobody did. */
export function permitted(emitter: EventEmitter, name: string, details: object = {}, ...rest: unknown[]): boolean {
  let prevented = false
  emitter.emit(name, { ...details, preventDefault: () => (prevented = true) }, ...rest)
  return !prevented
}
