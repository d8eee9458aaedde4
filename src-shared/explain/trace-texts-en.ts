import type { ProblemAdvice, TraceTexts } from './trace-text.ts'

export const traceTextsEn: TraceTexts = {
  ends: {
    local: { begins: 'This end', within: 'this end' },
    remote: { begins: 'The other end', within: 'the other end' },
  },
  kinds: {
    syn: ({ sender }) => `SYN: ${sender} calls and names its first sequence number.`,
    'syn-crossing': ({ sender }) => `SYN: ${sender} calls too, before it has seen the other call (simultaneous open).`,
    'syn-ack': ({ sender }) => `SYN and ACK: ${sender} takes the call and names its own first sequence number.`,
    'handshake-ack': ({ sender }) => `ACK: ${sender} confirms. The handshake is complete, data may flow both ways.`,
    data: ({ Sender, bytes }) => `${Sender} sends ${bytes} bytes of data.`,
    ack: ({ Sender, acknowledgement }) => `${Sender} has received everything before number ${acknowledgement}.`,
    fin: ({ sender }) => `FIN: ${sender} closes first. It has nothing more to send, but can still receive.`,
    'fin-second': ({ sender }) => `FIN: ${sender} closes too, after it got the FIN of its peer.`,
    'fin-crossing': ({ sender }) => `FIN: ${sender} closes at the same time, before it got the other FIN (simultaneous close).`,
    'fin-ack': ({ sender, receiver }) => `ACK: ${sender} has got the FIN of ${receiver}.`,
    refused: ({ sender }) =>
      `RST in answer to the SYN: ${sender} refuses the call. Nothing listens on that port there, or a firewall says so.`,
    reset: ({ sender }) =>
      `RST: ${sender} aborts and forgets the connection. The other end does the same when it arrives and fits; data on its way is lost.`,
    other: ({ Sender }) => `${Sender} sends a segment without ACK, which has no place in an open conversation.`,
  },
  marks: {
    retransmission: () => 'Sent again: the first one was not acknowledged in time, so it or its answer was lost.',
    'fast-retransmission': ({ receiver }) => `Sent again at once: ${receiver} kept reporting that something was missing.`,
    'spurious-retransmission': () => 'Sent again, although it was acknowledged already: the acknowledgement was late or lost.',
    'out-of-order': () => 'It comes late: segments after it have overtaken it on the way.',
    gap: () => 'Bytes before it were not seen here: they were lost on the way, or the capture missed them.',
    'unseen-acknowledged': () => 'It acknowledges bytes that the capture did not see.',
    'duplicate-ack': ({ duplicates }) =>
      `The same acknowledgement again (number ${duplicates}): a later segment came, the next expected one did not.`,
    'duplicate-sack': () => 'It reports bytes that came twice (D-SACK): a repetition was not needed.',
    'keep-alive': ({ receiver }) => `A keep-alive probe: it carries nothing new and only asks whether ${receiver} is still there.`,
    'keep-alive-ack': () => 'The answer to a probe: the peer is still there.',
    'zero-window': ({ sender, Receiver }) =>
      `Window 0: ${sender} has no room left, because its program does not read. ${Receiver} has to wait.`,
    'zero-window-probe': ({ receiver }) => `A probe of a closed window: it asks whether ${receiver} has room again.`,
    'window-update': ({ sender, window }) => `Only the window has changed: ${sender} now has room for ${window} bytes.`,
    'new-conversation': () => 'The same addresses and ports begin a new conversation here.',
    'reset-outside': ({ receiver }) =>
      `Its number is not the one that ${receiver} expects next, so the reset is not obeyed (RFC 9293 section 3.10.7).`,
  },
  carries: ({ bytes }) => `It carries ${bytes} bytes of data.`,
  becomes: (end, state) => `${end} is now ${state}.`,
  endings: {
    nothing: () => 'Nothing was captured.',
    'no-answer': () => 'Nobody answered the call: the host is down, the address is wrong, or a firewall drops the packets.',
    refused: (by) => `The call was refused by ${by}.`,
    reset: (by) => `It was aborted by ${by} with a reset.`,
    closed: () => 'It was closed in order by both ends.',
    'half-closed': () => 'One end has closed, the other one not yet.',
    open: () => 'It was still open when the trace ended.',
  },
  problems: {
    'tcpdump-missing': (platform) => ({
      text: 'Traces are taken by tcpdump, which was not found on this machine.',
      ...(platform === 'linux'
        ? { advice: 'Install it, then try again.', commands: installCommands }
        : { advice: 'It is part of macOS: restore /usr/sbin/tcpdump.' }),
    }),
    'not-permitted': (platform) => (platform === 'darwin' ? notPermittedMacos : notPermittedLinux),
    'platform-cannot': () => ({ text: 'Sockscope cannot capture packets on this system; it does so on Linux and macOS.' }),
    'nothing-to-trace': () => ({
      text: 'Only a TCP connection with a remote end can be traced.',
      advice: 'For a listening socket, choose one of its connections.',
    }),
    'connection-gone': () => ({ text: 'This connection does not exist any more.' }),
    'too-many-traces': () => ({ text: 'As many traces as may run at once are running.', advice: 'Stop one of them, or wait for its end.' }),
    'tool-failed': () => ({ text: 'tcpdump ended with an error.' }),
  },
}

const installCommands: NonNullable<ProblemAdvice['commands']> = [
  { for: 'Debian, Ubuntu', command: 'sudo apt-get install tcpdump' },
  { for: 'Fedora, RHEL', command: 'sudo dnf install tcpdump' },
  { for: 'Arch Linux', command: 'sudo pacman -S tcpdump' },
  { for: 'openSUSE', command: 'sudo zypper install tcpdump' },
  { for: 'Alpine', command: 'sudo apk add tcpdump' },
]

const notPermittedLinux: ProblemAdvice = {
  text: 'This user may not capture packets.',
  advice:
    'Start Sockscope as root. Or grant tcpdump the right for good; then every user who may run it can see the traffic of this machine.',
  commands: [{ for: 'Grant tcpdump the right', command: `sudo sh -c 'setcap cap_net_raw=ep "$(command -v tcpdump)"'` }],
}

const notPermittedMacos: ProblemAdvice = {
  text: 'This user may not capture packets.',
  advice:
    'Start Sockscope as root. Or join the group access_bpf, which exists where Wireshark has installed its rights (ChmodBPF), and log in again.',
  commands: [{ for: 'Join the group', command: 'sudo dseditgroup -o edit -a "$USER" -t user access_bpf' }],
}
