/** The application menu as data, for every platform on any platform. */
import type { MenuItemConstructorOptions } from 'electron'
import type { Settings, SettingsPatch } from '../../../src-shared/model/settings.ts'
import { menuPages, type PageCommand } from '../page-envelope.ts'
import { quitText, type MenuTexts } from './menu-texts.ts'
import { withMnemonic } from './mnemonic.ts'

export interface MenuInput {
  readonly platform: string
  readonly texts: MenuTexts
  readonly settings: Pick<Settings, 'theme' | 'language' | 'alwaysOnTop'>
  /** Adds what only those who work on Sockscope need. */
  readonly developer: boolean
  readonly onCommand: (command: PageCommand) => void
  readonly onSettings: (patch: SettingsPatch) => void
  readonly onTcpStates: () => void
  readonly onAbout: () => void
}

type Item = MenuItemConstructorOptions

/** With Alt they open the menus: File, Edit, View, Go, Window, Help, in every language. */
const menuLetters = ['F', 'E', 'V', 'G', 'W', 'H']

export function menuTemplate(input: MenuInput): Item[] {
  const onMac = input.platform === 'darwin'
  const menus = [
    onMac ? appMenu(input) : fileMenu(input),
    editMenu(input),
    viewMenu(input, onMac),
    goMenu(input, onMac),
    windowMenu(input, onMac),
    helpMenu(input, onMac),
  ]
  if (!onMac) for (const [index, letter] of menuLetters.entries()) giveLetter(menus[index], letter)
  return menus
}

function giveLetter(menu: Item | undefined, letter: string): void {
  if (menu?.label !== undefined) menu.label = withMnemonic(menu.label, letter)
}

function appMenu({ texts, onCommand, onAbout }: MenuInput): Item {
  return {
    label: 'Sockscope',
    submenu: [
      { label: texts.about, click: onAbout },
      separator,
      { label: texts.settings, accelerator: 'Command+,', click: () => onCommand('open-settings') },
      separator,
      { label: texts.services, role: 'services' },
      separator,
      { label: texts.hide, role: 'hide' },
      { label: texts.hideOthers, role: 'hideOthers' },
      { label: texts.showAll, role: 'unhide' },
      separator,
      { label: texts.quitApp, role: 'quit', accelerator: 'Command+Q' },
    ],
  }
}

function fileMenu({ platform, texts, onCommand }: MenuInput): Item {
  return {
    label: texts.file,
    submenu: [
      { label: texts.settings, accelerator: 'CommandOrControl+,', click: () => onCommand('open-settings') },
      separator,
      // Windows has Alt+F4 for that, and no program there ends by a slip beside Ctrl+W.
      { label: quitText(platform, texts), role: 'quit', ...(platform === 'win32' ? {} : { accelerator: 'Control+Q' }) },
    ],
  }
}

function editMenu({ texts, onCommand }: MenuInput): Item {
  return {
    label: texts.edit,
    submenu: [
      { label: texts.undo, role: 'undo' },
      { label: texts.redo, role: 'redo' },
      separator,
      { label: texts.cut, role: 'cut' },
      { label: texts.copy, role: 'copy' },
      { label: texts.paste, role: 'paste' },
      { label: texts.delete, role: 'delete' },
      { label: texts.selectAll, role: 'selectAll' },
      separator,
      { label: texts.find, accelerator: 'CommandOrControl+F', click: () => onCommand('find') },
    ],
  }
}

function viewMenu({ texts, settings, developer, onCommand, onSettings }: MenuInput, onMac: boolean): Item {
  const theme = (label: string, value: Settings['theme']): Item => ({
    label,
    type: 'radio',
    checked: settings.theme === value,
    click: () => onSettings({ theme: value }),
  })
  const language = (label: string, value: Settings['language']): Item => ({
    label,
    type: 'radio',
    checked: settings.language === value,
    click: () => onSettings({ language: value }),
  })
  const developerItems: Item[] = [
    separator,
    { label: texts.reload, role: 'reload', accelerator: 'CommandOrControl+Shift+R' },
    { label: texts.developerTools, role: 'toggleDevTools' },
  ]
  return {
    label: texts.view,
    submenu: [
      { label: texts.refresh, accelerator: 'F5', click: () => onCommand('refresh') },
      {
        label: texts.togglePause,
        // The page listens for Space itself, where typing in a field must not pause; macOS cannot show a key without taking it.
        ...(onMac ? {} : { accelerator: 'Space', registerAccelerator: false }),
        click: () => onCommand('toggle-pause'),
      },
      separator,
      {
        label: texts.theme,
        submenu: [theme(texts.themeSystem, 'system'), theme(texts.themeLight, 'light'), theme(texts.themeDark, 'dark')],
      },
      {
        label: texts.language,
        submenu: [language(texts.languageSystem, 'system'), language('English', 'en'), language('简体中文', 'zh-CN')],
      },
      separator,
      { label: texts.actualSize, role: 'resetZoom' },
      { label: texts.zoomIn, role: 'zoomIn' },
      // Plus needs Shift on many keyboards; people press the key as it is.
      { label: texts.zoomIn, role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false, acceleratorWorksWhenHidden: true },
      { label: texts.zoomOut, role: 'zoomOut' },
      separator,
      { label: texts.fullScreen, role: 'togglefullscreen' },
      ...(developer ? developerItems : []),
    ],
  }
}

/** The page listens for these keys itself; macOS cannot show a key without taking it. */
function goMenu({ texts, onCommand }: MenuInput, onMac: boolean): Item {
  const item = (label: string, command: PageCommand, key: string): Item => {
    const chosen: Item = { label, click: () => onCommand(command) }
    return onMac ? chosen : { ...chosen, accelerator: `Control+${key}`, registerAccelerator: false }
  }
  return {
    label: texts.go,
    submenu: [
      ...menuPages.map((page, index) => item(texts[page], `page-${page}`, String(index + 1))),
      separator,
      item(texts.palette, 'help.palette', 'K'),
      { label: texts.watchRules, click: () => onCommand('watch-rule.list') },
    ],
  }
}

function windowMenu({ texts, settings, onSettings }: MenuInput, onMac: boolean): Item {
  const alwaysOnTop: Item = {
    label: texts.alwaysOnTop,
    type: 'checkbox',
    checked: settings.alwaysOnTop,
    accelerator: onMac ? 'Option+Command+T' : 'Control+Shift+T',
    click: ({ checked }) => onSettings({ alwaysOnTop: checked }),
  }
  const minimize: Item = { label: texts.minimize, role: 'minimize' }
  const close: Item = { label: texts.close, role: 'close' }
  const zoom: Item = { label: texts.zoom, role: 'zoom' }
  const front: Item = { label: texts.front, role: 'front' }
  const submenu = onMac
    ? [close, minimize, zoom, separator, alwaysOnTop, separator, front]
    : [minimize, separator, alwaysOnTop, separator, close]
  return { label: texts.window, role: 'windowMenu', submenu }
}

function helpMenu({ texts, onCommand, onTcpStates, onAbout }: MenuInput, onMac: boolean): Item {
  const about: Item[] = onMac ? [] : [separator, { label: texts.about, click: onAbout }]
  const shortcuts: Item = { label: texts.shortcuts, click: () => onCommand('help.shortcuts') }
  return { label: texts.help, role: 'help', submenu: [shortcuts, { label: texts.tcpStates, click: onTcpStates }, ...about] }
}

const separator: Item = { type: 'separator' }
