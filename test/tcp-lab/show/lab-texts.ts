/** What `npm run lab` says beside what Sockscope itself says. */
import type { ExplainLanguage } from '../../../src-shared/explain/state-text.ts'

interface LabTexts {
  readonly states: string
  readonly scenarios: string
  readonly usage: readonly string[]
  readonly unknown: (name: string) => string
  readonly didYouMean: (name: string) => string
  readonly unavailable: (reason: string) => string
  readonly done: string
  readonly lookYourself: string
  readonly inState: string
  readonly side: Readonly<Record<'server' | 'client', string>>
  readonly untilStopped: string
  readonly enterCures: string
  readonly cured: string
  readonly rebuilt: (duration: string) => string
  readonly notShown: string
  readonly nothingFound: string
  readonly whatToDo: string
  readonly moreRows: (count: number) => string
  readonly removed: string
}

const en: LabTexts = {
  states: 'States (each is made by the kernel itself, in networks of its own)',
  scenarios: 'Scenarios',
  usage: [
    'npm run lab -- NAME [--ipv6] [--for SECONDS] [--lang en|zh-CN]',
    '  --for SECONDS    ends by itself; without it, Ctrl+C ends it',
    '  --cure SECONDS   scenarios: takes the cause away after this time; in a terminal, Enter does so too',
    '  --quick          scenarios: thresholds of seconds, so that the finding comes soon',
  ],
  unknown: (name) => `There is no state and no scenario named ${name}.`,
  didYouMean: (name) => `Did you mean ${name}?`,
  unavailable: (reason) => `There can be no lab here: ${reason}.`,
  done: 'What was done',
  lookYourself: 'To look with tools of your own, in another terminal',
  inState: 'In state',
  side: { server: 'server', client: 'client' },
  untilStopped: 'Ctrl+C ends it and removes everything.',
  enterCures: 'Enter takes the cause away.',
  cured: 'The cause was taken away.',
  rebuilt: (duration) => `After ${duration} the kernel let go of it. It is built once more.`,
  notShown: 'The kernel does not tell of this row here (sockets that are bound only: Linux 6.8 and later).',
  nothingFound: 'Nothing is found wrong so far.',
  whatToDo: 'What to do now',
  moreRows: (count) => `and ${count} more`,
  removed: 'Everything is removed.',
}

const zhCn: LabTexts = {
  states: '状态（均由内核在独立的网络中真实产生）',
  scenarios: '故障场景（说明为英文）',
  usage: [
    'npm run lab -- 名称 [--ipv6] [--for 秒] [--lang en|zh-CN]',
    '  --for 秒     到时自动结束；不给出时按 Ctrl+C 结束',
    '  --cure 秒    故障场景：到时消除原因；在终端中也可按回车',
    '  --quick      故障场景：阈值缩短为几秒，很快就能看到诊断结果',
  ],
  unknown: (name) => `没有名为 ${name} 的状态或场景。`,
  didYouMean: (name) => `是否想输入 ${name}？`,
  unavailable: (reason) => `此处无法建立实验环境：${reason}。`,
  done: '做了什么',
  lookYourself: '在另一个终端中用自己的工具查看',
  inState: '已持续',
  side: { server: '服务器', client: '客户端' },
  untilStopped: '按 Ctrl+C 结束并清除一切。',
  enterCures: '按回车消除原因。',
  cured: '原因已消除。',
  rebuilt: (duration) => `${duration}后内核放弃了它。现在重新建立。`,
  notShown: '此内核不报告这一行（仅绑定的套接字：需要 Linux 6.8 及以上）。',
  nothingFound: '目前没有发现问题。',
  whatToDo: '现在怎么办',
  moreRows: (count) => `另有 ${count} 行`,
  removed: '一切均已清除。',
}

export const labTexts: Readonly<Record<ExplainLanguage, LabTexts>> = { en, 'zh-CN': zhCn }
