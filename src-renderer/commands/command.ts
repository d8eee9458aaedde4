/** A command: one thing a person can have done. Shortcuts, the command palette and the list of shortcuts are made from these. */
import type { Text } from '../i18n/use-text.ts'
import type { CommandGroup } from './command-group.ts'
import type { KeyStroke } from './key-stroke.ts'

export interface Command {
  /** Never changes; kept with the settings and searched for in the palette. */
  readonly id: string
  readonly group: CommandGroup
  /** In the language of the given texts. */
  readonly title: (t: Text['t']) => string
  readonly keys?: readonly KeyStroke[]
  /** Whether there is what it stands for; without, neither the palette nor the list of keys shows it. */
  readonly exists?: () => boolean
  /** Why it cannot be done just now, in the reader's words; undefined when it can. */
  readonly refusal?: () => string | undefined
  /** Whether what it turns on is on. */
  readonly isOn?: () => boolean
  readonly run: () => void
  /** What its key does instead, where a key has to do something also when the command is refused. */
  readonly byKey?: () => void
}

/** What commands need that no store has. */
export interface CommandContext {
  /** Puts the keyboard into the search box. */
  readonly focusSearch: () => void
  /** Tells where the keyboard is in the table. */
  readonly tellPlace: () => void
  readonly onMac: boolean
  /** In a window of its own, where no browser takes keys. */
  readonly inDesktop: boolean
}
