/** Every word of the menu and of the shell's own messages, in the languages of the interface. */
import type { Settings } from '../../../src-shared/model/settings.ts'

const english = {
  file: 'File',
  settings: 'Settings…',
  quit: 'Quit',
  /** On macOS. */
  quitApp: 'Quit Sockscope',
  /** On Windows. */
  exit: 'Exit',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  delete: 'Delete',
  selectAll: 'Select All',
  find: 'Find',
  view: 'View',
  refresh: 'Refresh Now',
  togglePause: 'Pause or Resume',
  theme: 'Theme',
  themeSystem: 'Same as System',
  themeLight: 'Light',
  themeDark: 'Dark',
  language: 'Language',
  languageSystem: 'Same as System',
  actualSize: 'Actual Size',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  fullScreen: 'Full Screen',
  reload: 'Reload',
  developerTools: 'Developer Tools',
  go: 'Go',
  connections: 'Connections',
  processes: 'Processes',
  listening: 'Listening Ports',
  remotes: 'Remote Hosts',
  diagnosis: 'Diagnosis',
  statistics: 'Statistics',
  reference: 'Reference',
  palette: 'Command Palette…',
  watchRules: 'Watch Rules…',
  window: 'Window',
  minimize: 'Minimize',
  zoom: 'Zoom',
  alwaysOnTop: 'Always on Top',
  close: 'Close',
  front: 'Bring All to Front',
  help: 'Help',
  shortcuts: 'Keyboard Shortcuts',
  tcpStates: 'TCP States (RFC 9293)',
  about: 'About Sockscope',
  services: 'Services',
  hide: 'Hide Sockscope',
  hideOthers: 'Hide Others',
  showAll: 'Show All',
  defectTitle: 'Sockscope has to end',
  defectBody: 'An error occurred that Sockscope cannot recover from. No process and no connection was changed by it.',
}
export type MenuTexts = Readonly<typeof english>

const chinese: MenuTexts = {
  file: '文件',
  settings: '设置…',
  quit: '退出',
  quitApp: '退出 Sockscope',
  exit: '退出',
  edit: '编辑',
  undo: '撤销',
  redo: '重做',
  cut: '剪切',
  copy: '复制',
  paste: '粘贴',
  delete: '删除',
  selectAll: '全选',
  find: '查找',
  view: '视图',
  refresh: '立即刷新',
  togglePause: '暂停或继续',
  theme: '主题',
  themeSystem: '跟随系统',
  themeLight: '浅色',
  themeDark: '深色',
  language: '语言',
  languageSystem: '跟随系统',
  actualSize: '实际大小',
  zoomIn: '放大',
  zoomOut: '缩小',
  fullScreen: '全屏',
  reload: '重新加载',
  developerTools: '开发者工具',
  go: '前往',
  connections: '连接',
  processes: '进程',
  listening: '监听端口',
  remotes: '远程主机',
  diagnosis: '诊断',
  statistics: '统计',
  reference: '参考',
  palette: '命令面板…',
  watchRules: '监视规则…',
  window: '窗口',
  minimize: '最小化',
  zoom: '缩放',
  alwaysOnTop: '窗口置顶',
  close: '关闭',
  front: '全部置于前面',
  help: '帮助',
  shortcuts: '键盘快捷键',
  tcpStates: 'TCP 状态 (RFC 9293)',
  about: '关于 Sockscope',
  services: '服务',
  hide: '隐藏 Sockscope',
  hideOthers: '隐藏其他',
  showAll: '全部显示',
  defectTitle: 'Sockscope 必须退出',
  defectBody: '发生了 Sockscope 无法恢复的错误。没有任何进程或连接因此被更改。',
}

/** `systemLocale` is a BCP 47 tag such as zh-Hans-CN and decides when the setting is `system`. */
export function menuTexts(language: Settings['language'], systemLocale: string): MenuTexts {
  return menuLanguage(language, systemLocale) === 'zh-CN' ? chinese : english
}

/** The one of our languages that menus speak; `systemLocale` as above. */
export function menuLanguage(language: Settings['language'], systemLocale: string): 'en' | 'zh-CN' {
  const chosen = language === 'system' ? systemLocale : language
  return chosen.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/** As programs of the platform call it. */
export function quitText(platform: string, { quit, quitApp, exit }: MenuTexts): string {
  if (platform === 'darwin') return quitApp
  return platform === 'win32' ? exit : quit
}
