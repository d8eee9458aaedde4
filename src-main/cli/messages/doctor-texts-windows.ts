/** Texts of the checks that only Windows makes. */
import type { DoctorTexts } from './doctor-check-text.ts'
import type { Language } from './language.ts'

export const doctorTextsWindows: Record<Language, DoctorTexts['checks']> = {
  en: {
    'source-windows-iphlpapi': (status, p) =>
      status === 'ok'
        ? { text: 'Windows tells all its endpoints with their owners.' }
        : {
            text: `The tables of endpoints cannot be used (${p('reason')}).`,
            remedy: 'Look for a newer Sockscope; until then netstat is asked, which tells less.',
          },
    'source-windows-netstat': (status, p) =>
      status === 'ok'
        ? { text: 'netstat answers, in case the tables cannot be read.' }
        : { text: `netstat cannot be used (${p('reason')}).`, remedy: 'Restore netstat.exe, which is part of Windows.' },
    'windows-processes': (status, p) =>
      status === 'ok'
        ? { text: 'Names, paths and starts of all processes are known.' }
        : { text: `Nothing can be read about processes (${p('reason')}).`, remedy: 'Look for a newer Sockscope.' },
    'windows-elevation': (status) =>
      status === 'ok'
        ? { text: 'Sockscope runs as administrator: every process that Windows does not protect can be ended.' }
        : {
            text: 'Your own processes can be ended; for others Windows asks for your consent.',
            remedy: 'Run as administrator to be asked no more.',
          },
    'windows-close-connection': (status) =>
      status === 'ok'
        ? { text: 'IPv4 connections can be closed.' }
        : {
            text: 'Before it closes an IPv4 connection, Windows asks for your consent.',
            remedy: 'Run as administrator to be asked no more.',
          },
    'windows-close-ipv6': (_status, p) =>
      p('experiment') === 'on'
        ? {
            text: 'IPv6 connections are closed through a call that Windows does not document.',
            remedy: 'Unset SOCKSCOPE_EXPERIMENTAL_CLOSE_IPV6 to do without it.',
          }
        : {
            text: 'Windows documents no call that closes IPv6 connections.',
            remedy: 'Set SOCKSCOPE_EXPERIMENTAL_CLOSE_IPV6=1 to try an undocumented one.',
          },
    'windows-counters': (status) =>
      status === 'ok'
        ? { text: 'Bytes of connections are counted from the moment Sockscope first sees them.' }
        : {
            text: 'Bytes of connections are not counted: Windows does that for administrators only.',
            remedy: 'Run as administrator, or let Sockscope do something that needs it; its helper counts from then on.',
          },
  },
  'zh-CN': {
    'source-windows-iphlpapi': (status, p) =>
      status === 'ok'
        ? { text: 'Windows 提供所有端点及其所有者。' }
        : { text: `无法使用端点表（${p('reason')}）。`, remedy: '请寻找更新版本的 Sockscope；在此之前改用信息较少的 netstat。' },
    'source-windows-netstat': (status, p) =>
      status === 'ok'
        ? { text: 'netstat 可用，以备端点表无法读取。' }
        : { text: `无法使用 netstat（${p('reason')}）。`, remedy: '请恢复 netstat.exe，它是 Windows 的一部分。' },
    'windows-processes': (status, p) =>
      status === 'ok'
        ? { text: '所有进程的名称、路径和启动时间均可知。' }
        : { text: `无法读取进程信息（${p('reason')}）。`, remedy: '请寻找更新版本的 Sockscope。' },
    'windows-elevation': (status) =>
      status === 'ok'
        ? { text: 'Sockscope 以管理员身份运行：可以结束 Windows 未保护的任何进程。' }
        : { text: '可以结束您自己的进程；结束其他进程时 Windows 会征求您的同意。', remedy: '以管理员身份运行，便不再询问。' },
    'windows-close-connection': (status) =>
      status === 'ok'
        ? { text: '可以关闭 IPv4 连接。' }
        : { text: '关闭 IPv4 连接之前，Windows 会征求您的同意。', remedy: '以管理员身份运行，便不再询问。' },
    'windows-close-ipv6': (_status, p) =>
      p('experiment') === 'on'
        ? { text: '通过 Windows 未公开的调用关闭 IPv6 连接。', remedy: '取消设置 SOCKSCOPE_EXPERIMENTAL_CLOSE_IPV6 即不再使用。' }
        : { text: 'Windows 没有公开关闭 IPv6 连接的调用。', remedy: '设置 SOCKSCOPE_EXPERIMENTAL_CLOSE_IPV6=1 可尝试未公开的调用。' },
    'windows-counters': (status) =>
      status === 'ok'
        ? { text: '从 Sockscope 首次看到连接时起统计其字节数。' }
        : {
            text: '不统计连接的字节数：Windows 只为管理员统计。',
            remedy: '以管理员身份运行，或让 Sockscope 执行一次需要管理员权限的操作；此后由其助手统计。',
          },
  },
}
