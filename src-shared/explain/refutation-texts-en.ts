import type { RefutationId, RefutationText } from './refutation-text.ts'

export const refutationTextsEn: Readonly<Record<RefutationId, RefutationText>> = {
  'time-wait-is-a-leak': {
    claim: 'Thousands of TIME_WAIT rows are a leak.',
    why: 'They hold no descriptor, no process and next to no memory, and each ends by a timer. They only mean that this side closed many connections first.',
    instead:
      'Watch the ports in use towards one destination, ESTABLISHED and BOUND ones included, against the dynamic port range. If they run out, reuse connections (keep-alive, a pool), widen the range or use more source addresses.',
  },
  'fin-timeout-against-time-wait': {
    claim: 'Lower tcp_fin_timeout, and TIME_WAIT ends sooner.',
    why: 'tcp_fin_timeout limits FIN_WAIT_2 of connections that no process holds any more. TIME_WAIT lasts 60 seconds on Linux whatever its value; that time is fixed in the kernel.',
    instead: 'Leave it alone. If local ports run out, open fewer connections: keep-alive, a pool.',
  },
  'time-wait-recycle': {
    claim: 'Set tcp_tw_recycle to 1.',
    why: 'It broke clients behind address translation (NAT): their SYNs were dropped without a word. Linux removed the setting in 4.12, so on a newer kernel there is nothing to set.',
    instead: 'Reuse connections, or widen the dynamic port range.',
  },
  'time-wait-reuse-for-servers': {
    claim: 'tcp_tw_reuse gets rid of TIME_WAIT on a server.',
    why: 'It only lets new outgoing connections take the port of one that is in TIME_WAIT, and needs TCP timestamps. It does nothing for connections that others open to a server, and shortens no TIME_WAIT. Its value 2, the default of current kernels, means loopback only.',
    instead:
      'A server need not care: its listening port stays usable, and rows in TIME_WAIT do not block new clients. A busy client should reuse its connections.',
  },
  'syncookies-against-time-wait': {
    claim: 'Turn on tcp_syncookies against TIME_WAIT.',
    why: 'SYN cookies answer callers when the queue of half-open connections overflows, as in a SYN flood. They have nothing to do with TIME_WAIT, and current kernels have them on (1) anyway.',
    instead: 'Against a flood, check that the value is 1 and watch how many cookies are sent and how many calls are dropped.',
  },
  'setting-against-close-wait': {
    claim: 'A system setting or keepalive clears CLOSE_WAIT.',
    why: 'No timeout applies: the system waits for the program, and the peer has already said goodbye. Keepalive ends only connections whose peer no longer answers, and even then the program keeps its descriptor until it closes it.',
    instead:
      'Repair the program: close the socket when read() returns 0, on the error paths too. Until then close the rows or restart the program.',
  },
  'close-always-sends-fin': {
    claim: 'The program called close(), so the FIN is out.',
    why: 'close() drops one reference. While a forked child or a duplicated descriptor still holds the socket, no FIN is sent and the state does not change.',
    instead:
      'Look at all owners of the row. Close the socket in children (close-on-exec), or call shutdown(SHUT_WR), which sends the FIN whoever else holds it.',
  },
  'established-means-alive': {
    claim: 'ESTABLISHED proves that somebody is there.',
    why: 'It only says that nobody has said goodbye to this side. When the peer loses power or the path breaks, no segment tells, and an idle connection stays ESTABLISHED for days.',
    instead: 'Turn on TCP keepalive, or let the programs ping each other and give up after a while.',
  },
  'accept-opens-the-connection': {
    claim: 'accept() completes the handshake.',
    why: 'The kernel completes the handshake alone: the row is ESTABLISHED before the program hears of it. accept() only hands a finished connection over to the program; no segment is sent and no state changes.',
    instead:
      'To find a program that accepts too slowly, look at the waiting connections of its LISTEN row, and at ESTABLISHED rows that the kernel still holds.',
  },
  'killing-removes-everything': {
    claim: 'Kill the process, and its connections are gone.',
    why: 'Half true. The descriptors go, and the kernel closes each connection as close() would: it sends what is left and the FIN (or a reset, where received data was never read), and finishes FIN_WAIT_1, FIN_WAIT_2, CLOSING, LAST_ACK and TIME_WAIT without an owner.',
    instead: 'Wait: each of them ends by a timer. To end one at once, close the connection itself; that resets it.',
  },
  'reuse-address-everywhere': {
    claim: 'SO_REUSEADDR solves "address already in use" everywhere.',
    why: 'On Linux and macOS it lets a server bind although old connections of its port are in TIME_WAIT; it does not allow two listeners on one address. On Windows the same option lets another program take the port away.',
    instead: 'Set it in servers on Linux and macOS. On Windows leave it out and set SO_EXCLUSIVEADDRUSE.',
  },
}
