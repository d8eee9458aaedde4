/** What the system's TCP settings mean, for people who wonder about a state. */
import type { KernelSettingId } from '../contract/network.ts'
import type { ExplainLanguage } from './state-text.ts'

const settingTexts: Readonly<Record<ExplainLanguage, Readonly<Record<KernelSettingId, string>>>> = {
  en: {
    'local-port-range': 'Ports that outgoing connections take. When all are in use towards one destination, connecting fails.',
    'listen-backlog-limit': 'Upper limit for the connections of a listening socket that wait to be accepted.',
    'max-syn-backlog': 'Half-open connections that are remembered per listening socket.',
    syncookies: 'Answers calls without remembering them when the queue is full. 0 off, 1 when needed, 2 always.',
    'syn-retries': 'How often an unanswered call is repeated; 6 take about two minutes.',
    'synack-retries': 'How often the answer to a call is repeated while the caller is silent.',
    'connect-timeout': 'After this time an attempt to connect is given up.',
    'keepalive-time': 'An idle connection with keepalive is probed after this time.',
    'keepalive-interval': 'Time between two probes that nobody answers.',
    'keepalive-probes': 'After so many unanswered probes the connection is given up.',
    'retransmit-retries': 'How often data is repeated before the connection is given up; 15 take about a quarter of an hour.',
    'orphan-retries': 'The same for connections that no process holds any more. 0 stands for 8.',
    'max-orphans': 'Connections without a process that are kept at most; more are reset at once.',
    'fin-timeout': 'How long FIN_WAIT_2 lasts once the process has let go.',
    'max-time-wait': 'Sockets that may be in TIME_WAIT at once; more are dropped early.',
    'time-wait-reuse': 'Lets outgoing connections take the port of one in TIME_WAIT. 0 never, 1 always, 2 on loopback only.',
    'segment-lifetime': 'How long a segment may live. TIME_WAIT lasts twice as long.',
    'abort-on-overflow': 'Resets a call when the queue of the listening socket is full, instead of letting the caller try again.',
  },
  'zh-CN': {
    'local-port-range': '出站连接使用的端口。对同一目的地全部用完时，连接会失败。',
    'listen-backlog-limit': '监听套接字等待 accept 的连接数上限。',
    'max-syn-backlog': '每个监听套接字记住的半开连接数。',
    syncookies: '队列已满时不记录连接请求也能应答。0 关闭，1 需要时，2 总是。',
    'syn-retries': '无人应答的 SYN 重传多少次；6 次约两分钟。',
    'synack-retries': '发起方沉默时，SYN+ACK 重传多少次。',
    'connect-timeout': '经过此时间后放弃连接尝试。',
    'keepalive-time': '启用 keepalive 的空闲连接经过此时间后开始探测。',
    'keepalive-interval': '两次无人应答的探测之间的时间。',
    'keepalive-probes': '这么多次探测无人应答后放弃连接。',
    'retransmit-retries': '数据重传多少次后放弃连接；15 次约一刻钟。',
    'orphan-retries': '同上，但针对已没有进程持有的连接。0 表示 8 次。',
    'max-orphans': '最多保留多少个没有进程的连接；更多的会立即重置。',
    'fin-timeout': '进程放手后 FIN_WAIT_2 持续多久。',
    'max-time-wait': '同时处于 TIME_WAIT 的套接字上限；更多的会提前丢弃。',
    'time-wait-reuse': '允许出站连接使用处于 TIME_WAIT 的端口。0 从不，1 总是，2 仅环回。',
    'segment-lifetime': '报文段可存活多久。TIME_WAIT 持续其两倍。',
    'abort-on-overflow': '监听套接字的队列已满时重置连接请求，而不是让发起方重试。',
  },
}

export function settingMeaning(id: KernelSettingId, language: ExplainLanguage): string {
  return settingTexts[language][id]
}
