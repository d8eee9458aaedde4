/** The counterpart of load-rules-en.ts. */
import { programsZhCn, unknownProgramZhCn as unknownProgram } from './unseen-programs.ts'
import type { RuleText } from './rule-text.ts'

export const loadRulesZhCn = {
  'accept-queue-full': {
    name: '程序没有接受的连接',
    title: ({ process = '某个程序', local }) =>
      local === undefined ? '等待接受的连接的队列溢出' : `${process} 接受 ${local} 上的连接不够快`,
    fires: '一个监听套接字的 accept 队列达到其 backlog 的 {accept-queue-share}，或者系统统计到在这种队列上丢弃的连接。',
    meaning:
      '这些发起方已完成握手并认为已经连接，程序却没有用 accept() 取走它们。队列已满时系统会丢弃后续的握手：发起方等待、重试，最后失败。',
    now: [
      '看看程序在做什么。如果占满一个处理器，是工作太多；如果队列已满却在睡眠，是被阻塞：锁、数据库或磁盘已满。',
      '重新启动可解除阻塞，同时也会丢掉正在等待的发起方。',
    ],
    lasting: [
      '用一个不做其他事情的循环来接受连接，再把工作交出去；增加工作进程或线程。',
      {
        on: ['linux'],
        text: '对于短暂的突发，更长的队列有帮助：请同时调大程序给 listen() 的 backlog 和 net.core.somaxconn，因为以较小者为准。两者在下一次 listen() 时生效，即重新启动之后。',
      },
      {
        on: ['darwin'],
        text: '对于短暂的突发，更长的队列有帮助：请同时调大程序给 listen() 的 backlog 和 kern.ipc.somaxconn，因为以较小者为准。',
      },
    ],
    myths: [
      '更长的队列治不好过慢的程序：发起方只会等得更久。',
      { on: ['linux'], text: 'tcp_abort_on_overflow 不会增加空间：发起方得到重置，而原本会重试。' },
    ],
    cannotTell: '计数是整个系统的：哪个监听套接字丢弃了连接，只能从其队列得知。',
  },
  'port-exhaustion': {
    name: '本地端口即将用完',
    title: ({ remote = '某个目的地' }) => `通往 ${remote} 的本地端口即将用完`,
    fires: '通往一个目的地的已用端口达到动态端口范围的 {port-share}。',
    meaning:
      '从一个本地地址到一个远程地址和端口的每个连接，都需要有限范围内的一个本地端口。用完之后 connect() 会失败（地址不可用）。其他目的地不受影响。',
    now: [
      '看看哪个进程在使用这些端口、处于什么状态。多为 ESTABLISHED：打开的连接太多或从不关闭。多为 TIME_WAIT：每个请求都新建一个连接。',
      '让该进程同时少做一些。TIME_WAIT 会自行结束；泄漏的连接随进程结束。',
      '扩大端口范围立即见效，无需重新启动。',
    ],
    lasting: [
      '复用连接：keep-alive、连接池、减少并行的客户端。',
      '在协议允许时让对端先关闭：TIME_WAIT 就在对端。',
      '使用更多本地或远程地址：每一对地址都有完整的范围。',
      {
        on: ['linux'],
        text: 'net.ipv4.tcp_tw_reuse=1 允许新的出站连接在一秒后使用处于 TIME_WAIT 的端口。它需要双方的时间戳，对入站连接没有作用；默认值 2 只用于环回。',
      },
    ],
    myths: [
      '单独的 TIME_WAIT 是无害的：不是泄漏，也不是错误。稀缺的只是通往一个目的地的端口。',
      { on: ['linux'], text: 'tcp_tw_recycle 已不存在：它会破坏 NAT 后面的客户端，在 Linux 4.12 中被移除。' },
      {
        on: ['linux'],
        text: 'tcp_fin_timeout 不会缩短 TIME_WAIT，后者在内核中固定为 60 秒。tcp_syncookies 也与它无关。',
      },
    ],
    cannotTell: '途中的 NAT 网关或负载均衡器有自己的端口，可能更早用完。',
  },
  'reader-stalled': {
    name: '收到的数据没有被读取',
    title: ({ process = unknownProgram, unseenUser, remote }) =>
      `${unseenUser === undefined ? process : programsZhCn(unseenUser)} 不读取 ${remote ?? '对端'} 发送的数据`,
    fires: '一个连接的接收队列有 {stalled-queue} 或更多，在 {stalled-time} 内没有减少，并且这段时间内从中读取的数据不到 64 KiB。',
    meaning: '数据已到达并已确认，但程序没有调用 read()。缓冲区满后，TCP 会让对端停止（窗口为 0），对端也会停滞。',
    now: ['看看程序在做什么：被阻塞、停在调试器中，或忙于其他工作。', '如果不能恢复，请重新启动它：队列中的数据会随之丢失。'],
    lasting: ['用从不等待处理的线程或循环来读取，并限制处理的时间。', '如果有意让读取变慢（背压），请为本机调高阈值。'],
    myths: ['更大的接收缓冲区治不好它：同样会满，只是晚一些。'],
    cannotTell: '程序是否有意等待，以减慢对端。',
  },
  'sender-stalled': {
    name: '发送的数据没有被取走',
    title: ({ process = '本机', remote, rows }) => `${remote ?? (rows > 1 ? '多个对端' : '某个对端')} 不取走 ${process} 发送的数据`,
    fires: '一个连接的发送队列有 {stalled-queue} 或更多，在 {stalled-time} 内没有减少，并且这段时间内从中发出的数据不到 64 KiB。',
    meaning: '程序已写入这些数据，而它们仍在这里：已发送但未确认，或因对端没有空间而未发送。要么对端不读取，要么路径不通。',
    now: [
      '查看重传和定时器。重传说明路径丢失数据；窗口探测（persist 定时器）说明对端最后一次表示没有空间；探测得到应答才说明对端还在，只是不读取。',
      '如果是后者，请查看另一端的程序。',
    ],
    lasting: ['让程序限制写给缓慢对端的数据，并断开落后的对端。', '如果路径有丢失，请检查损坏的链路、过载的网关或错误的 MTU。'],
    myths: ['更大的发送缓冲区治不好它：只是让程序更久看不到问题。'],
    cannotTell: '对端的程序在做什么。在系统不提供重传和定时器时，无法区分路径和对端。',
  },
  'connection-churn': {
    name: '不断打开和关闭的连接',
    title: ({ process, remote }) => `${process ?? '本机'} 不断打开和关闭到 ${remote ?? '同一端点'} 的连接`,
    fires: '在 {churn-window} 内，到同一端点的连接以 {churn-rate} 或更快的速度打开和关闭。',
    meaning:
      '似乎每个请求都用一个自己的连接。每个连接都要一次握手、一次慢启动，之后在先关闭的一方留下一个处于 TIME_WAIT 的端口。可以工作，但浪费时间，端口也可能用完。',
    now: ['仅此不会出故障。请看看通往该端点的端口是否快要用完。'],
    lasting: [
      '复用连接：双方使用 keep-alive，客户端使用连接池，用一个客户端对象而不是每个请求一个。',
      '看看服务器是否以“Connection: close”应答，或过早关闭空闲连接。',
    ],
    myths: ['由此留下的许多 TIME_WAIT 本身无害。不要设法消除它们：请复用连接。'],
    cannotTell: '在两次查看之间出现又消失的连接看不到：实际速度可能更高。',
  },
  'fd-pressure': {
    name: '描述符即将用完',
    title: ({ process = unknownProgram }) => `${process} 的描述符已用掉大部分`,
    fires: '一个进程用掉其描述符上限的 {descriptor-share} 或更多，并且大多是套接字。',
    meaning:
      '每个套接字和每个打开的文件占用一个描述符，而进程有上限。达到之后 accept()、connect() 和 open() 都会失败（“打开的文件过多”）。',
    now: [
      '查看其套接字的状态。许多 CLOSE_WAIT：它在泄漏。许多 ESTABLISHED：它确实有这么多连接。',
      { on: ['linux'], text: '无需重新启动即可调高运行中的进程的上限，见命令。' },
      '如果在泄漏，请在达到上限之前重新启动它。',
    ],
    lasting: [
      '关闭不用的东西：一段时间后的空闲连接，以及出错时的一切。',
      { on: ['linux'], text: '如果确实需要，请在启动程序处调高上限：其 systemd 单元中的 LimitNOFILE。' },
      { on: ['darwin'], text: '如果确实需要，请在启动程序处调高上限：ulimit -n，或其 launchd 任务中的 SoftResourceLimits。' },
    ],
    myths: ['fs.file-max 是整个系统的上限，不会改变进程的上限。'],
    cannotTell: '是否真的需要这些描述符。趋势比一次查看更能说明问题。',
  },
  'exposed-listener': {
    name: '不应公开的服务',
    title: ({ service = '某个服务', local = '开放的地址' }) => `${service} 在 ${local} 上监听，本机之外也能到达`,
    fires: '一个通常只供本机或封闭网络使用的服务在他人能到达的地址上监听。',
    meaning: '数据库、缓存、容器和调试端口只应供本机或封闭网络使用。能到达这种端口的人，可能读取数据或控制机器。',
    now: [
      '如果只有本机需要，请在其配置中绑定到 127.0.0.1 和 ::1，然后重新启动它。',
      '在此之前请在防火墙中关闭该端口。结束进程会立即关闭端口。',
      '如果它曾对互联网开放，请在其日志中查找陌生的访问，并更改密码。',
    ],
    lasting: [
      '绑定到所需的那个地址，要求密码，并加密。',
      '让防火墙拒绝一切未明确允许的连接。',
      {
        on: ['linux'],
        text: 'Docker 发布的端口会绕过主机防火墙的 INPUT 规则：请以 127.0.0.1:端口:端口 发布，或在 DOCKER-USER 链中过滤。',
      },
    ],
    myths: ['换一个端口号不是保护：扫描器会尝试所有端口。'],
    cannotTell: '此处或前面的防火墙是否已关闭该端口。请从外部试一试。',
  },
  'port-conflict': {
    name: '一个端口上的两个程序',
    title: ({ process = '一个程序', otherProcess = '另一个程序', local }) =>
      `${process} 和 ${otherProcess} 都在 ${local === undefined ? '同一端口' : local} 上监听`,
    fires: '两个所有者在重叠的地址和同一端口上监听，或者 IPv4 和 IPv6 由不同的程序应答。',
    meaning: '由哪个程序应答，取决于客户端使用的地址。“localhost”可能是 ::1 或 127.0.0.1：同一个名称会通向两个程序。',
    now: ['决定两者中谁应使用该端口，结束或移走另一个。', '在此之前请使用地址的数字形式，而不是 localhost。'],
    lasting: [
      '给每个服务一个自己的端口，并且只由一处启动：请查找遗留运行的第二个副本，或容器中的副本。',
      '有意绑定到两个地址族，或绑定到一个明确的地址。',
    ],
    myths: [
      {
        on: ['linux'],
        text: 'SO_REUSEADDR 并不允许两个程序在同一 TCP 地址上监听：它允许服务器在旧连接处于 TIME_WAIT 时启动。双方都要求 SO_REUSEPORT 时才可以。',
      },
      {
        on: ['win32'],
        text: 'SO_REUSEADDR 在 Windows 上并非无害：它允许另一个程序接管正在使用的端口。SO_EXCLUSIVEADDRUSE 才是安全的。',
      },
    ],
    cannotTell:
      '是否有意如此。同一程序的多个工作进程共用一个端口不会被报告：即同一可执行文件的进程；若是 Node.js 或 Python 之类的解释器，则仅当其中一个启动了另一个，或两者由同一个进程启动（进程管理器即如此）。',
  },
  'retransmission-storm': {
    name: '许多数据要重新发送',
    title: ({ remote, process }) =>
      remote === undefined ? '许多报文段要重新发送' : `${process ?? '本机'} 发送给 ${remote} 的许多数据丢失了`,
    fires: '在 {retransmit-window} 内发送的报文段中至少有 {retransmit-share} 是重传的。',
    meaning: '报文段或对它们的确认丢失了，TCP 会越来越慢地重新发送。程序看到的是停顿和缓慢的连接。',
    now: [
      '看看涉及一个远程网络还是全部：一个说明问题在那里的路径，全部说明问题在本机：链路、网线、无线或虚拟交换机。',
      '比较各网络接口的错误和丢弃计数。',
    ],
    lasting: [
      '修复丢包的链路，或减轻过载链路的负担。',
      '如果只丢失大的数据包，说明某处的 MTU 有误：隧道和 VPN 需要更小的 MTU，并且不得过滤 ICMP 的“过大”消息。',
    ],
    myths: ['更大的缓冲区治不好丢失，只会增加延迟。'],
    cannotTell: '数据包在路径的何处丢失。繁忙的链路和无线链路有一些丢失是正常的。',
  },
} as const satisfies Readonly<Record<string, RuleText>>
