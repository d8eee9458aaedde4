/** Rules about what runs out, what does not flow, and what listens where it should not. */
import { programsEn, unknownProgramEn as unknownProgram } from './unseen-programs.ts'
import type { RuleText } from './rule-text.ts'

export const loadRulesEn = {
  'accept-queue-full': {
    name: 'Connections that the program does not accept',
    title: ({ process = 'A program', local }) =>
      local === undefined
        ? 'Queues of accepted connections overflow'
        : `${process} does not accept the connections on ${local} fast enough`,
    fires:
      'The accept queue of a listener reaches {accept-queue-share} of its backlog, or the system counts connections dropped at such a queue.',
    meaning:
      'These callers have finished the handshake and believe that they are connected; the program has not taken them with accept(). When the queue is full the system drops further handshakes: callers wait, try again and at last fail.',
    now: [
      'Look at what the program does. If it uses a whole processor it has too much to do; if it sleeps while the queue is full it is blocked: a lock, a database, a full disk.',
      'A restart ends a blockage. It also drops those who wait.',
    ],
    lasting: [
      'Accept in a loop that does nothing else and hand the work on; add worker processes or threads.',
      {
        on: ['linux'],
        text: 'For short bursts a longer queue helps: raise the backlog that the program gives to listen() and net.core.somaxconn together, for the smaller of both counts. Both take effect at the next listen(), that is after a restart.',
      },
      {
        on: ['darwin'],
        text: 'For short bursts a longer queue helps: raise the backlog that the program gives to listen() and kern.ipc.somaxconn together, for the smaller of both counts.',
      },
    ],
    myths: [
      'A longer queue does not cure a program that is too slow: callers only wait longer.',
      {
        on: ['linux'],
        text: 'tcp_abort_on_overflow adds no room: callers get a reset where they would have tried again.',
      },
    ],
    cannotTell: 'The counters are those of the whole system: which listener dropped connections is known only from its queue.',
  },
  'port-exhaustion': {
    name: 'Local ports run out',
    title: ({ remote = 'one destination' }) => `The local ports for ${remote} run out`,
    fires: 'The ports in use towards one destination reach {port-share} of the dynamic port range.',
    meaning:
      'Each connection from one local address to one remote address and port needs a local port of its own from a limited range. When none is left, connect() fails (address not available). Other destinations are not affected.',
    now: [
      'See which process uses the ports and in which state. Mostly ESTABLISHED: it opens too many connections or never closes them. Mostly TIME_WAIT: it opens a new connection for each request.',
      'Let that process do less at once. TIME_WAIT ends by itself; connections that leak end with the process.',
      'A wider port range helps at once, without a restart.',
    ],
    lasting: [
      'Reuse connections: keep-alive, a connection pool, fewer clients side by side.',
      'Where the protocol allows it let the other side close first: TIME_WAIT is then there.',
      'Use more local or remote addresses: each pair of addresses has the whole range.',
      {
        on: ['linux'],
        text: 'net.ipv4.tcp_tw_reuse=1 lets a new outgoing connection take a port in TIME_WAIT after a second. It needs timestamps on both sides and does nothing for incoming connections; 2, the default, does it on loopback only.',
      },
    ],
    myths: [
      'TIME_WAIT alone is harmless: no leak and no error. Only the ports for one destination are scarce.',
      {
        on: ['linux'],
        text: 'tcp_tw_recycle is gone: it broke clients behind NAT and was removed in Linux 4.12.',
      },
      {
        on: ['linux'],
        text: 'tcp_fin_timeout does not shorten TIME_WAIT, which is 60 s and fixed in the kernel. tcp_syncookies has nothing to do with it either.',
      },
    ],
    cannotTell: 'A NAT gateway or a load balancer between here and there has ports of its own, and may run out of them earlier.',
  },
  'reader-stalled': {
    name: 'Received data is not read',
    title: ({ process = unknownProgram, unseenUser, remote, rows }) => {
      const many = remote === undefined && rows > 1
      if (unseenUser !== undefined)
        return `${programsEn(unseenUser)} do not read what ${many ? 'their peers send' : `${remote ?? 'their peer'} sends`}`
      return `${process} does not read what ${many ? 'its peers send' : `${remote ?? 'its peer'} sends`}`
    },
    fires:
      'The receive queue of a connection holds {stalled-queue} or more and does not shrink for {stalled-time}, and less than 64 KiB were read from it in that time.',
    meaning:
      'The data is here and acknowledged, but the program does not call read(). When its buffer is full, TCP tells the peer to stop (window 0), and the peer stalls too.',
    now: [
      'Look at what the program does: it is blocked, stopped in a debugger, or busy with other work.',
      'If it does not recover, restart it: the data in the queue is lost with it.',
    ],
    lasting: [
      'Read in a thread or loop that never waits for the processing, and give the processing a limit.',
      'If a slow reader is intended (back pressure), raise the threshold for this machine.',
    ],
    myths: ['Larger receive buffers do not cure it: they fill as well, only later.'],
    cannotTell: 'Whether the program waits on purpose, to slow its peer down.',
  },
  'sender-stalled': {
    name: 'Sent data is not taken',
    title: ({ process = 'this machine', remote, rows }) =>
      remote === undefined && rows > 1
        ? `Several peers do not take what ${process} sends`
        : `${remote ?? 'A peer'} does not take what ${process} sends`,
    fires:
      'The send queue of a connection holds {stalled-queue} or more and does not shrink for {stalled-time}, and less than 64 KiB went out of it in that time.',
    meaning:
      'The program has written this data, and it is still here: sent and not acknowledged, or not sent because the peer has no room. Either the peer does not read or the path does not carry it.',
    now: [
      'Look at retransmits and timer. Repeats mean that the path loses data. A window probe (persist timer) means that the peer last said it has no room; an answered probe shows that it is alive and does not read.',
      'In the second case look at the program at the other end.',
    ],
    lasting: [
      'Let the program limit what it writes to a slow peer, and drop peers that stay behind.',
      'On a path with losses look for a bad link, an overloaded gateway or a wrong MTU.',
    ],
    myths: ['Larger send buffers do not cure it: they only hide it from the program for longer.'],
    cannotTell: 'What the other program does. Where the system tells no retransmits and timers, path and peer cannot be told apart.',
  },
  'connection-churn': {
    name: 'Connections opened and closed all the time',
    title: ({ process, remote }) => `${process ?? 'This machine'} opens and closes connections to ${remote ?? 'one endpoint'} all the time`,
    fires: 'Connections to one endpoint are opened and closed at {churn-rate} or more over {churn-window}.',
    meaning:
      'Each request seems to have a connection of its own. Each costs a handshake, a slow start and afterwards a port in TIME_WAIT on the side that closed first. It works, but it wastes time, and ports may run out.',
    now: ['Nothing breaks by this alone. See whether the ports for this endpoint run low.'],
    lasting: [
      'Reuse connections: keep-alive on both sides, a pool in the client, one client object instead of one per request.',
      'See whether the server answers with "Connection: close" or closes idle connections after too short a time.',
    ],
    myths: ['The many TIME_WAIT rows that this leaves are harmless in themselves. Do not try to get rid of them: reuse connections.'],
    cannotTell: 'Connections that come and go between two looks are not seen: the true rate may be higher.',
  },
  'fd-pressure': {
    name: 'Descriptors run out',
    title: ({ process = unknownProgram }) => `${process} has used up most of its descriptors`,
    fires: 'A process uses {descriptor-share} or more of its descriptor limit, and most of them are sockets.',
    meaning:
      'Each socket and each open file takes a descriptor, and a process has a limit. When it is reached, accept(), connect() and open() fail ("too many open files").',
    now: [
      'Look at the states of its sockets. Many CLOSE_WAIT: it leaks. Many ESTABLISHED: it really has so many connections.',
      { on: ['linux'], text: 'The limit of a running process can be raised without a restart, see the commands.' },
      'If it leaks, restart it before the limit is reached.',
    ],
    lasting: [
      'Close what is not used: idle connections after a time, and everything on errors.',
      { on: ['linux'], text: 'If the need is real, raise the limit where the program is started: LimitNOFILE in its systemd unit.' },
      {
        on: ['darwin'],
        text: 'If the need is real, raise the limit where the program is started: ulimit -n, or SoftResourceLimits in its launchd job.',
      },
    ],
    myths: ['fs.file-max is the limit of the whole system; it does not change the limit of a process.'],
    cannotTell: 'Whether the descriptors are needed. The trend tells more than one look.',
  },
  'exposed-listener': {
    name: 'A service that should not be public',
    title: ({ service = 'A service', local = 'an open address' }) => `${service} listens on ${local}, beyond this machine`,
    fires: 'A service that is usually meant for this machine or a closed network listens on an address that others can reach.',
    meaning:
      'Databases, caches, container and debug ports are meant for one machine or a closed network. Whoever reaches such a port may read the data or take over the machine.',
    now: [
      'If only this machine needs it, bind it to 127.0.0.1 and ::1 in its configuration and restart it.',
      'Until then close the port in the firewall. Ending the process closes it at once.',
      'If it was open to the Internet, look through its log for strangers and change its passwords.',
    ],
    lasting: [
      'Bind to the one address that is needed, ask for a password, and encrypt.',
      'Let the firewall refuse what is not allowed explicitly.',
      {
        on: ['linux'],
        text: 'Ports that Docker publishes bypass the INPUT rules of the host firewall: publish them as 127.0.0.1:PORT:PORT, or filter in the chain DOCKER-USER.',
      },
    ],
    myths: ['Another port number is no protection: scanners try all of them.'],
    cannotTell: 'Whether a firewall, here or in front, already closes the port. Try it from outside.',
  },
  'port-conflict': {
    name: 'Two programs on one port',
    title: ({ process = 'One program', otherProcess = 'another one', local }) =>
      `${process} and ${otherProcess} both listen on ${local === undefined ? 'one port' : local}`,
    fires: 'Two owners listen on overlapping addresses and the same port, or different programs answer IPv4 and IPv6.',
    meaning:
      'Which program answers depends on the address that a client uses. "localhost" may be ::1 or 127.0.0.1: the same name then leads to two programs.',
    now: [
      'Decide which of the two shall have the port, and end or move the other one.',
      'Until then use the number of the address instead of localhost.',
    ],
    lasting: [
      'Give each service a port of its own, and let only one start it: look for a second copy that was left running, or for one in a container.',
      'Bind to both address families on purpose, or to one explicit address.',
    ],
    myths: [
      {
        on: ['linux'],
        text: 'SO_REUSEADDR does not let two programs listen on the same TCP address: it lets a server start while old connections are in TIME_WAIT. SO_REUSEPORT does, when both ask for it.',
      },
      {
        on: ['win32'],
        text: 'SO_REUSEADDR is not harmless on Windows: it lets another program take over a port that is in use. SO_EXCLUSIVEADDRUSE is the safe one.',
      },
    ],
    cannotTell:
      'Whether it is intended. Workers of one program that share a port are not reported: processes of one executable, of an interpreter such as Node.js or Python only where one started the other or the same one started both, as process managers do.',
  },
  'retransmission-storm': {
    name: 'Much has to be sent again',
    title: ({ remote, process }) =>
      remote === undefined ? 'Many segments have to be sent again' : `Much of what ${process ?? 'this machine'} sends to ${remote} is lost`,
    fires: 'At least {retransmit-share} of the segments sent over {retransmit-window} were repeats.',
    meaning:
      'Segments are lost, or their acknowledgements are, and TCP sends them again more and more slowly. Programs see a connection that hangs and crawls.',
    now: [
      'See whether one remote network is concerned, or all: one points to the path there, all to this machine: link, cable, radio, a virtual switch.',
      'Compare the error and drop counters of the interfaces.',
    ],
    lasting: [
      'Repair the link that loses packets, or give an overloaded one less to carry.',
      'If only large packets are lost, the MTU is wrong somewhere: tunnels and VPNs need a smaller one, and ICMP "too big" must not be filtered.',
    ],
    myths: ['Larger buffers do not cure losses; they add delay.'],
    cannotTell: 'Where on the path the packets are lost. Some losses are normal on busy and wireless links.',
  },
} as const satisfies Readonly<Record<string, RuleText>>
