/** Every word that only the tray icon says, in the languages of the interface. */
import { severities, type Severity } from '../../../src-shared/contract/diagnosis.ts'
import type { Overview } from '../../../src-shared/contract/overview.ts'
import type { Settings } from '../../../src-shared/model/settings.ts'
import { menuLanguage } from './menu-texts.ts'

export interface TrayTexts {
  readonly show: string
  readonly hide: string
  /** While the engine does not answer. */
  readonly noFigures: string
  /** All of them, of every protocol and in every state. */
  readonly sockets: (overview: Overview) => string
  readonly established: (overview: Overview) => string
  readonly listening: (overview: Overview) => string
  /** What the diagnosis found, the most severe first. */
  readonly findings: (overview: Overview) => string
  readonly toolTip: (overview: Overview) => string
}

const englishNumber = new Intl.NumberFormat('en')
const englishFindings: Record<Severity, readonly [one: string, many: string]> = {
  critical: ['critical', 'critical'],
  warning: ['warning', 'warnings'],
  notice: ['notice', 'notices'],
}
const english: TrayTexts = {
  show: 'Show Sockscope',
  hide: 'Hide Sockscope',
  noFigures: 'No current figures',
  sockets: ({ rows }) => englishCount(rows, ['socket', 'sockets']),
  established: ({ established }) => `${englishNumber.format(established)} established`,
  listening: ({ listening }) => `${englishNumber.format(listening)} listening`,
  findings: (overview) =>
    `Diagnosis: ${found(overview, (severity, count) => englishCount(count, englishFindings[severity]), ', ') ?? 'nothing is wrong'}`,
  toolTip: (overview) => {
    const { sockets, established, listening, findings } = english
    return `Sockscope: ${sockets(overview)}, ${established(overview)}, ${listening(overview)}\n${findings(overview)}`
  },
}

const chineseNumber = new Intl.NumberFormat('zh-CN')
const chineseFindings: Record<Severity, string> = { critical: '严重', warning: '警告', notice: '提示' }
const chinese: TrayTexts = {
  show: '显示 Sockscope',
  hide: '隐藏 Sockscope',
  noFigures: '暂无最新数据',
  sockets: ({ rows }) => `${chineseNumber.format(rows)} 个套接字`,
  established: ({ established }) => `${chineseNumber.format(established)} 个已建立`,
  listening: ({ listening }) => `${chineseNumber.format(listening)} 个监听`,
  findings: (overview) =>
    `诊断：${found(overview, (severity, count) => `${chineseNumber.format(count)} 项${chineseFindings[severity]}`, '，') ?? '一切正常'}`,
  toolTip: (overview) => {
    const { sockets, established, listening, findings } = chinese
    return `Sockscope：${sockets(overview)}，${established(overview)}，${listening(overview)}\n${findings(overview)}`
  },
}

/** `systemLocale` as with `menuTexts`. */
export function trayTexts(language: Settings['language'], systemLocale: string): TrayTexts {
  return menuLanguage(language, systemLocale) === 'zh-CN' ? chinese : english
}

function englishCount(count: number, [one, many]: readonly [one: string, many: string]): string {
  return `${englishNumber.format(count)} ${count === 1 ? one : many}`
}

/** Undefined when there is nothing. */
function found({ findings }: Overview, say: (severity: Severity, count: number) => string, separator: string): string | undefined {
  const parts = severities.filter((severity) => findings[severity] > 0).map((severity) => say(severity, findings[severity]))
  return parts.length === 0 ? undefined : parts.join(separator)
}
