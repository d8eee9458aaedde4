import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { Menu } from './menu.ts'
import { strict, type Fake } from './strict.ts'

const open: Tray[] = []

/** The icons that were not destroyed. */
export function trays(): readonly Tray[] {
  return [...open]
}

/** As on Linux: what changes in a menu shows when it is set again. */
export class Tray extends EventEmitter implements Fake<Electron.Tray> {
  readonly image: string
  toolTip = ''
  /** How often something of it was changed. */
  changes = 0
  /** How often a menu was set. */
  menusSet = 0
  #menu: Menu | undefined
  #shown: readonly string[] = []
  #destroyed = false

  constructor(image: Electron.NativeImage | string) {
    super()
    if (typeof image !== 'string') throw new Error('the electron stand-in takes the paths of tray icons only')
    if (!existsSync(image)) throw new Error(`Failed to load image from path '${image}'`)
    this.image = image
    open.push(this)
    return strict('Tray', this)
  }
  setToolTip = (toolTip: string): void => {
    this.#change()
    this.toolTip = toolTip
  }
  setContextMenu = (menu: Electron.Menu | null): void => {
    this.#change()
    this.menusSet += 1
    this.#menu = (menu ?? undefined) as unknown as Menu | undefined
    this.#shown = (this.#menu?.items ?? []).filter(({ visible }) => visible !== false).map(({ label, type }) => label ?? `(${type})`)
  }
  isDestroyed = (): boolean => this.#destroyed
  destroy = (): void => {
    if (this.#destroyed) return
    this.#destroyed = true
    open.splice(open.indexOf(this), 1)
  }
  /** What the menu shows, top to bottom. */
  labels = (): readonly string[] => this.#shown
  /** Chooses an item of the menu by the label that is shown. */
  choose = (label: string, ...path: string[]): void => {
    if (!this.#shown.includes(label)) throw new Error(`the tray's menu shows no ${label} among ${this.#shown.join(', ')}`)
    this.#menu?.click(label, ...path)
  }
  item = (label: string): Menu['items'][number] | undefined => this.#menu?.item(label)
  #change(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed')
    this.changes += 1
  }
}
