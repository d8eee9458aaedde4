/** 使表格保持不动的原因。 */
import type { enStillness } from './en-stillness.ts'

export const zhCnStillness: typeof enStillness = {
  stillness: {
    held: {
      menu: '菜单打开时暂停更新',
      text: '选中文字时暂停更新',
      key: '按住 {key} 时暂停更新',
      export: '写入文件时暂停更新',
    },
    waitingRows: '{looks}：新增 {added} 行，变化 {changed} 行，关闭 {removed} 行',
    sorting: '排序',
    sortingAlways: '每次刷新后保持排序',
    sortingOnRequest: '仅在我排序时',
    sortingHelp: '仅在我排序时：各行保持原位，新行排在末尾，直到您点击列标题重新排序。',
    command: '每次刷新后保持排序',
  },
} as const
