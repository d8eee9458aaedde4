import type { Visibility } from '../../model/visibility.ts'
import type { ExplainLanguage } from '../state-text.ts'

export interface ReportLabels {
  readonly title: string
  readonly machine: string
  readonly system: string
  readonly version: string
  readonly source: string
  readonly user: string
  readonly elevated: string
  readonly takenAt: string
  readonly watched: string
  readonly watchedFor: (duration: string, looks: string) => string
  readonly nothing: string
  readonly findingTitle: (severity: string, title: string) => string
  /** Between short statements on one line. */
  readonly comma: string
  /** In place of what was said with an earlier finding of the same rule. */
  readonly asAbove: string
  readonly rule: (name: string, id: string) => string
  readonly trend: string
  readonly figures: string
  readonly figure: string
  readonly value: string
  readonly threshold: string
  readonly facts: string
  readonly rows: string
  readonly others: string
  readonly now: string
  readonly lasting: string
  readonly myths: string
  readonly cannotTell: string
  readonly settings: string
  readonly settingItem: (name: string, value: string, usual: string | undefined, meaning: string) => string
  readonly meaning: string
  readonly commands: string
  readonly commandsWindows: string
  readonly needsRoot: string
  readonly needsAdministrator: string
  readonly changes: string
  readonly evidence: string
  readonly moreRows: (count: string) => string
  readonly columns: {
    readonly state: string
    readonly local: string
    readonly remote: string
    readonly process: string
    readonly age: string
    readonly receiveQueue: string
    readonly sendQueue: string
    readonly retransmits: string
  }
  readonly owner: Readonly<Record<Visibility, string>>
  readonly ended: string
  readonly endedAt: string
  readonly held: string
  readonly finding: string
  readonly notWatched: string
  readonly notWatchedItem: (rule: string, reason: string) => string
  readonly tooShort: string
  readonly tooShortItem: (rule: string, needed: string, watched: string) => string
  readonly thresholds: string
  readonly changedThreshold: string
}

export const reportLabels: Readonly<Record<ExplainLanguage, ReportLabels>> = {
  en: {
    title: 'Network diagnosis by Sockscope',
    machine: 'Machine',
    system: 'System',
    version: 'Sockscope',
    source: 'Source',
    user: 'User',
    elevated: 'elevated',
    takenAt: 'Time',
    watched: 'Watched',
    watchedFor: (duration, looks) => `${duration}, ${looks} looks`,
    nothing: 'Nothing was found.',
    findingTitle: (severity, title) => `${severity}: ${title}`,
    comma: ', ',
    asAbove: 'What it means and what to do: as above.',
    rule: (name, id) => `${name} (${id})`,
    trend: 'Trend',
    figures: 'Figures',
    figure: 'Figure',
    value: 'Value',
    threshold: 'Threshold',
    facts: 'Facts',
    rows: 'Connections',
    others: 'others',
    now: 'What to do now',
    lasting: 'What to do for good',
    myths: 'What does not help',
    cannotTell: 'What the finding cannot tell',
    settings: 'Settings of the system concerned',
    settingItem: (name, value, usual, meaning) => `${name} = ${value}${usual === undefined ? '' : `, by default ${usual}`}. ${meaning}`,
    meaning: 'Meaning',
    commands: 'Commands (nothing of this was run)',
    commandsWindows: 'Commands for PowerShell (nothing of this was run)',
    needsRoot: 'needs root',
    needsAdministrator: 'needs an administrator',
    changes: 'changes something',
    evidence: 'Evidence',
    moreRows: (count) => `and ${count} more`,
    columns: {
      state: 'State',
      local: 'Local',
      remote: 'Remote',
      process: 'Process',
      age: 'In state for',
      receiveQueue: 'Recv-Q',
      sendQueue: 'Send-Q',
      retransmits: 'Retrans',
    },
    owner: {
      full: 'no owner',
      'not-permitted': 'not permitted',
      'other-namespace': 'other namespace',
      gone: 'gone',
      kernel: 'kernel',
      pending: 'not known yet',
    },
    ended: 'Over',
    endedAt: 'Over since',
    held: 'Held for',
    finding: 'Finding',
    notWatched: 'Rules that cannot work here',
    notWatchedItem: (rule, reason) => `${rule}: ${reason}`,
    tooShort: 'Rules that needed more time',
    tooShortItem: (rule, needed, watched) => `${rule}: needs ${needed}, had ${watched}.`,
    thresholds: 'Thresholds in force',
    changedThreshold: '(changed)',
  },
  'zh-CN': {
    title: 'Sockscope 网络诊断',
    machine: '机器',
    system: '系统',
    version: 'Sockscope',
    source: '来源',
    user: '用户',
    elevated: '已提升权限',
    takenAt: '时间',
    watched: '已观察',
    watchedFor: (duration, looks) => `${duration}，查看 ${looks} 次`,
    nothing: '没有发现问题。',
    findingTitle: (severity, title) => `${severity}：${title}`,
    comma: '，',
    asAbove: '含义和做法同上。',
    rule: (name, id) => `${name}（${id}）`,
    trend: '趋势',
    figures: '数值',
    figure: '数值',
    value: '值',
    threshold: '阈值',
    facts: '事实',
    rows: '连接数',
    others: '其他',
    now: '现在该做什么',
    lasting: '如何彻底解决',
    myths: '哪些做法没有用',
    cannotTell: '此发现无法说明什么',
    settings: '相关的系统设置',
    settingItem: (name, value, usual, meaning) => `${name} = ${value}${usual === undefined ? '' : `，默认 ${usual}`}。${meaning}`,
    meaning: '含义',
    commands: '命令（均未执行）',
    commandsWindows: 'PowerShell 命令（均未执行）',
    needsRoot: '需要 root',
    needsAdministrator: '需要管理员',
    changes: '会作出更改',
    evidence: '证据',
    moreRows: (count) => `另有 ${count} 个`,
    columns: {
      state: '状态',
      local: '本地',
      remote: '远程',
      process: '进程',
      age: '处于该状态',
      receiveQueue: '接收队列',
      sendQueue: '发送队列',
      retransmits: '重传',
    },
    owner: {
      full: '无所有者',
      'not-permitted': '无权查看',
      'other-namespace': '其他命名空间',
      gone: '已消失',
      kernel: '内核',
      pending: '尚不清楚',
    },
    ended: '已结束',
    endedAt: '结束时间',
    held: '持续',
    finding: '发现',
    notWatched: '在此无法工作的规则',
    notWatchedItem: (rule, reason) => `${rule}：${reason}`,
    tooShort: '需要更长时间的规则',
    tooShortItem: (rule, needed, watched) => `${rule}：需要 ${needed}，只有 ${watched}。`,
    thresholds: '当前阈值',
    changedThreshold: '（已更改）',
  },
}
