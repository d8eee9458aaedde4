import type { CommandParameters } from './command-parameters.ts'

/** What a command is for; its text is in command-purposes. */
export const commandPurposes = [
  'rows',
  'rows-of-process',
  'by-state',
  'other-end',
  'queue',
  'process',
  'start',
  'activity',
  'calls',
  'descriptors',
  'limit',
  'raise-limit',
  'route',
  'reach',
  'path',
  'counters',
  'sockets-summary',
  'interfaces',
  'settings',
  'port-range',
  'widen-ports',
  'reuse-ports',
  'cookies-on',
  'listener',
  'listener-udp',
  'firewall',
  'block-port',
  'signature',
  'freeze',
  'end-process',
  'end-other',
  'end-at-once',
  'end-other-at-once',
  'close-rows',
  'watch',
  'packet-size',
] as const
export type CommandPurpose = (typeof commandPurposes)[number]

export interface CommandTemplate {
  readonly purpose: CommandPurpose
  readonly line: string
  /** Needs root or an administrator. */
  readonly elevated?: true
  /** Changes something; the others only look. */
  readonly changes?: true
}

/** First port of a widened dynamic range: below, services of one's own are frequent. */
export const widePortsFrom = 16_384

/** The commands of one rule on one system; what lacks its parameters is left out. */
export type CommandList = (parameters: CommandParameters) => readonly (CommandTemplate | undefined)[]

/** The template when there is what it is about. */
export function given<Value>(value: Value | undefined, template: (value: Value) => CommandTemplate): CommandTemplate | undefined {
  return value === undefined ? undefined : template(value)
}
