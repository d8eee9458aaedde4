/** 仅桌面应用才有的文字。 */
import type { enDesktop } from './en-desktop.ts'

export const zhCnDesktop: typeof enDesktop = {
  desktop: {
    title: '窗口与托盘',
    trayIcon: '托盘图标',
    trayShown: '显示',
    trayHidden: '不显示',
    trayHelp: '带有菜单的图标，显示套接字数和诊断结果。',
    trayHelpLinux: '带有菜单的图标，显示套接字数和诊断结果。GNOME 需要安装扩展才会显示。',
    closing: '关闭窗口时',
    closeQuits: '退出 Sockscope',
    closeStays: '在托盘中继续运行',
    closeHelp: '在托盘中，Sockscope 会继续监视。请在图标的菜单中退出。',
    closeHelpLinux: '在托盘中，Sockscope 会继续监视。请在图标的菜单中退出。如果桌面没有托盘，窗口会最小化。',
    starting: '启动时',
    startWindow: '打开窗口',
    startMinimized: '最小化（显示托盘图标时只留在托盘）',
    alwaysOnTop: '窗口置顶',
    topOn: '开',
    topOff: '关',
    topHelp: '让窗口始终位于其他窗口之上。',
    topHelpLinux: '让窗口始终位于其他窗口之上。使用 Wayland 的桌面可能不支持。',
    executableEnded: '进程 {pid} 已结束，无法再得知它的文件。',
    executableRemoved: '进程 {pid} 的文件在其启动后已被删除或替换。',
    executableElsewhere: '进程 {pid} 的文件不在此桌面的文件系统中。该进程可能在容器中运行。',
    executableUnknown: '系统未提供进程 {pid} 的文件。其所有者或管理员可以看到。',
  },
}
