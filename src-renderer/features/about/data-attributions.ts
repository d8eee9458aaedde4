import type { MessageKey } from '../../i18n/en.ts'

export interface DataAttribution {
  /** Whose data it is; a name, the same in every language. */
  readonly name: string
  /** Which data and under which terms. */
  readonly key: MessageKey
}

/** Data of others that comes with Sockscope, in the words that their licences ask for. */
export const dataAttributions: readonly DataAttribution[] = [
  { name: 'DB-IP', key: 'about.dataDbIp' },
  { name: 'IANA', key: 'about.dataIana' },
]
