import { app } from './app.ts'
import { windows } from './window-list.ts'

type Item = Omit<Electron.MenuItemConstructorOptions, 'submenu'> & { submenu?: Menu }

export class Menu {
  static application: Menu | null = null
  readonly items: Item[]
  constructor(items: Item[] = []) {
    this.items = items
  }
  static buildFromTemplate = (template: Electron.MenuItemConstructorOptions[]): Menu =>
    new Menu(
      template.map((item) => ({ ...item, ...(Array.isArray(item.submenu) && { submenu: Menu.buildFromTemplate(item.submenu) }) }) as Item),
    )
  static setApplicationMenu = (menu: Menu | null): void => void (Menu.application = menu)
  static getApplicationMenu = (): Menu | null => Menu.application

  /** Clicks the item below these labels or roles. */
  click(label: string, ...path: string[]): void {
    const item = this.item(label)
    if (path[0] === undefined) activate(item)
    else item.submenu?.click(path[0], ...path.slice(1))
  }
  /** Presses a key; tells whether an item answers to it. */
  press(accelerator: string): boolean {
    const item = this.flat().find((each) => each.accelerator === accelerator && each.registerAccelerator !== false)
    if (item !== undefined) activate(item)
    return item !== undefined
  }
  flat(): Item[] {
    return this.items.flatMap((item) => [item, ...(item.submenu?.flat() ?? [])])
  }
  item(label: string): Item {
    const item = this.items.find((each) => withoutMnemonic(each.label) === label || each.role === label)
    if (item === undefined)
      throw new Error(`no menu item ${label} among ${this.items.map((each) => each.label ?? each.role ?? each.type).join(', ')}`)
    return item
  }
}

function activate(item: Item): void {
  if (item.role === 'quit') app.quit()
  else if (item.role === 'close') windows().at(-1)?.close()
  else if (item.role === 'minimize') windows().at(-1)?.minimize()
  else choose(item)
}

/** A checkbox has its new state when its click is told. */
function choose(item: Item): void {
  if (item.enabled === false) throw new Error(`the menu item ${item.label} is disabled`)
  if (item.type === 'checkbox') item.checked = item.checked !== true
  item.click?.(item as never, undefined, {})
}

/** As a person reads a label: the sign for the letter of Alt is not shown. */
function withoutMnemonic(label: string | undefined): string | undefined {
  return label?.replace(/\(&(\w)\)$/u, '').replace('&', '')
}
