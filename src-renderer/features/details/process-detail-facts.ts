/** What the engine told of a process, as groups of names and values; what is unknown is left out or says why. */
import { capabilityConditionText, capabilityReasonText } from '../../../src-shared/explain/capability-texts.ts'
import type { CommandLine, ProcessDetails, ProcessFact } from '../../../src-shared/contract/process-details.ts'
import { visibleText } from '../../../src-shared/text/visible-text.ts'
import type { MessageKey } from '../../i18n/en.ts'
import type { Locale } from '../../i18n/messages.ts'
import type { Text } from '../../i18n/use-text.ts'
import type { CellFormat } from '../../view/format.ts'
import type { Fact } from './detail-facts.ts'

export interface ProcessWords {
  readonly t: Text['t']
  readonly locale: Locale
  readonly format: CellFormat
}

type Entry = readonly [name: MessageKey, value: string | undefined, fact?: ProcessFact]

/** Names of products, the same in every language. */
const runtimeNames = {
  docker: 'Docker',
  containerd: 'containerd',
  'cri-o': 'CRI-O',
  podman: 'Podman',
  kubernetes: 'Kubernetes',
  lxc: 'LXC',
  nspawn: 'systemd-nspawn',
} as const

export function identityFacts(process: ProcessDetails, words: ProcessWords): Fact[] {
  const { t, format } = words
  const { executable, executableDeleted, startedAt, takenAt } = process
  return facts(process, words, [
    ['column.process', process.name],
    ['column.pid', String(process.pid)],
    ['column.user', process.user, 'user'],
    ['details.startedAt', startedAt === undefined ? undefined : format.time(startedAt, takenAt)],
    [
      'column.executable',
      executable === undefined || executableDeleted !== true ? executable : t('processFacts.executableDeleted', { path: executable }),
      'executable',
    ],
    ['processFacts.workingDirectory', process.workingDirectory, 'workingDirectory'],
  ])
}

export function resourceFacts(process: ProcessDetails, words: ProcessWords): Fact[] {
  const { t, format, locale } = words
  const { state, processorShare, threads, memoryBytes, descriptors } = process
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  return facts(process, words, [
    ['processFacts.state', state && t(`processFacts.activity.${state}`), 'activity'],
    [
      'processFacts.processor',
      processorShare === undefined ? undefined : t('processFacts.processorShare', { share: share.format(processorShare) }),
    ],
    ['processFacts.threads', threads === undefined ? undefined : format.integer(threads), 'threads'],
    ['processFacts.memory', memoryBytes === undefined ? undefined : format.bytes(memoryBytes), 'memory'],
    ['processFacts.descriptors', descriptors && descriptorText(descriptors, words), 'descriptors'],
  ])
}

export function belongingFacts(process: ProcessDetails, words: ProcessWords): Fact[] {
  const { t, locale } = words
  const { container, unit, slice, otherNamespaces, pidInside } = process
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  const kinds = otherNamespaces?.map((kind) => t(`processFacts.namespace.${kind}`))
  return facts(process, words, [
    [
      'processFacts.container',
      container && t('processFacts.containerOf', { runtime: runtimeNames[container.runtime], id: container.id }),
      'container',
    ],
    ['processFacts.pod', container?.pod],
    ['processFacts.unit', unit],
    ['processFacts.slice', slice],
    ['processFacts.namespaces', kinds && (kinds.length === 0 ? t('processFacts.namespacesNone') : list.format(kinds)), 'namespaces'],
    ['processFacts.pidInside', pidInside === undefined ? undefined : String(pidInside)],
  ])
}

/** As a shell would take it, on one line; characters that would hide or reorder others are written as codes. */
export function commandLineText({ arguments: words }: CommandLine): string {
  return words.map(quoted).join(' ')
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./\\-]+$/u.test(word)) return word
  return `'${visibleText(word).replaceAll("'", String.raw`'\''`)}'`
}

function descriptorText({ used, limit }: NonNullable<ProcessDetails['descriptors']>, { t, format }: ProcessWords): string {
  if (limit === undefined) return format.integer(used)
  return t('processFacts.descriptorsOf', { used: format.integer(used), limit: format.integer(limit) })
}

function facts({ untold }: ProcessDetails, { t, locale }: ProcessWords, entries: readonly Entry[]): Fact[] {
  return entries.flatMap(([name, value, fact]) => {
    const why = value ?? (fact === undefined ? undefined : untoldText(untold[fact], locale))
    return why === undefined ? [] : [{ name: t(name), value: visibleText(why) }]
  })
}

/** Why a fact is absent. */
export function untoldText(why: ProcessDetails['untold'][ProcessFact], locale: Locale): string | undefined {
  if (why === undefined) return undefined
  const { reason, condition } = why
  const words = [
    reason === undefined ? undefined : capabilityReasonText(reason, locale),
    condition === undefined ? undefined : capabilityConditionText(condition, locale),
  ].filter((each) => each !== undefined)
  return words.length === 0 ? undefined : words.join(' ')
}
