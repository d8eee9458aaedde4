import type { TcpState } from '../model/tcp-state.ts'
import type { StateText } from './state-text.ts'

export const stateTextsZhCn: Record<TcpState, StateText> = {
  LISTEN: {
    summary: '在端口上等待连接。',
    meaning:
      '某个程序打开了这个端口，正在等待客户端。这一行本身不传输数据：每个客户端都会另有一行。在 Linux 上，它的接收队列是已完成握手但尚未被 accept 的连接数，发送队列是该队列的上限。',
    nextActor: '远端客户端：由它发起连接。',
    normalFor: '程序运行多久就有多久。',
    problemWhen: '这个端口本不该开放；或者只有本机需要它，却对所有地址开放；或者 accept 队列已满。',
    causeAndCure: '停止该服务、让它只绑定 127.0.0.1 或 ::1，或在防火墙中关闭端口。队列已满说明程序 accept 太慢，或 backlog 太小。',
  },
  SYN_SENT: {
    summary: '已向远端主机发起连接，正在等待回应。',
    meaning: '本端已请求建立连接（SYN），还没有收到任何回应。',
    nextActor: '远端主机：它必须应答或拒绝。',
    normalFor: '几毫秒。Linux 默认重传六次 SYN，约 127 秒后放弃。',
    problemWhen: '持续超过约三秒，或同时出现很多。',
    causeAndCure:
      '只针对一个远端：主机不在线、地址有误，或防火墙丢弃了数据包；请检查路径和地址。一个程序连向许多主机或端口：可能是扫描、恶意软件，或错误的对端列表；请查看它的可执行文件。',
  },
  SYN_RECEIVED: {
    summary: '已应答发起方，等待握手的最后一步。',
    meaning: '收到了 SYN 并以 SYN+ACK 应答。最后的 ACK 到达后连接即打开。',
    nextActor: '远端客户端：它必须发出最后的 ACK。',
    normalFor: '几毫秒。',
    problemWhen: '同时存在很多，尤其是来自许多不同的来源。',
    causeAndCure:
      'SYN 洪水攻击，或者我们的 SYN+ACK 在路上丢失。请检查是否允许 SYN cookie（tcp_syncookies，默认为 1）、backlog 大小，以及已发送 SYN cookie 和监听丢弃的计数。',
  },
  ESTABLISHED: {
    summary: '双向都已打开，可能处于空闲。',
    meaning: '握手已完成，双方都可以发送。它并不表示有流量：连接可能已沉默数天，也不能证明对端仍然存在。',
    nextActor: '任何一方，随时都可以。',
    normalFor: '多久都正常。',
    problemWhen: '长时间空闲且没有 keepalive（对端可能已悄然消失）、数据段不断重传，或某个队列持续增长。',
    causeAndCure:
      '对端没有发送 FIN 就消失（断电或断网）：启用 TCP keepalive，或让程序互发心跳。接收队列增长：我们的程序没有读取。发送队列增长：对端或路径没有接收数据。',
  },
  FIN_WAIT_1: {
    summary: '本端已关闭，对端尚未确认。',
    meaning: '我们的程序先关闭。FIN（可能还有它之前的数据）尚未被确认。',
    nextActor: '远端机器的 TCP：它必须确认。此时还轮不到它的程序。',
    normalFor: '一个往返时间。',
    problemWhen: '很多这样的连接停留超过数秒。',
    causeAndCure:
      '对端消失或路径中断，内核因此不断重传。对没有所有者的连接，Linux 用 tcp_max_orphans 和 tcp_orphan_retries 加以限制。它们会自行结束；关闭该行可立即结束一个。',
  },
  FIN_WAIT_2: {
    summary: '本端已关闭，等待对端也关闭。',
    meaning: '我们的 FIN 已被确认。在远端程序也关闭之前，另一个方向仍然打开。',
    nextActor: '远端程序：它必须关闭自己的一端。',
    normalFor: '很短。没有所有者时，Linux 在 tcp_fin_timeout（默认 60 秒）后将其移除。',
    problemWhen: '停留很久且仍有所有者：这时不受任何超时限制。',
    causeAndCure: '对端忘记关闭，停在 CLOSE_WAIT：请修复那个程序。如果本端只是停止了发送，可以完全关闭套接字，或在读取时设置超时。',
  },
  TIME_WAIT: {
    summary: '已结束，暂时保留，以免迟到的数据包造成影响。',
    meaning:
      '本端先关闭，一切正常。内核记住这对地址和端口，让迷途的数据段消亡，并能在最后的 ACK 丢失时重传。它已不属于任何进程，结束进程也不会移除它。',
    nextActor: '无人：由定时器结束。',
    normalFor: 'Linux 上为 60 秒（内核中固定）；其他系统为最大报文段生存时间的两倍，Windows 默认 120 秒。',
    problemWhen: '只有当连向同一目的地的本地端口用尽时才是问题。数量多本身既不是泄漏，也不是错误。',
    causeAndCure:
      '到同一目的地的短连接太多：复用连接（keep-alive、连接池），扩大本地端口范围，或使用更多源地址。tcp_tw_reuse 只对新的出站连接有用，且需要时间戳。tcp_fin_timeout 不会缩短这个状态。',
  },
  CLOSED: {
    summary: '没有连接。',
    meaning: '每个连接的起点和终点。处于此状态的套接字没有对端；表中至多一闪而过，或属于创建后从未使用的套接字。',
    nextActor: '程序：由它连接或监听；否则无人。',
    normalFor: '无关紧要：它不含任何连接。',
    problemWhen: '几乎从不。一个进程中的数量持续上升，可能是套接字泄漏。',
    causeAndCure: '单独几行无需处理。若有泄漏，请查看程序在哪里创建了套接字却既不使用也不关闭。',
  },
  CLOSE_WAIT: {
    summary: '对端已关闭，我们的程序还没有。',
    meaning: '远端的 FIN 已经到达，read() 会返回数据结束。我们的程序仍然开着这个套接字。',
    nextActor: '我们自己的程序：它必须关闭套接字。',
    normalFor: '几毫秒，或直到我们的程序把剩余数据发完。',
    problemWhen: '持续超过一分钟，或一个进程中的数量不断上升。',
    causeAndCure:
      '我们的程序从不调用 close()：这是描述符泄漏，最终会触及进程的上限。任何系统参数都治不好它。请修复程序；在此之前可以关闭这些连接或重启程序。',
  },
  LAST_ACK: {
    summary: '后关闭的一方，等待最后的确认。',
    meaning: '对端先关闭，随后我们的程序也关闭了。我们的 FIN 已发出，尚未被确认。',
    nextActor: '远端机器的 TCP：它必须确认。',
    normalFor: '一个往返时间。',
    problemWhen: '同时存在很多。',
    causeAndCure: '客户端在关闭途中消失，例如压力测试被中断。内核重传若干次后会自行放弃。',
  },
  CLOSING: {
    summary: '双方在同一时刻关闭。',
    meaning: '两个 FIN 在途中交错。我们已收到对端的 FIN，但还没有收到对我们 FIN 的确认。',
    nextActor: '远端机器的 TCP：它必须确认。',
    normalFor: '一个往返时间；很少能看到。',
    problemWhen: '长时间停留：说明路径已中断。',
    causeAndCure: '与 FIN_WAIT_1 相同：对端或路径丢失。它会自行结束；关闭该行可立即结束。',
  },
  BOUND: {
    summary: '占有本地端口，但既不监听也未连接。',
    meaning:
      '程序只调用了 bind()，之后没有下一步。端口已被占用，却没有数据包能使用它。它不是标准中的状态：Linux 从内核 6.8 起报告它，Windows 用 netstat -q 列出它。',
    nextActor: '程序：它必须监听、连接或关闭。',
    normalFor: '几毫秒，介于 bind() 与 listen() 或 connect() 之间。',
    problemWhen: '端口被报告为已占用，却没有程序监听；或大量此类套接字耗尽动态端口。',
    causeAndCure: '程序占着不用的套接字。无法从外部关闭它：请结束或修复该程序。',
  },
  DELETE_TCB: {
    summary: 'Windows 正在移除该连接。',
    meaning: '仅存在于 Windows：连接已经结束，其控制块正在被删除。',
    nextActor: 'Windows。',
    normalFor: '一瞬间。',
    problemWhen: '一直停留：说明某个网络驱动或过滤器仍占着该连接。',
    causeAndCure: '检查会过滤连接的安全软件或 VPN 软件；重启可以清除。',
  },
}
