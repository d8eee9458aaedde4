/** 按需播报的内容。 */
import type { enAnnounce } from './en-announce.ts'

export const zhCnAnnounce: typeof enAnnounce = {
  announce: {
    news: '播报自上次以来的新增和关闭',
    place: '播报当前在表格中的位置',
    told: '{text}',
    shown: '{number} 个连接。',
    shownOf: '显示 {number} 个连接，共 {total} 个。',
    first: '稍后再次播报，即可听到新增和关闭的连接。',
    since: '自 {time} 以来新增 {added} 个，关闭 {closed} 个。',
    quiet: '自 {time} 以来没有新增，也没有关闭。',
    programs: '新增：{list}。',
    program: '{name} {rows} 个',
    otherPrograms: '其他',
    frozen: '表格已冻结。',
    row: '第 {row} 行，共 {rows} 行。',
    noRow: '键盘焦点还不在任何行上。按向下箭头键进入一行。',
    cell: '{column}：{text}。',
    emptyCell: '{column}：未知。',
    title: '列标题 {column}，第 {place} 列，共 {columns} 列。',
    subject: '{subject}。',
    subjectState: '{subject}，{state}。',
    highlight: { new: '新增。', changed: '刚有变化。', closed: '已关闭。' },
    selected: '已选择 {number} 行。',
    ascending: '按{column}升序排列。',
    descending: '按{column}降序排列。',
  },
}
