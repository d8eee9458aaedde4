import type { DoctorCheck } from '../../../src-shared/contract/status.ts'
import { capabilityConditionText, capabilityReasonText, featureText } from '../../../src-shared/explain/capability-texts.ts'
import type { CheckText, DoctorTexts } from './doctor-check-text.ts'
import { doctorTextsMacos } from './doctor-texts-macos.ts'
import { doctorTextsTrace } from './doctor-texts-trace.ts'
import { doctorTextsWindows } from './doctor-texts-windows.ts'
import type { Language } from './language.ts'
import type { Parameters } from './messages-en.ts'
import { missingParameter } from './problem-text.ts'

export const doctorTexts: Record<Language, DoctorTexts> = {
  en: {
    source: (source) => (source === undefined ? 'no source works' : `source ${source}`),
    problems: 'Problems',
    status: { ok: 'ok', limited: 'limited', missing: 'missing' },
    checks: {
      ...doctorTextsMacos.en,
      ...doctorTextsWindows.en,
      ...doctorTextsTrace.en,
      'source-netlink': (status, p) =>
        status === 'ok'
          ? { text: 'The kernel tells its sockets over netlink: the fast way, with counters.' }
          : {
              text: `The kernel does not tell its sockets over netlink (${p('reason')}).`,
              remedy: 'Load the modules tcp_diag, udp_diag and inet_diag.',
            },
      'source-procfs': (status, p) =>
        status === 'ok'
          ? { text: '/proc/net can be read, in case netlink fails.' }
          : { text: `/proc/net cannot be read (${p('reason')}).`, remedy: 'Mount /proc without subset=pid.' },
      'socket-owners': (status, p) =>
        status === 'ok'
          ? { text: 'Owners of all sockets can be seen.' }
          : {
              text: `Processes that may not be looked at: ${p('refused')}. Sockets that they own have no visible owner.`,
              remedy: 'Run as root, or grant CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH together, to see more of them.',
            },
      'hidden-processes': (status) =>
        status === 'ok'
          ? { text: 'Processes of other users are not hidden.' }
          : {
              text: '/proc hides the processes of other users (hidepid).',
              remedy: 'Run as root, or join the group that the gid option of the mount names.',
            },
      'process-namespace': (status) =>
        status === 'ok'
          ? { text: 'The processes of the whole machine are in sight.' }
          : {
              text: 'This is a process namespace of its own, such as a container: outer owners stay unknown.',
              remedy: 'Run outside the container, or with the process namespace of the host.',
            },
      'network-namespace': (status) =>
        status === 'ok'
          ? { text: 'This is the network of the machine itself.' }
          : {
              text: 'This is a network namespace of its own: only its sockets are shown.',
              remedy: 'Run outside the container, or with the network of the host.',
            },
      'descriptor-counts': (status) =>
        status === 'ok'
          ? { text: 'The kernel counts the open files of a process: owners are found quickly.' }
          : {
              text: 'The kernel does not count the open files of a process: finding owners takes more work.',
              remedy: 'Linux 6.2 or newer does.',
            },
      'process-handles': (status, p) =>
        status === 'ok'
          ? { text: 'Processes are held by a handle, so a signal never reaches a successor.' }
          : { text: `Processes cannot be held by a handle (${p('reason')}).`, remedy: 'Linux 5.3 or newer has pidfd_open.' },
      'end-process': (status) =>
        status === 'ok'
          ? { text: 'Every process can be ended.' }
          : { text: 'Your own processes can be ended.', remedy: 'Run as root to end those of others.' },
      'close-connection': (status, p) => closeCheckEn(status, p('ptraceScope')),
      capability: (_status, p) => capabilityText(p, 'en'),
    },
  },
  'zh-CN': {
    source: (source) => (source === undefined ? '没有可用的来源' : `来源 ${source}`),
    problems: '问题',
    status: { ok: '正常', limited: '受限', missing: '缺失' },
    checks: {
      ...doctorTextsMacos['zh-CN'],
      ...doctorTextsWindows['zh-CN'],
      ...doctorTextsTrace['zh-CN'],
      'source-netlink': (status, p) =>
        status === 'ok'
          ? { text: '内核通过 netlink 提供套接字：最快的方式，并带有计数。' }
          : { text: `内核不通过 netlink 提供套接字（${p('reason')}）。`, remedy: '请加载模块 tcp_diag、udp_diag 和 inet_diag。' },
      'source-procfs': (status, p) =>
        status === 'ok'
          ? { text: '/proc/net 可以读取，以备 netlink 失败。' }
          : { text: `/proc/net 无法读取（${p('reason')}）。`, remedy: '挂载 /proc 时请勿使用 subset=pid。' },
      'socket-owners': (status, p) =>
        status === 'ok'
          ? { text: '可以看到所有套接字的所有者。' }
          : {
              text: `${p('refused')} 个进程不允许查看，它们的套接字看不到所有者。`,
              remedy: '以 root 运行，或同时授予 CAP_SYS_PTRACE 和 CAP_DAC_READ_SEARCH，即可看到更多。',
            },
      'hidden-processes': (status) =>
        status === 'ok'
          ? { text: '其他用户的进程没有被隐藏。' }
          : { text: '/proc 隐藏了其他用户的进程（hidepid）。', remedy: '以 root 运行，或加入挂载选项 gid 指定的组。' },
      'process-namespace': (status) =>
        status === 'ok'
          ? { text: '可以看到整台机器的进程。' }
          : { text: '这里是独立的进程命名空间（例如容器）：外部的所有者无从得知。', remedy: '在容器外运行，或使用主机的进程命名空间。' },
      'network-namespace': (status) =>
        status === 'ok'
          ? { text: '这里是机器本身的网络。' }
          : { text: '这里是独立的网络命名空间：只显示其中的套接字。', remedy: '在容器外运行，或使用主机的网络。' },
      'descriptor-counts': (status) =>
        status === 'ok'
          ? { text: '内核提供进程的打开文件数：能很快找到所有者。' }
          : { text: '内核不提供进程的打开文件数：查找所有者更费力。', remedy: 'Linux 6.2 或更新版本提供。' },
      'process-handles': (status, p) =>
        status === 'ok'
          ? { text: '以句柄持有进程，信号绝不会发给后来者。' }
          : { text: `无法以句柄持有进程（${p('reason')}）。`, remedy: 'Linux 5.3 或更新版本提供 pidfd_open。' },
      'end-process': (status) =>
        status === 'ok' ? { text: '可以结束任何进程。' } : { text: '可以结束您自己的进程。', remedy: '以 root 运行即可结束他人的进程。' },
      'close-connection': (status, p) => closeCheckZhCn(status, p('ptraceScope')),
      capability: (_status, p) => capabilityText(p, 'zh-CN'),
    },
  },
}

/** A row of the capability table: what, why not, and on which condition all the same. */
function capabilityText(p: Parameters, language: Language): CheckText {
  const colon = language === 'en' ? ': ' : '：'
  const text = `${featureText(p('feature'), language)}${colon}${capabilityReasonText(p('reason'), language)}`
  const condition = p('condition')
  return condition === missingParameter ? { text } : { text, remedy: capabilityConditionText(condition, language) }
}

function closeCheckEn(status: DoctorCheck['status'], ptraceScope: string): CheckText {
  if (status === 'ok') return { text: 'Every connection can be closed, if the kernel is built for it.' }
  if (ptraceScope === missingParameter)
    return { text: 'Connections of your own processes can be closed.', remedy: 'Run as root to close those of others.' }
  return {
    text: `No connection can be closed: reaching into other processes is forbidden (kernel.yama.ptrace_scope is ${ptraceScope}).`,
    remedy: 'Run as root.',
  }
}

function closeCheckZhCn(status: DoctorCheck['status'], ptraceScope: string): CheckText {
  if (status === 'ok') return { text: '只要内核支持，任何连接都可以关闭。' }
  if (ptraceScope === missingParameter) return { text: '可以关闭您自己进程的连接。', remedy: '以 root 运行即可关闭他人的连接。' }
  return { text: `无法关闭任何连接：不允许触及其他进程（kernel.yama.ptrace_scope 为 ${ptraceScope}）。`, remedy: '请以 root 运行。' }
}
