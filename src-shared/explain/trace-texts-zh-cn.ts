import type { ProblemAdvice, TraceTexts } from './trace-text.ts'

export const traceTextsZhCn: TraceTexts = {
  ends: {
    local: { begins: '本端', within: '本端' },
    remote: { begins: '对端', within: '对端' },
  },
  kinds: {
    syn: ({ sender }) => `SYN：${sender}发起连接，并告知其初始序列号。`,
    'syn-crossing': ({ sender }) => `SYN：${sender}在看到另一端的 SYN 之前也发起连接（同时打开）。`,
    'syn-ack': ({ sender }) => `SYN 和 ACK：${sender}接受连接，并告知自己的初始序列号。`,
    'handshake-ack': ({ sender }) => `ACK：${sender}确认。握手完成，双向都可以传输数据。`,
    data: ({ sender, bytes }) => `${sender}发送 ${bytes} 字节数据。`,
    ack: ({ sender, acknowledgement }) => `${sender}已收到序号 ${acknowledgement} 之前的全部数据。`,
    fin: ({ sender }) => `FIN：${sender}先关闭。它不再发送数据，但仍可接收。`,
    'fin-second': ({ sender }) => `FIN：${sender}收到另一端的 FIN 之后也关闭。`,
    'fin-crossing': ({ sender }) => `FIN：${sender}在收到另一端的 FIN 之前同时关闭（同时关闭）。`,
    'fin-ack': ({ sender, receiver }) => `ACK：${sender}已收到${receiver}的 FIN。`,
    refused: ({ sender }) => `以 RST 回应 SYN：${sender}拒绝连接。该端口上没有程序监听，或由防火墙拒绝。`,
    reset: ({ sender }) => `RST：${sender}中止并丢弃该连接。报文段到达且合乎窗口时，另一端也会丢弃；途中的数据丢失。`,
    other: ({ sender }) => `${sender}发送了没有 ACK 的报文段，它不属于已打开的会话。`,
  },
  marks: {
    retransmission: () => '重传：第一次发送未及时得到确认，它或其确认已丢失。',
    'fast-retransmission': ({ receiver }) => `快速重传：${receiver}不断报告有数据缺失。`,
    'spurious-retransmission': () => '虽已被确认仍再次发送：确认迟到或丢失。',
    'out-of-order': () => '乱序：后面的报文段在途中超过了它。',
    gap: () => '此处没有看到它之前的字节：在途中丢失，或抓包遗漏。',
    'unseen-acknowledged': () => '它确认了抓包没有看到的字节。',
    'duplicate-ack': ({ duplicates }) => `重复确认（第 ${duplicates} 个）：收到了后面的报文段，但期待的下一个没有到。`,
    'duplicate-sack': () => '它报告有字节到达了两次（D-SACK）：有一次重传是多余的。',
    'keep-alive': ({ receiver }) => `保活探测：不含新内容，只是询问${receiver}是否还在。`,
    'keep-alive-ack': () => '对探测的回应：另一端还在。',
    'zero-window': ({ sender, receiver }) => `窗口为 0：${sender}的程序没有读取，已无空间。${receiver}必须等待。`,
    'zero-window-probe': ({ receiver }) => `零窗口探测：询问${receiver}是否又有空间。`,
    'window-update': ({ sender, window }) => `只有窗口变化：${sender}现在有 ${window} 字节的空间。`,
    'new-conversation': () => '相同的地址和端口从此开始新的会话。',
    'reset-outside': ({ receiver }) => `其序号不是${receiver}期待的下一个，因此该重置不被接受（RFC 9293 第 3.10.7 节）。`,
  },
  carries: ({ bytes }) => `它携带 ${bytes} 字节数据。`,
  becomes: (end, state) => `${end}现在处于 ${state}。`,
  endings: {
    nothing: () => '没有抓到任何报文。',
    'no-answer': () => '没有人应答：主机已停机、地址有误，或防火墙丢弃了报文。',
    refused: (by) => `连接被${by}拒绝。`,
    reset: (by) => `连接被${by}以重置中止。`,
    closed: () => '双方正常关闭。',
    'half-closed': () => '一端已关闭，另一端尚未关闭。',
    open: () => '跟踪结束时连接仍然打开。',
  },
  problems: {
    'tcpdump-missing': (platform) => ({
      text: '跟踪由 tcpdump 完成，而在本机上没有找到它。',
      ...(platform === 'linux'
        ? { advice: '请安装后再试。', commands: installCommands }
        : { advice: '它是 macOS 的一部分：请恢复 /usr/sbin/tcpdump。' }),
    }),
    'not-permitted': (platform) => (platform === 'darwin' ? notPermittedMacos : notPermittedLinux),
    'platform-cannot': () => ({ text: 'Sockscope 在此系统上无法抓取报文；在 Linux 和 macOS 上可以。' }),
    'nothing-to-trace': () => ({ text: '只能跟踪有远程端的 TCP 连接。', advice: '对于监听套接字，请选择它的某个连接。' }),
    'connection-gone': () => ({ text: '此连接已不存在。' }),
    'too-many-traces': () => ({ text: '同时运行的跟踪已达上限。', advice: '请停止其中一个，或等待其结束。' }),
    'tool-failed': () => ({ text: 'tcpdump 出错退出。' }),
  },
}

const installCommands: NonNullable<ProblemAdvice['commands']> = [
  { for: 'Debian、Ubuntu', command: 'sudo apt-get install tcpdump' },
  { for: 'Fedora、RHEL', command: 'sudo dnf install tcpdump' },
  { for: 'Arch Linux', command: 'sudo pacman -S tcpdump' },
  { for: 'openSUSE', command: 'sudo zypper install tcpdump' },
  { for: 'Alpine', command: 'sudo apk add tcpdump' },
]

const notPermittedLinux: ProblemAdvice = {
  text: '当前用户不允许抓取报文。',
  advice: '请以 root 启动 Sockscope。或永久授予 tcpdump 该权限；此后凡可运行它的用户都能看到本机的流量。',
  commands: [{ for: '授予 tcpdump 权限', command: `sudo sh -c 'setcap cap_net_raw=ep "$(command -v tcpdump)"'` }],
}

const notPermittedMacos: ProblemAdvice = {
  text: '当前用户不允许抓取报文。',
  advice: '请以 root 启动 Sockscope。或加入 access_bpf 组（由 Wireshark 的 ChmodBPF 安装），然后重新登录。',
  commands: [{ for: '加入该组', command: 'sudo dseditgroup -o edit -a "$USER" -t user access_bpf' }],
}
