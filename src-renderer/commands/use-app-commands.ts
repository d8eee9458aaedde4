/** The table of commands joined with what runs them: keys, and the menus of a desktop shell. */
import { onBeforeUnmount } from 'vue'
import { useShortcuts } from '../composables/use-shortcuts.ts'
import { isInShell, onShellCommand } from '../transport/connect.ts'
import type { Command, CommandContext } from './command.ts'
import { strokeText } from './key-stroke.ts'
import { useCommands } from './use-commands.ts'

/** What menus call things; any id of a command works as well. */
const menuNames: Readonly<Record<string, string>> = {
  refresh: 'table.refresh',
  find: 'filter.search',
  'toggle-pause': 'table.freeze',
  'open-settings': 'setting.open',
}

export interface AppCommands {
  readonly commands: readonly Command[]
  readonly onMac: boolean
  /** The key of the command palette as this keyboard writes it. */
  readonly paletteKey: string
}

export function useAppCommands(wayTo: Pick<CommandContext, 'focusSearch' | 'tellPlace'>): AppCommands {
  const onMac = /mac/iu.test(navigator.platform)
  const commands = useCommands({ ...wayTo, onMac, inDesktop: isInShell() })
  useShortcuts(commands, onMac)
  const runById = (name: string): void => {
    const id = Object.hasOwn(menuNames, name) ? menuNames[name] : name
    const command = commands.find((each) => each.id === id)
    if (command !== undefined && command.refusal?.() === undefined) command.run()
  }
  onBeforeUnmount(onShellCommand(runById))
  const [stroke] = commands.find(({ id }) => id === 'help.palette')?.keys ?? []
  return { commands, onMac, paletteKey: stroke === undefined ? '' : strokeText(stroke, onMac) }
}
