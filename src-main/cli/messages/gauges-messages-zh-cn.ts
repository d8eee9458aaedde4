import type { GaugesMessages } from './gauges-messages-en.ts'

export const gaugesMessagesZhCn: GaugesMessages = {
  title: {
    ports: '每个目的地的动态端口',
    descriptors: '每个进程的描述符',
    'accept-queues': '等待 accept() 的连接',
    orphans: '没有进程的连接',
    'time-wait': 'TIME_WAIT',
    'tcp-memory': 'TCP 的内存',
  },
  machine: '整台机器',
  range: (from, to, count) => `（${from} 到 ${to}，每个目的地 ${count} 个）`,
  untold: (gauge, reason) => `${gauge}：${reason}`,
  heading: {
    share: '占比',
    used: '已用',
    limit: '上限',
    local: '本地',
    remote: '远程',
    process: '进程',
    states: '状态',
    sockets: '套接字',
    what: '项目',
  },
}
