/** Texts of the checks that only macOS makes. */
import type { DoctorTexts } from './doctor-check-text.ts'
import type { Language } from './language.ts'

export const doctorTextsMacos: Record<Language, DoctorTexts['checks']> = {
  en: {
    'source-macos-pcblist_n': (status, p) =>
      status === 'ok'
        ? { text: 'The kernel tells its sockets, of all users and with counters; an own socket was found in its answer.' }
        : {
            text: `The kernel's own tables of sockets cannot be used (${p('reason')}).`,
            remedy: 'Look for a newer Sockscope; until then netstat is asked, which takes longer.',
          },
    'source-macos-netstat': (status, p) =>
      status === 'ok'
        ? { text: 'netstat answers, in case the kernel does not.' }
        : { text: `netstat cannot be used (${p('reason')}).`, remedy: 'Restore /usr/sbin/netstat, which is part of macOS.' },
    'source-macos-lsof': (status, p) =>
      status === 'ok'
        ? { text: 'lsof answers, in case netstat does not.' }
        : { text: `lsof cannot be used (${p('reason')}).`, remedy: 'Restore /usr/sbin/lsof, which is part of macOS.' },
    'process-facts-macos': (status, p) => {
      if (status === 'ok') return { text: 'Names, paths and starts of all processes are read from the kernel.' }
      if (status === 'limited')
        return { text: `Names of processes come from ps, which takes longer (${p('reason')}).`, remedy: 'Look for a newer Sockscope.' }
      return { text: `Nothing can be read about processes (${p('reason')}).`, remedy: 'Look for a newer Sockscope.' }
    },
    'end-process-macos': (status) =>
      status === 'ok'
        ? { text: 'Every process can be ended that macOS does not protect.' }
        : {
            text: 'Your own processes can be ended; for others macOS asks for the password of an administrator.',
            remedy: 'Run as root to be asked no more.',
          },
  },
  'zh-CN': {
    'source-macos-pcblist_n': (status, p) =>
      status === 'ok'
        ? { text: '内核提供所有用户的套接字及其计数；已在其中找到自己的套接字。' }
        : { text: `无法使用内核自己的套接字表（${p('reason')}）。`, remedy: '请寻找更新版本的 Sockscope；在此之前改用较慢的 netstat。' },
    'source-macos-netstat': (status, p) =>
      status === 'ok'
        ? { text: 'netstat 可以应答，以备内核不应答。' }
        : { text: `无法使用 netstat（${p('reason')}）。`, remedy: '请恢复 macOS 自带的 /usr/sbin/netstat。' },
    'source-macos-lsof': (status, p) =>
      status === 'ok'
        ? { text: 'lsof 可以应答，以备 netstat 不应答。' }
        : { text: `无法使用 lsof（${p('reason')}）。`, remedy: '请恢复 macOS 自带的 /usr/sbin/lsof。' },
    'process-facts-macos': (status, p) => {
      if (status === 'ok') return { text: '所有进程的名称、路径和启动时间都由内核提供。' }
      if (status === 'limited') return { text: `进程名称来自较慢的 ps（${p('reason')}）。`, remedy: '请寻找更新版本的 Sockscope。' }
      return { text: `无法读取任何进程信息（${p('reason')}）。`, remedy: '请寻找更新版本的 Sockscope。' }
    },
    'end-process-macos': (status) =>
      status === 'ok'
        ? { text: '可以结束任何不受 macOS 保护的进程。' }
        : { text: '可以结束您自己的进程；结束他人的进程时，macOS 会要求输入管理员密码。', remedy: '以 root 运行即可不再被询问。' },
  },
}
