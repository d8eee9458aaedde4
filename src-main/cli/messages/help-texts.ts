import type { CommandName } from '../command-name.ts'

export interface CommandHelp {
  readonly summary: string
  /** What stands after the command's name. */
  readonly usage: string
  readonly details: readonly string[]
  /** By option name; every option of the command has its line. */
  readonly options: Readonly<Record<string, string>>
  readonly examples: readonly (readonly [command: string, says: string])[]
}

export interface HelpTexts {
  readonly title: string
  readonly usage: string
  readonly commands: string
  readonly options: string
  readonly examples: string
  readonly exitCodes: string
  readonly exitLines: readonly string[]
  readonly more: string
  readonly serve: string
  readonly commonOptions: Readonly<Record<string, string>>
  readonly byCommand: Readonly<Record<CommandName, CommandHelp>>
}
