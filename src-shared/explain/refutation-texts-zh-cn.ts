import type { RefutationId, RefutationText } from './refutation-text.ts'

export const refutationTextsZhCn: Readonly<Record<RefutationId, RefutationText>> = {
  'time-wait-is-a-leak': {
    claim: '成千上万的 TIME_WAIT 就是泄漏。',
    why: '它们不占描述符，不属于任何进程，几乎不占内存，而且每一个都会由定时器结束。它们只说明本端先关闭了许多连接。',
    instead:
      '请看连向同一目的地的已用端口（ESTABLISHED 和 BOUND 也算在内）占动态端口范围的多少。若会用尽，请复用连接（keep-alive、连接池），扩大端口范围，或使用更多源地址。',
  },
  'fin-timeout-against-time-wait': {
    claim: '调小 tcp_fin_timeout，TIME_WAIT 就会更快结束。',
    why: 'tcp_fin_timeout 限制的是没有进程持有的 FIN_WAIT_2。无论它取何值，TIME_WAIT 在 Linux 上都持续 60 秒，这个时间固定在内核中。',
    instead: '不要动它。如果本地端口用尽，请少建连接：使用 keep-alive 或连接池。',
  },
  'time-wait-recycle': {
    claim: '把 tcp_tw_recycle 设为 1。',
    why: '它会让地址转换（NAT）之后的客户端出错：它们的 SYN 被无声丢弃。Linux 4.12 已删除这个参数，在更新的内核上根本没有可设置的东西。',
    instead: '复用连接，或扩大动态端口范围。',
  },
  'time-wait-reuse-for-servers': {
    claim: 'tcp_tw_reuse 可以消除服务器上的 TIME_WAIT。',
    why: '它只允许新的出站连接使用处于 TIME_WAIT 的端口，并且需要 TCP 时间戳。对别人连到服务器的连接毫无作用，也不会缩短任何 TIME_WAIT。取值 2（当前内核的默认值）表示仅限环回。',
    instead: '服务器无需在意：监听端口照常可用，TIME_WAIT 不会挡住新客户端。繁忙的客户端应当复用连接。',
  },
  'syncookies-against-time-wait': {
    claim: '打开 tcp_syncookies 来对付 TIME_WAIT。',
    why: 'SYN cookie 用于半开连接队列溢出时（例如 SYN 洪水）仍能应答发起方。它与 TIME_WAIT 无关，而且当前内核本来就默认打开（1）。',
    instead: '遇到洪水时，确认其值为 1，并观察发出了多少 cookie、丢弃了多少连接请求。',
  },
  'setting-against-close-wait': {
    claim: '某个系统参数或 keepalive 可以清除 CLOSE_WAIT。',
    why: '这里没有任何超时：系统在等程序，而对端已经告别。keepalive 只会结束对端不再应答的连接，而且即便如此，程序在关闭之前仍占着描述符。',
    instead: '修复程序：read() 返回 0 时关闭套接字，出错的分支也要关闭。在此之前可以关闭这些连接，或重启程序。',
  },
  'close-always-sends-fin': {
    claim: '程序调用了 close()，所以 FIN 已经发出。',
    why: 'close() 只放掉一个引用。只要 fork 出的子进程或复制的描述符还持有该套接字，就不会发送 FIN，状态也不变。',
    instead: '查看这一行的所有所有者。在子进程中关闭套接字（close-on-exec），或调用 shutdown(SHUT_WR)：无论还有谁持有，它都会发送 FIN。',
  },
  'established-means-alive': {
    claim: 'ESTABLISHED 证明对端还在。',
    why: '它只说明还没有人向本端告别。对端断电或路径中断时，没有任何报文段来通知，空闲的连接可以连续数天保持 ESTABLISHED。',
    instead: '启用 TCP keepalive，或让程序互发心跳，一段时间没有回应就放弃。',
  },
  'accept-opens-the-connection': {
    claim: 'accept() 完成握手。',
    why: '握手由内核独自完成：程序得知之前，这一行已是 ESTABLISHED。accept() 只是把已完成的连接交给程序；不发送任何报文段，也不改变状态。',
    instead: '要找出 accept 太慢的程序，请看其 LISTEN 行中等待的连接数，以及仍由内核持有的 ESTABLISHED 行。',
  },
  'killing-removes-everything': {
    claim: '结束进程，它的连接就都没了。',
    why: '只对一半。描述符会释放，而内核会像 close() 那样关闭每个连接：发出剩余数据和 FIN（若有收到却未读的数据则发 RST），并在没有所有者的情况下走完 FIN_WAIT_1、FIN_WAIT_2、CLOSING、LAST_ACK 和 TIME_WAIT。',
    instead: '等待即可：它们都会由定时器结束。要立即结束某一个，请关闭该连接本身，这会将其重置。',
  },
  'reuse-address-everywhere': {
    claim: 'SO_REUSEADDR 在哪里都能解决“地址已被使用”。',
    why: '在 Linux 和 macOS 上，它允许服务器在旧连接仍处于 TIME_WAIT 时绑定端口；它不允许两个程序监听同一地址。在 Windows 上，同名选项会让别的程序抢走端口。',
    instead: '在 Linux 和 macOS 的服务器中设置它。在 Windows 上不要用它，改用 SO_EXCLUSIVEADDRUSE。',
  },
}
