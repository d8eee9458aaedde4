/** What the command "trace" says in Chinese. */
import type { traceMessagesEn } from './trace-messages-en.ts'

export const traceMessagesZhCn: typeof traceMessagesEn = {
  needsQuery: '请说明要跟踪哪个连接：它的标识（sockscope list --columns id,local,remote），或只匹配它的查询。',
  noneMatched: (query) => `没有匹配的、有远程端的 TCP 连接：${query}`,
  severalMatched: (count) => `匹配到 ${count} 个 TCP 连接；一次只跟踪一个。请缩小查询范围，或给出其中一个的标识：`,
  andMore: (count) => `以及另外 ${count} 个`,
  listening: (seconds, packets, onInterface) =>
    `正在 ${onInterface} 上跟踪，最多 ${seconds} 秒、${packets} 个报文；只保留报文头。按 Ctrl+C 停止。`,
  command: (purpose, command) => `${purpose}：${command}`,
  toolSaid: (reason) => `它的输出：${reason}`,
  thisEnd: '本端',
  otherEnd: '对端',
  nothing: '没有抓到任何报文。连接没有活动，或其报文走了别的路径。',
  dropped: (count) => `抓包丢失了 ${count} 个报文；梯形图有缺口。`,
  summary: {
    opened: (who) => `由${who}打开`,
    openedBoth: '双方同时打开',
    openedBefore: '在跟踪开始之前打开',
    closedFirst: (who) => `${who}先关闭`,
    closedBoth: '双方同时关闭',
    roundTrip: (ms) => `往返 ${ms} 毫秒`,
    sent: (who, packets, bytes) => `${who}：${packets} 个报文，${bytes} 字节数据`,
    again: (count, all, percent) => `${all} 个报文段中有 ${count} 个被重传（${percent} %）`,
    conversations: (count) => `这些端口上有 ${count} 次会话；以下说的是最后一次`,
  },
  written: (file, packets) => `已将 ${packets} 个报文写入 ${file}（仅报文头）。`,
  exists: (file) => `${file} 已存在。请换一个名称，或加 --force 替换它。`,
  notWritten: (file, reason) => `无法写入 ${file}（${reason}）。`,
}
