/** The views that users of netstat, lsof and tcpdump know, and where Sockscope has them. */
import type { ExplainLanguage } from './state-text.ts'

export const netstatViewIds = [
  'all',
  'numbers',
  'owner',
  'protocol',
  'continuous',
  'host-names',
  'bound',
  'statistics',
  'interfaces',
  'routes',
  'network-direct',
  'lsof',
  'kill',
  'tcpdump',
] as const
export type NetstatViewId = (typeof netstatViewIds)[number]

export interface NetstatView {
  readonly id: NetstatViewId
  /** As it is typed. */
  readonly command: string
  readonly shows: string
  readonly here: string
  /** The same on the command line, where there is one. */
  readonly cli?: string
}

const commands: Readonly<Record<NetstatViewId, string>> = {
  all: 'netstat -a',
  numbers: 'netstat -n',
  owner: 'netstat -o, -p, -b',
  protocol: 'netstat -t, -u',
  continuous: 'netstat -c',
  'host-names': 'netstat -f',
  bound: 'netstat -q',
  statistics: 'netstat -s',
  interfaces: 'netstat -i, -e',
  routes: 'netstat -r',
  'network-direct': 'netstat -x, -y',
  lsof: 'lsof -i:PORT',
  kill: 'kill -9 PID',
  tcpdump: 'tcpdump',
}

const ownCommands: Readonly<Partial<Record<NetstatViewId, string>>> = {
  all: 'sockscope list',
  owner: 'sockscope list',
  protocol: 'sockscope list tcp',
  continuous: 'sockscope watch',
  bound: 'sockscope list state:bound',
  statistics: 'sockscope stats',
  interfaces: 'sockscope interfaces',
  routes: 'sockscope routes',
  lsof: 'sockscope list port:443',
  kill: 'sockscope kill 812',
}

const texts: Readonly<Record<ExplainLanguage, Readonly<Record<NetstatViewId, readonly [shows: string, here: string]>>>> = {
  en: {
    all: ['All endpoints, listening ones too.', 'Connections. The button Listening hides or shows the latter.'],
    numbers: ['Addresses and ports as numbers.', 'Always so: Sockscope asks no name server.'],
    owner: ['The process, its program and its path.', 'The columns Process, PID and Executable, and the owners in the details.'],
    protocol: ['TCP or UDP only.', 'The buttons TCP and UDP.'],
    continuous: ['The listing again and again.', 'Always so; "Look every" sets the interval, Space holds the table.'],
    'host-names': ['Full host names (Windows).', 'Not shown: addresses stay numbers.'],
    bound: ['Sockets that have a port and neither listen nor call (Windows).', 'Rows in BOUND, where the system tells them.'],
    statistics: ['Counters per protocol.', 'Statistics: counters with rates and plain names.'],
    interfaces: ['Counters per interface.', 'Statistics: interfaces.'],
    routes: ['The routing table.', 'Statistics: routes.'],
    'network-direct': ['NetworkDirect endpoints and TCP templates (Windows).', 'Not shown.'],
    lsof: ['Who uses a port.', 'Search for :443 or port:443.'],
    kill: [
      'Ends a process at once. Its descriptors go; the kernel still finishes the connections that are closing.',
      'End process (Del). To be rid of one connection only: Close connection (Shift+Del).',
    ],
    tcpdump: [
      'The segments of a handshake with their flags.',
      'The trace of one connection, on Linux and macOS with the privileges for it.',
    ],
  },
  'zh-CN': {
    all: ['所有端点，包括监听的。', '“连接”页。“监听”按钮隐藏或显示后者。'],
    numbers: ['地址和端口显示为数字。', '始终如此：Sockscope 不查询名称服务器。'],
    owner: ['进程、程序及其路径。', '“进程”、“PID”、“可执行文件”列，以及详情中的所有者。'],
    protocol: ['只看 TCP 或 UDP。', '“TCP”和“UDP”按钮。'],
    continuous: ['反复列出。', '始终如此；可设置查看间隔，空格键暂停表格。'],
    'host-names': ['完整主机名（Windows）。', '不显示：地址保持为数字。'],
    bound: ['占有端口、既不监听也不发起连接的套接字（Windows）。', '处于 BOUND 的行（系统提供时）。'],
    statistics: ['各协议的计数器。', '“统计”页：带速率和通俗名称的计数器。'],
    interfaces: ['各网络接口的计数器。', '“统计”页：接口。'],
    routes: ['路由表。', '“统计”页：路由。'],
    'network-direct': ['NetworkDirect 端点和 TCP 模板（Windows）。', '不显示。'],
    lsof: ['谁在使用某个端口。', '搜索 :443 或 port:443。'],
    kill: [
      '立即结束进程。描述符随之释放；正在关闭的连接仍由内核收尾。',
      '“结束进程”（Del）。若只想去掉一个连接：“关闭连接”（Shift+Del）。',
    ],
    tcpdump: ['握手的各报文段及其标志。', '单个连接的跟踪，在 Linux 和 macOS 上并需要相应权限。'],
  },
}

/** In the order in which they are listed. */
export function netstatViews(language: ExplainLanguage): readonly NetstatView[] {
  return netstatViewIds.map((id) => {
    const [shows, here] = texts[language][id]
    const cli = ownCommands[id]
    return cli === undefined ? { id, command: commands[id], shows, here } : { id, command: commands[id], shows, here, cli }
  })
}
