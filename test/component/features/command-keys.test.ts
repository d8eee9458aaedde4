import { expect, test } from 'vitest'
import { defineComponent } from 'vue'
import { menuTemplate } from '../../../src-main/electron/menu/menu-template.ts'
import { menuTexts } from '../../../src-main/electron/menu/menu-texts.ts'
import type { Command } from '../../../src-renderer/commands/command.ts'
import { strokeText } from '../../../src-renderer/commands/key-stroke.ts'
import { useCommands } from '../../../src-renderer/commands/use-commands.ts'
import { defaultSettings } from '../../../src-shared/model/settings.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { mountWithHost } from '../support/mount-with-host.ts'

const nothing = (): void => {}
const twice = (list: readonly string[]): string[] => list.filter((each, index) => list.indexOf(each) !== index)

function commandsOf(onMac: boolean, inDesktop: boolean): readonly Command[] {
  let commands: readonly Command[] = []
  const Probe = defineComponent(() => {
    commands = useCommands({ focusSearch: nothing, tellPlace: nothing, onMac, inDesktop })
    return () => null
  })
  mountWithHost(createFakeHost(), Probe)
  return commands
}

interface Item {
  readonly accelerator?: string
  /** False: the menu only shows the key, and the page has it. */
  readonly registerAccelerator?: boolean
  readonly submenu?: readonly Item[]
}
const acceleratorsIn = (items: readonly Item[]): string[] =>
  items.flatMap(({ accelerator, registerAccelerator, submenu = [] }) => [
    ...(accelerator === undefined || registerAccelerator === false ? [] : [accelerator]),
    ...acceleratorsIn(submenu),
  ])

/** Keys that menus and page share: both do the same, and a page that takes the key keeps it from the menu. */
const shared = new Set(['Ctrl+,', 'Ctrl+F', 'Ctrl+Shift+T', 'F5', 'Space'])

test.each([
  ['linux', false],
  ['darwin', true],
])('no key of a command is a key of the menus on %s, but for those that do the same', (platform, onMac) => {
  const input = {
    platform,
    texts: menuTexts('en', 'en'),
    settings: defaultSettings,
    developer: true,
    onCommand: nothing,
    onSettings: nothing,
  }
  const template = menuTemplate({ ...input, onTcpStates: nothing, onAbout: nothing })
  const ofMenus = new Set(
    acceleratorsIn(template as readonly Item[]).map((each) => each.replace(/^(CommandOrControl|Command|Control)\+/u, 'Ctrl+')),
  )
  expect(ofMenus.size).toBeGreaterThan(3)
  const ofCommands = commandsOf(onMac, true).flatMap(({ keys = [] }) => keys.map((stroke) => strokeText(stroke, false)))
  expect(ofCommands.filter((each) => ofMenus.has(each) && !shared.has(each))).toEqual([])
})

test.each([true, false])('no two commands have the same id or, in a window of their own (%s), the same key', (inDesktop) => {
  const commands = commandsOf(false, inDesktop)
  const ids = commands.map(({ id }) => id)
  const keys = commands.flatMap(({ keys: strokes = [] }) => strokes.map((stroke) => strokeText(stroke, false)))
  expect([twice(ids), twice(keys)]).toEqual([[], []])
  expect(Math.max(...ids.map(({ length }) => length))).toBeLessThanOrEqual(60) // as the settings keep them
})
