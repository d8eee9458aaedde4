import type { ViewMessages } from './view-messages-en.ts'

export const viewMessagesZhCn: ViewMessages = {
  unknown: (name) => `--view：没有名为“${name}”的已保存视图，也没有这个文件。`,
  known: (names) => `已保存的视图：${names}。`,
  noneKnown: (file) => `${file} 中没有保存视图。请在窗口中保存（视图、保存此视图），或给出含有视图文本的文件。`,
  settingsBad: (file, reason) => `无法完整读取设置文件 ${file}（${reason}），已保存的视图可能缺失。`,
  notAFile: (file) => `--view：${file} 不是普通文件。`,
  unreadable: (file, reason) => `--view：无法读取 ${file}（${reason}）。`,
  input: '标准输入',
  problem: {
    'no-view': (from) => `--view：${from} 中没有视图文本。视图文本以 sockscope-view:1 开头。`,
    newer: (from) => `--view：${from} 中的视图属于其他版本的 Sockscope。`,
    'no-page': (from) => `--view：${from} 中的视图没有说明页面，例如 page=connections。`,
    'too-long': (from) => `--view：${from} 太长，不是视图文本。`,
  },
  badQuery: (name) => `--view：此版本无法识别 ${name} 的搜索内容：`,
  ignored: (parts) => `视图中无法识别并已略去的部分：${parts}。`,
  missing: (columns) => `视图中列表没有的列：${columns}。`,
  hostLeftOut: '主机名一列已略去：加上 --resolve 才会查询。',
  grouped: '该视图将套接字分组；列表逐个显示它们。',
}
