import type { HelpTexts } from './help-texts.ts'

const dialect = '状态用词：RFC 9293（默认）、Windows 或 ss'
const yes = '不询问'
const dryRun = '只显示将会发生什么'

export const helpZhCn: HelpTexts = {
  title: 'Sockscope：本机的每个 TCP 与 UDP 端点、它属于谁，以及处理它的办法。',
  usage: '用法',
  commands: '命令',
  options: '选项',
  examples: '示例',
  exitCodes: '退出码',
  exitLines: ['0 完成', '1 没有符合项，或未能实现', '2 用法错误', '3 没有权限', '4 目标已不存在', '5 无法读取本机'],
  more: '运行“sockscope 命令 --help”查看某个命令。',
  serve: '向本机的浏览器提供界面',
  commonOptions: {
    lang: '消息的语言；默认依照 LC_ALL、LC_MESSAGES 和 LANG',
    help: '显示此帮助',
    version: '显示版本',
  },
  byCommand: {
    list: {
      summary: '列出一次连接',
      usage: '[查询] [选项]',
      details: [
        '查询使用搜索框的过滤语言：词匹配进程、地址、端口或状态；条件如 process:nginx、',
        'state:close_wait、port:8000-8999、remote:10.0.0.0/8 或 :8080；-条件 或 !条件 表示排除；OR 和 ( ) 用于组合。',
        '数值可用 >、< 和带单位的范围：age:>5m、rx:>1MB、rtt:>100ms、lastrx:>5m、unanswered:>2、retrans:>0。',
      ],
      options: {
        json: '一个 JSON 数组',
        ndjson: '每行一个 JSON 对象',
        csv: '逗号分隔值（RFC 4180）',
        columns: '按此顺序显示这些列（表格与 CSV）',
        sort: '按此列排序；-列 表示降序',
        all: '显示所有列（表格与 CSV）',
        from: '读取用 --json 或 --ndjson 保存的列表及其中的名称，而不是本机；- 表示标准输入',
        view: '采用窗口中保存的视图的搜索、列和排序，或文件中视图文本的；- 表示标准输入',
        services: '加上端口登记的用途，例如 https',
        country: '加上远程地址的国家或地区和网络，来自本机的数据',
        resolve: '加上远程地址的主机名；会询问 DNS 解析器，它会得知这些地址',
        dialect,
        verbose: '在 stderr 说明答案受到的限制',
      },
      examples: [
        ['sockscope list :8080', '谁在使用端口 8080'],
        ['sockscope list is:listening -is:loopback', '哪些可以从外部访问'],
        ['sockscope list state:close_wait --columns pid,process,remote', '程序忘记关闭的连接'],
        ['sockscope list --sort -received --all', '接收最多的在前'],
        ['sockscope list is:public --country --resolve', '与互联网上的谁通信'],
        ['sockscope list is:listening --services', '这里提供哪些服务（按名称）'],
        ['sockscope list --view 服务器', '已保存的视图所显示的内容'],
        ['sockscope list --from saved.json state:time_wait', '查询已保存的列表'],
      ],
    },
    watch: {
      summary: '每次变化打印一行',
      usage: '[查询] [选项]',
      details: ['+ 表示新连接，~ 表示变化及其内容，- 表示已关闭。按 Ctrl+C 结束。'],
      options: {
        interval: '两次查看之间的秒数（默认 1）',
        for: '这么多秒后停止',
        count: '这么多次变化后停止',
        initial: '先打印已有的连接，标记为 =',
        services: '在每个端口旁写出它登记的用途',
        ndjson: '每次变化一个 JSON 对象',
        dialect,
      },
      examples: [
        ['sockscope watch process:node', 'node 打开和关闭了什么'],
        ['sockscope watch is:listening --count 1', '等到有程序开始或停止监听'],
      ],
    },
    kill: {
      summary: '按编号或所占端口结束进程',
      usage: 'PID... | --port N [选项]',
      details: ['先显示将结束什么并询问。以编号和启动时间识别进程：绝不会误杀后来者。'],
      options: {
        port: '结束监听此端口的进程；没有监听者时，结束使用它的进程',
        signal: '只发送此信号；不指定则先 TERM，不退出再 KILL',
        tree: '也结束子进程，父进程在先',
        yes,
        'dry-run': dryRun,
        'even-protected': '即使是 Sockscope 自己或系统的第一个进程也结束',
      },
      examples: [
        ['sockscope kill --port 8080', '释放端口 8080'],
        ['sockscope kill 4242 --tree --yes', '不询问，结束进程及其子进程'],
      ],
    },
    close: {
      summary: '关闭连接，进程保留',
      usage: '查询 [选项]',
      details: ['先显示将关闭什么并询问。对端会看到重置。监听、仅绑定和 UDP 套接字会被拒绝：请用 kill。'],
      options: { yes, 'dry-run': dryRun },
      examples: [
        ['sockscope close process:app state:close_wait', '清理程序忘记关闭的连接'],
        ['sockscope close remote:192.0.2.7 --dry-run', '只查看'],
      ],
    },
    explain: {
      summary: '解释一个 TCP 状态（任何写法均可）或一个连接',
      usage: '[状态|ID] [--json]',
      details: [
        '不指定状态：列出全部，每行一个。指定连接的 id（见 list --json）：说明其状态对这个连接意味着什么、',
        '下一步由谁行动、是否正常。',
      ],
      options: { json: '以 JSON 输出解释' },
      examples: [
        ['sockscope explain CLOSE_WAIT', ''],
        ['sockscope explain c0000000000001a2b', '一个连接'],
        ['sockscope explain fin-wait-2 --lang zh-CN', ''],
      ],
    },
    doctor: {
      summary: '说明此处能看到和做到什么，以及为何不能更多',
      usage: '[--json]',
      details: [],
      options: { json: '以 JSON 输出报告' },
      examples: [['sudo sockscope doctor', 'root 能看到什么']],
    },
    stats: {
      summary: '系统启动以来 IP、ICMP、TCP 和 UDP 的计数',
      usage: '[--all] [--for SECONDS] [--settings] [--json]',
      details: ['名称取自 RFC 1213、RFC 4022 和 RFC 4113（如果其中有）。省略为零的计数。'],
      options: {
        all: '也显示零',
        for: '计数这么多秒，显示有变化的项目及其速率',
        settings: '改为显示决定 TCP 状态的系统设置，附默认值和含义',
        json: '以 JSON 输出完整答案',
      },
      examples: [
        ['sockscope stats', '重传、失败的尝试、溢出'],
        ['sockscope stats --for 10', '现在什么在增长，有多快？'],
        ['sockscope stats --settings', '这里的 FIN_WAIT_2 会持续多久？'],
      ],
    },
    interfaces: {
      summary: '网络接口及其地址和计数',
      usage: '[--json]',
      details: [],
      options: { json: '以 JSON 输出完整答案' },
      examples: [['sockscope interfaces', '']],
    },
    routes: {
      summary: '本机的路由',
      usage: '[--all] [--json]',
      details: ['不加 --all 时省略本机地址、广播和多播的条目。'],
      options: { all: '所有路由表和所有类型的路由', json: '以 JSON 输出完整答案' },
      examples: [['sockscope routes', '数据包去往何处']],
    },
    gauges: {
      summary: '有上限的资源用了多少：端口、描述符、队列、孤儿连接',
      usage: '[--json]',
      details: ['最满的端口、进程和队列及其上限。此系统不告知的会列出。'],
      options: { json: '以 JSON 输出完整答案' },
      examples: [
        ['sockscope gauges', '最先满的是什么？'],
        ['sudo sockscope gauges --json', '在脚本中，包括所有用户的进程'],
      ],
    },
    diagnose: {
      summary: '观察一段时间，说明哪里有问题、为什么、该做什么',
      usage: '[选项]',
      details: [
        '查找泄漏、无人应答的连接请求、洪水、已满的队列、用完的端口等。有发现时退出码为 1，没有则为 0。',
        '不会更改任何东西。按 Ctrl+C 提前结束，并给出到此为止的发现。会列出需要更长时间的规则。',
      ],
      options: {
        for: '观察这么多秒（默认 15）',
        interval: '两次查看之间的秒数（默认 1）',
        thresholds: '本次使用其他阈值，例如 close-wait-age=2s,stalled-queue=64KiB,port-share=50%',
        'usual-thresholds': '不采用您在窗口中更改的阈值',
        rule: '只用这些规则',
        severity: '只看至少这么严重的（默认 notice）',
        report: '完整的报告，包含机器、证据和阈值，可转交他人',
        json: '一个 JSON 对象，不含说明',
      },
      examples: [
        ['sockscope diagnose --for 90', '除两小时的规则外，对所有规则都足够'],
        ['sockscope diagnose --rule close-wait-leak --thresholds close-wait-age=5s --for 10', '更快地查找泄漏'],
        ['sudo sockscope diagnose --for 60 --report markdown > report.md', '用于工单的报告'],
        ['sockscope diagnose --severity warning --json || notify-admin', '在脚本中'],
      ],
    },
    trace: {
      summary: '抓取一个 TCP 连接的报文头，并画出双方的对话',
      usage: '查询|标识 [选项]',
      details: [
        '每一步都带有标志、相对序号、含义和它引起的状态。只保留报文头，绝不保留所携带的内容。',
        '需要 tcpdump 和抓包权限（root，或授予 tcpdump CAP_NET_RAW）；“sockscope doctor”会说明。按 Ctrl+C 结束。',
      ],
      options: {
        for: '秒数（默认 60，最多 300）',
        packets: '抓到这么多报文后结束（默认 500，最多 5000）',
        write: '同时将报文头写成 pcap 文件，仅供本用户读取',
        force: '文件已存在时替换它',
        json: '结束时输出一个 JSON 对象，而不画图',
      },
      examples: [
        ['sudo sockscope trace process:firefox remote:192.0.2.7', '必须恰好匹配一个连接'],
        ['sudo sockscope trace c0000000000026e21 --for 20 --write talk.pcap', '按“list --columns id”显示的标识'],
      ],
    },
  },
}
