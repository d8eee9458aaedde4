/** The counterpart of closing-rules-en.ts. */
import { programsZhCn, unknownProgramZhCn as unknownProgram } from './unseen-programs.ts'
import type { RuleText } from './rule-text.ts'

export const closingRulesZhCn = {
  'close-wait-leak': {
    name: '程序忘记关闭的连接',
    title: ({ process = unknownProgram, unseenUser, rows }) =>
      `${unseenUser === undefined ? process : programsZhCn(unseenUser)} 没有关闭对端已关闭的 ${rows} 个连接`,
    fires: '一个进程有至少 {close-wait-count} 个连接处于 CLOSE_WAIT 达 {close-wait-age} 或更久，并且数量没有减少。',
    meaning:
      '对端已关闭这些连接并已告知（FIN）。我们的程序从 read() 得到了数据结束，却没有调用 close()。每个连接占用一个描述符；达到上限后，程序既不能打开文件，也不能接受连接。',
    now: [
      '重新启动该程序：连接和描述符会立即释放。',
      {
        on: ['linux', 'win32'],
        text: '也可以从这里关闭这些连接。程序随后会在其上得到错误，许多程序会因此放手；从不查看这些连接的程序仍会占用描述符。',
      },
    ],
    lasting: [
      '修复程序：使用连接的代码的每条出路都必须关闭它，包括出错和超时。留意从连接池取出却没有归还的连接。',
      '修复之前，请关注其描述符数量，并及时重新启动。',
    ],
    myths: [
      '没有任何系统设置能治好它：TCP 等待的是程序，必要时永远等下去。tcp_fin_timeout 针对的是另一个状态。',
      '如果程序打开了 keepalive，对端消失的连接可能被结束，但描述符仍然被占用。',
    ],
    cannotTell: '对端关闭其方向后，程序可能有意继续发送（半关闭）。这时这些行上仍有数据发出，并无问题。',
  },
  'syn-sent-stalled': {
    name: '无人应答的连接请求',
    title: ({ process = '本机', remote = '某个远程端点' }) => `${remote} 不应答 ${process}`,
    fires: '到同一远程端点有至少 {syn-sent-count} 个连接处于 SYN_SENT 达 {syn-sent-age} 或更久。',
    meaning:
      '我们的 SYN 已发出并重传，既没有应答（SYN+ACK），也没有拒绝（RST）。活着的主机上关闭的端口会立即拒绝。沉默意味着没有主机使用此地址，或者数据包在去路或回路上被丢弃。',
    now: [
      '检查地址和端口是否正确。',
      '用下面的命令测试路径，并从另一台机器再试：这样可知是主机停了，还是只有这条路径不通。',
      '询问此处、途中或对端的防火墙是否丢弃了数据包。',
    ],
    lasting: [
      '给 connect() 设置几秒的时限和第二个地址，使程序不必等到系统放弃。',
      '在自己的网络内让防火墙拒绝而不是丢弃：发起方会立即知道。',
    ],
    myths: [{ on: ['linux'], text: '减小 tcp_syn_retries 只会让连接请求更早失败，不会让任何主机应答。' }],
    cannotTell: '丢失的是我们的 SYN 还是对它的应答：从这里看两者一样。',
  },
  'syn-sent-fanout': {
    name: '一个进程同时向许多端点发起连接',
    title: ({ process = unknownProgram, unseenUser }) =>
      `${unseenUser === undefined ? process : programsZhCn(unseenUser)} 同时向许多端点发起连接`,
    fires:
      '在 {fanout-window} 内，一个进程向至少 {fanout-endpoints} 个不同的远程端点发起连接而没有得到应答：这些连接停留在 SYN_SENT，或者没有建立就结束了。',
    meaning: '该程序在短时间内试图连接许多地址或端口。端口扫描和蠕虫会这样做；监控、爬虫、点对点程序以及对端列表过时的客户端也会。',
    now: [
      '查看可执行文件、由谁启动、从何时开始。您认识它吗？',
      '如果认识：查看它向哪些端点发起连接。它的对端列表可能有误或过时。',
      {
        on: ['linux', 'darwin'],
        text: '如果不认识：让机器断开网络，冻结该进程而不是结束它，以便调查，并通知负责安全的人员。',
      },
      {
        on: ['win32'],
        text: '如果不认识：让机器断开网络，保留该进程以便调查，并通知负责安全的人员。',
      },
    ],
    lasting: [
      '只允许服务器连接它需要的端点；其余的在离开本机或网络处阻止。',
      '让已知的程序减少同时发起的连接，并在再次连接无应答的对端之前逐渐加长停顿。',
    ],
    myths: [],
    cannotTell: '意图。此外，在两次查看之间已被应答或拒绝的连接请求看不到：对应答很快的主机的扫描看起来比实际小。',
  },
  'syn-received-flood': {
    name: '半开连接堆积',
    title: ({ local }) => (local === undefined ? '系统正以 SYN cookie 应答连接请求' : `${local} 上的握手没有被发起方完成`),
    fires: '一个监听套接字上处于 SYN_RECEIVED 的连接达到其 backlog 的 {syn-received-share}，或者系统以 SYN cookie 应答。',
    meaning:
      '发起方发送了 SYN 并得到 SYN+ACK，但缺少完成握手的 ACK。如果发送方从未打算连接，这就是 SYN 洪水；如果打算连接，则是我们的应答在回路上丢失。',
    now: [
      '查看来源。许多互不相关、各有一两行的地址说明是伪造来源的洪水；同一网络则说明那里的路径或防火墙有问题。',
      { on: ['linux'], text: '确认 net.ipv4.tcp_syncookies 为默认值 1：这样即使队列已满，正常的发起方也能进来。' },
      '洪水必须在到达本机之前过滤：请联系网络提供商，或使用前面的防火墙。',
    ],
    lasting: [
      {
        on: ['linux'],
        text: '对于正常发起方的突发，请同时调大程序给 listen() 的 backlog、net.core.somaxconn 和 net.ipv4.tcp_max_syn_backlog。',
      },
      '在公共服务前面放置自己完成握手的设备，例如负载均衡器。',
    ],
    myths: [
      {
        on: ['linux'],
        text: 'tcp_syncookies 与 TIME_WAIT 无关，值 2（总是）只用于测试：cookie 容不下多少 TCP 选项。值 1 只在需要时使用。',
      },
      '关闭个别行对洪水没有帮助：新的来得更快。',
    ],
    cannotTell: '伪造的来源与真实的看起来一样。使用 cookie 时系统不为这些连接请求保留行：行数少于请求数。',
  },
  'fin-wait-2-stuck': {
    name: '不关闭的对端',
    title: ({ process = unknownProgram, rows }) => `${process} 已关闭 ${rows} 个连接的己方，对端却不关闭`,
    fires: '一个进程拥有至少 {fin-wait-2-count} 个处于 FIN_WAIT_2 达 {fin-wait-2-age} 或更久的连接。',
    meaning:
      '我们的程序已结束己方的发送，对端也已确认。现在该由对端关闭，它却没有。因为我们的程序仍持有套接字，没有定时器会结束等待。在对端，这些连接通常处于 CLOSE_WAIT，除非对端已经消失。',
    now: [
      '如果对端是本机的程序，它会被列为另一端：泄漏在那里。',
      '否则请告诉运行对端的人，其程序没有关闭连接。',
      { on: ['linux', 'win32'], text: '关闭这些行可在此释放它们；对端会收到重置。' },
    ],
    lasting: [
      '在我们的程序中：shutdown(SHUT_WR) 之后限时读到结束，然后调用 close()。',
      { on: ['linux'], text: 'close() 之后内核会自行结束 FIN_WAIT_2（net.ipv4.tcp_fin_timeout，默认 60 秒）。' },
    ],
    myths: [{ on: ['linux'], text: '在此减小 tcp_fin_timeout 没有帮助：它只针对已没有进程持有的套接字。' }],
    cannotTell: '仍有许多数据要发送的对端可以正当地保持连接。这时这些行上仍有数据到达。',
  },
  'fin-wait-1-pile': {
    name: '无人确认的关闭',
    title: ({ process, rows }) => `${process ?? '本端'}已关闭的 ${rows} 个连接没有得到对端确认`,
    fires: '至少 {pile-count} 个连接处于 FIN_WAIT_1 或 CLOSING 达 {pile-age} 或更久。',
    meaning:
      '本端已关闭；其 FIN 或之前的数据没有被确认。内核不断重传，多半已没有进程。对端消失了，路径断了，或者对端不再接收数据（窗口为 0）。',
    now: [
      '看看它们是否都通向同一网络：如果是，请检查那里的路径。',
      '它们几分钟后会自行结束。',
      { on: ['linux', 'win32'], text: '如果立即需要其内存，请关闭这些行。' },
    ],
    lasting: [
      {
        on: ['linux'],
        text: 'net.ipv4.tcp_orphan_retries 决定没有进程时内核尝试多久（0 表示 8 次）。在繁忙的公共服务器上可以减小。net.ipv4.tcp_max_orphans 不是办法：超过它的连接会立即重置，正常的也不例外。',
      },
      '如果是客户端有意为之，请在服务前面限制每个地址的连接数。',
    ],
    myths: ['结束进程不会移除它们：系统会在没有所有者的情况下完成关闭。'],
    cannotTell: '消失的是对端还是路径。',
  },
  'last-ack-pile': {
    name: '缺少最后的确认',
    title: ({ rows }) => `${rows} 个连接在等待最后的确认`,
    fires: '至少 {pile-count} 个连接处于 LAST_ACK 达 {pile-age} 或更久。',
    meaning: '对端先关闭，本端也已关闭，而本端的 FIN 没有被确认：对端已消失。压力测试被中断，或有许多客户端的网络断开之后，常会如此。',
    now: [
      '看看它们是否都属于同一网络：如果是，请检查那里的路径。',
      '它们几分钟后会自行结束。丢失的只有已发送而从未得到确认的数据：发送队列大于 1 时可以看出。',
      { on: ['linux', 'win32'], text: '如果立即需要其内存，请关闭这些行。' },
    ],
    lasting: [
      '让压力测试和客户端在停止之前正常关闭连接。',
      {
        on: ['linux'],
        text: 'net.ipv4.tcp_orphan_retries 决定没有进程时内核尝试多久（0 表示 8 次）。在繁忙的公共服务器上可以减小。',
      },
    ],
    myths: ['结束进程不会移除它们：系统会在没有所有者的情况下完成关闭。'],
    cannotTell: '消失的是对端还是通向它们的路径。',
  },
  'half-open': {
    name: '可能已消失的对端',
    title: ({ process = '本机', remote, rows }) => `${remote ?? (rows > 1 ? '多个对端' : '某个对端')} 不再确认 ${process} 发送的数据`,
    fires: '一个仍可发送的连接（ESTABLISHED、CLOSE_WAIT）的数据重传了至少 {half-open-retransmits} 次，没有任何回应。',
    meaning:
      '我们的数据一次次发出，没有任何回音。ESTABLISHED 并不证明另一端还有人：它只说明没有人告诉我们情况有变。断电或断网的对端无法告知。已关闭自己一侧的对端（CLOSE_WAIT）仍应确认我们发送的数据。',
    now: [
      '测试对端究竟能否到达。',
      { on: ['linux', 'win32'], text: '关闭此连接：程序会立即察觉并可重新连接。否则它要等到系统放弃。' },
      { on: ['darwin'], text: '让程序重新连接，或等到系统放弃。' },
    ],
    lasting: [
      '让程序限制已发送的数据可以多久不被确认：TCP_USER_TIMEOUT（Linux）、TCP_MAXRT（Windows）、TCP_RXT_CONNDROPTIME（macOS）。',
      '让程序互相发送心跳。仅靠 keepalive 在此没有帮助：它探测空闲的连接，而不是有数据在途的连接。',
    ],
    myths: [
      {
        on: ['linux'],
        text: '不要为整台机器把 net.ipv4.tcp_retries2 减到 8 以下：RFC 1122 要求至少 100 秒，否则短暂的中断会断开正常的连接。',
      },
    ],
    cannotTell: '消失的是对端还是只有路径：路径恢复后连接会继续。',
  },
  'idle-without-keepalive': {
    name: '无人检查的空闲连接',
    title: ({ process = unknownProgram, unseenUser, rows }) =>
      `${unseenUser === undefined ? process : programsZhCn(unseenUser)} 有 ${rows} 个没有 keepalive 的空闲连接`,
    fires: '通往其他机器的已建立连接在 {idle-age} 内没有传输任何数据，并且没有 keepalive 定时器。',
    meaning: '长时间没有收发任何数据，对端消失也不会被察觉：TCP 在空闲连接上什么也不发送。ESTABLISHED 并不证明另一端还有人。',
    now: [
      '并不紧急。请询问程序的负责人是否仍需要这些连接。',
      { on: ['linux', 'win32'], text: '关闭不需要的连接：程序会在下次使用时察觉。' },
    ],
    lasting: [
      '在程序中打开 keepalive（SO_KEEPALIVE），或让它不时发送一些数据。',
      '按连接设置空闲时间（TCP_KEEPIDLE；macOS 上为 TCP_KEEPALIVE）：通常的默认值两小时，比许多防火墙和 NAT 网关记住空闲连接的时间更长。',
    ],
    myths: ['减小系统的 keepalive 时间，对没有打开 keepalive 的程序毫无作用。'],
    cannotTell: '对端是否还在。安静等待事件的程序可能完全正常。',
  },
} as const satisfies Readonly<Record<string, RuleText>>
