/** Rules about connections that open or close: each is about rows that stay in a state that should be short. */
import { programsEn, unknownProgramEn as unknownProgram } from './unseen-programs.ts'
import type { RuleText } from './rule-text.ts'

export const closingRulesEn = {
  'close-wait-leak': {
    name: 'Connections that the program forgot to close',
    title: ({ process = unknownProgram, unseenUser, rows }) =>
      `${unseenUser === undefined ? `${process} does` : `${programsEn(unseenUser)} do`} not close ${rows} ${rows === 1 ? 'connection' : 'connections'} that the other side has closed`,
    fires:
      'One process has at least {close-wait-count} connections that have been in CLOSE_WAIT for {close-wait-age} or longer, and their number does not fall.',
    meaning:
      'The other side has closed these connections and said so (FIN). Our program got the end of data from read() but has not called close(). Each one holds a descriptor; at the limit the program can neither open a file nor accept a connection.',
    now: [
      'Restart the program: that frees the connections and their descriptors at once.',
      {
        on: ['linux', 'win32'],
        text: 'Or close these connections from here. The program then gets an error on them, which makes many programs let go; a program that never looks at them keeps the descriptors.',
      },
    ],
    lasting: [
      'Repair the program: every way out of the code that uses a connection must close it, errors and timeouts included. Look for connections that are taken from a pool and not given back.',
      'Until it is repaired, watch the number of its descriptors and restart it in time.',
    ],
    myths: [
      'No system setting cures it: TCP waits for the program, for ever if need be. tcp_fin_timeout is about another state.',
      'Keepalive, where the program turned it on, may end the connection of a peer that is gone. The descriptor stays all the same.',
    ],
    cannotTell:
      'A program may keep sending on purpose after the other side has closed its direction (half-close). Then data still goes out on these rows, and nothing is wrong.',
  },
  'syn-sent-stalled': {
    name: 'Calls that nobody answers',
    title: ({ process = 'this machine', remote = 'A remote endpoint' }) => `${remote} does not answer ${process}`,
    fires: 'At least {syn-sent-count} connections to one remote endpoint have been in SYN_SENT for {syn-sent-age} or longer.',
    meaning:
      'Our SYN went out and was repeated; neither an answer (SYN+ACK) nor a refusal (RST) came. A closed port on a living host would refuse at once. Silence means that nobody has this address, or that packets are dropped on the way there or back.',
    now: [
      'Check that address and port are the right ones.',
      'Try the path with the commands below, and from another machine: it tells whether the host is down or only this path is blocked.',
      'Ask whether a firewall, here, between or there, drops the packets.',
    ],
    lasting: [
      'Give connect() a time limit of a few seconds and a second address, so that the program does not wait until the system gives up.',
      'Inside your own network let firewalls reject instead of drop: callers then know at once.',
    ],
    myths: [{ on: ['linux'], text: 'A lower tcp_syn_retries makes calls fail sooner. It makes nobody answer.' }],
    cannotTell: 'Whether our SYN or the answer to it was lost: from here both look the same.',
  },
  'syn-sent-fanout': {
    name: 'One process calls many endpoints at once',
    title: ({ process = unknownProgram, unseenUser }) =>
      `${unseenUser === undefined ? `${process} calls` : `${programsEn(unseenUser)} call`} many endpoints at once`,
    fires:
      'Within {fanout-window}, one process called at least {fanout-endpoints} different remote endpoints that did not answer: the calls stayed in SYN_SENT, or ended without a connection.',
    meaning:
      'The program tries to reach many addresses or ports in a short time. Port scanners and worms do that. So do monitoring, crawlers, peer-to-peer programs, and clients whose list of peers is out of date.',
    now: [
      'Look at the executable, who started it, and since when. Do you know it?',
      'If you know it: look at the endpoints it calls. Its list of peers may be wrong or out of date.',
      {
        on: ['linux', 'darwin'],
        text: 'If you do not: take the machine off the network, freeze the process instead of ending it so that it can be examined, and tell those responsible for security.',
      },
      {
        on: ['win32'],
        text: 'If you do not: take the machine off the network, leave the process as it is so that it can be examined, and tell those responsible for security.',
      },
    ],
    lasting: [
      'Let servers open connections only to the endpoints that they need; block the rest where they leave the machine or the network.',
      'Give a known program fewer calls at once and a growing pause before it calls a dead peer again.',
    ],
    myths: [],
    cannotTell:
      'Intent. And calls that are answered or refused between two looks are not seen: a scan of hosts that answer quickly looks smaller than it is.',
  },
  'syn-received-flood': {
    name: 'Half-open connections pile up',
    title: ({ local }) =>
      local === undefined ? 'The system answers calls with SYN cookies' : `Handshakes on ${local} are not finished by the callers`,
    fires:
      'The connections in SYN_RECEIVED on one listener reach {syn-received-share} of its backlog, or the system answers with SYN cookies.',
    meaning:
      'Callers sent SYN and got SYN+ACK; the ACK that ends the handshake is missing. If the senders never meant to connect, this is a SYN flood. If they did, our answer gets lost on the way back.',
    now: [
      'Look at the sources. Many unrelated addresses with a row or two each point to a flood with forged senders; one network points to a broken path or a firewall there.',
      {
        on: ['linux'],
        text: 'See that net.ipv4.tcp_syncookies is 1, its default: honest callers then get in although the queue is full.',
      },
      'A flood must be filtered before it reaches this machine: ask your provider, or use the firewall in front.',
    ],
    lasting: [
      {
        on: ['linux'],
        text: 'For bursts of honest callers raise the backlog that the program gives to listen(), net.core.somaxconn and net.ipv4.tcp_max_syn_backlog together.',
      },
      'Put something that finishes handshakes itself, such as a load balancer, in front of a public service.',
    ],
    myths: [
      {
        on: ['linux'],
        text: 'tcp_syncookies has nothing to do with TIME_WAIT, and 2 (always) is for tests: cookies have little room for the options of TCP. 1 uses them only when they are needed.',
      },
      'Closing single rows does not help against a flood: new ones come faster.',
    ],
    cannotTell:
      'Forged senders look like real ones. While cookies are in use the system keeps no row for these calls: the rows are fewer than the calls.',
  },
  'fin-wait-2-stuck': {
    name: 'Peers that do not close',
    title: ({ process = unknownProgram, rows }) =>
      `${process} has closed its side of ${rows} ${rows === 1 ? 'connection' : 'connections'}, and the peers do not close theirs`,
    fires: 'One process owns at least {fin-wait-2-count} connections that have been in FIN_WAIT_2 for {fin-wait-2-age} or longer.',
    meaning:
      'Our program has ended its direction and the peer has acknowledged that. Now the peer has to close, and it does not. Because our program still holds the socket, no timer ends the wait. On the other side these connections are usually in CLOSE_WAIT, unless the peer has vanished.',
    now: [
      'Where the peer is a program of this machine it is named as the other end: the leak is there.',
      'Otherwise tell whoever runs the peer that its program does not close connections.',
      { on: ['linux', 'win32'], text: 'Closing these rows frees them here; the peers get a reset.' },
    ],
    lasting: [
      'In our program: after shutdown(SHUT_WR) read to the end with a time limit, then call close().',
      { on: ['linux'], text: 'After close() the kernel ends FIN_WAIT_2 by itself (net.ipv4.tcp_fin_timeout, 60 s by default).' },
    ],
    myths: [
      {
        on: ['linux'],
        text: 'A lower tcp_fin_timeout does not help here: it counts only for sockets that no process holds any more.',
      },
    ],
    cannotTell: 'A peer that still has much to send may rightly keep the connection open. Then data still arrives on these rows.',
  },
  'fin-wait-1-pile': {
    name: 'Closing that nobody confirms',
    title: ({ process, rows }) =>
      `${rows} ${rows === 1 ? 'connection' : 'connections'} closed by ${process ?? 'this side'} ${rows === 1 ? 'is' : 'are'} not confirmed by the peers`,
    fires: 'At least {pile-count} connections have been in FIN_WAIT_1 or CLOSING for {pile-age} or longer.',
    meaning:
      'This side has closed; its FIN, or data before it, is not acknowledged. The kernel keeps repeating, mostly without a process. The peers have vanished, the path is down, or the peers take no more data (window 0).',
    now: [
      'See whether all of them go to one network: then look at the path there.',
      'They end by themselves after some minutes.',
      { on: ['linux', 'win32'], text: 'Close the rows when their memory is needed at once.' },
    ],
    lasting: [
      {
        on: ['linux'],
        text: 'net.ipv4.tcp_orphan_retries decides how long the kernel tries without a process (0 stands for 8). On a loaded public server it may be lowered. net.ipv4.tcp_max_orphans is no cure: beyond it connections are reset at once, healthy ones too.',
      },
      'If clients do it on purpose, limit the connections per address in front of the service.',
    ],
    myths: ['Ending the process does not remove them: the system finishes the closing without an owner.'],
    cannotTell: 'Whether the peer or the path is gone.',
  },
  'last-ack-pile': {
    name: 'Last confirmations are missing',
    title: ({ rows }) => `${rows} ${rows === 1 ? 'connection waits' : 'connections wait'} for the last confirmation`,
    fires: 'At least {pile-count} connections have been in LAST_ACK for {pile-age} or longer.',
    meaning:
      'The peers closed first, our side has closed too, and its FIN is not acknowledged: the peers are gone. This is usual after a load test was cut off, or when a network with many clients went down.',
    now: [
      'See whether all of them belong to one network: then look at the path there.',
      'They end by themselves after some minutes. Lost is only what was sent and never acknowledged: a send queue above 1 shows it.',
      { on: ['linux', 'win32'], text: 'Close the rows when their memory is needed at once.' },
    ],
    lasting: [
      'Let load tests and clients close their connections properly before they stop.',
      {
        on: ['linux'],
        text: 'net.ipv4.tcp_orphan_retries decides how long the kernel tries without a process (0 stands for 8). On a loaded public server it may be lowered.',
      },
    ],
    myths: ['Ending the process does not remove them: the system finishes the closing without an owner.'],
    cannotTell: 'Whether the peers or the path to them are gone.',
  },
  'half-open': {
    name: 'A peer that may be gone',
    title: ({ process = 'this machine', remote, rows }) =>
      remote === undefined && rows > 1
        ? `Several peers no longer confirm what ${process} sends`
        : `${remote ?? 'A peer'} no longer confirms what ${process} sends`,
    fires:
      'Data of a connection that may still send (ESTABLISHED, CLOSE_WAIT) was repeated at least {half-open-retransmits} times without any answer.',
    meaning:
      'Our data goes out again and again and nothing comes back. ESTABLISHED does not prove that anybody lives at the other end: it only says that nobody has told us otherwise. A peer that lost its power or its network cannot tell. One that has closed its own side (CLOSE_WAIT) still owes an answer to what we send.',
    now: [
      'Test whether the peer can be reached at all.',
      {
        on: ['linux', 'win32'],
        text: 'Close the connection: the program notices at once and can connect anew. Otherwise it waits until the system gives up.',
      },
      { on: ['darwin'], text: 'Let the program connect anew, or wait until the system gives up.' },
    ],
    lasting: [
      'Let the program limit how long sent data may stay unacknowledged: TCP_USER_TIMEOUT (Linux), TCP_MAXRT (Windows), TCP_RXT_CONNDROPTIME (macOS).',
      'Let the programs ping each other. Keepalive alone does not help here: it probes idle connections, not those with data on the way.',
    ],
    myths: [
      {
        on: ['linux'],
        text: 'Do not lower net.ipv4.tcp_retries2 for the whole machine below 8: RFC 1122 asks for at least 100 seconds, or short outages break healthy connections.',
      },
    ],
    cannotTell: 'Whether the peer is gone or only the path: a path that comes back lets the connection go on.',
  },
  'idle-without-keepalive': {
    name: 'Idle connections that nobody checks',
    title: ({ process = unknownProgram, unseenUser, rows }) =>
      `${unseenUser === undefined ? `${process} has` : `${programsEn(unseenUser)} have`} ${rows} idle ${rows === 1 ? 'connection' : 'connections'} without keepalive`,
    fires: 'Established connections to other machines carried nothing for {idle-age} and have no keepalive timer.',
    meaning:
      'Nothing was sent or received for a long time, and nothing will be noticed if the peer is gone: TCP sends nothing on an idle connection. ESTABLISHED does not prove that anybody lives at the other end.',
    now: [
      'Nothing is urgent. Ask the owner of the program whether these connections are still wanted.',
      { on: ['linux', 'win32'], text: 'Close those that are not: the program notices at its next use.' },
    ],
    lasting: [
      'Turn on keepalive in the program (SO_KEEPALIVE), or let it send something from time to time.',
      'Set the idle time per connection (TCP_KEEPIDLE; on macOS TCP_KEEPALIVE): two hours, the usual default, is longer than many firewalls and NAT gateways remember an idle connection.',
    ],
    myths: ['A shorter keepalive time of the system does nothing for programs that do not turn keepalive on.'],
    cannotTell: 'Whether the peer still lives. A program that waits quietly for events may be in perfect order.',
  },
} as const satisfies Readonly<Record<string, RuleText>>
