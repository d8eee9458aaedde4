import type { TcpState } from '../model/tcp-state.ts'
import type { StateText } from './state-text.ts'

export const stateTextsEn: Record<TcpState, StateText> = {
  LISTEN: {
    summary: 'Waits for connections on a port.',
    meaning:
      'A program opened this port and waits for clients. The row itself never carries data: every client gets a row of its own. On Linux its receive queue is the number of finished handshakes nobody has accepted yet, and its send queue is the limit of that queue.',
    nextActor: 'A remote client, by connecting.',
    normalFor: 'As long as the program runs.',
    problemWhen:
      'The port should not be open at all, or is open to every address although only this machine needs it, or the accept queue is full.',
    causeAndCure:
      'Stop the service, bind it to 127.0.0.1 or ::1, or close the port in the firewall. A full queue means the program accepts too slowly or its backlog is too small.',
  },
  SYN_SENT: {
    summary: 'Called a remote host and waits for its answer.',
    meaning: 'This side asked for a connection (SYN) and has heard nothing back yet.',
    nextActor: 'The remote host: it must answer or refuse.',
    normalFor: 'Milliseconds. Linux repeats the SYN six times by default and gives up after about 127 seconds.',
    problemWhen: 'It lasts more than about three seconds, or many appear at once.',
    causeAndCure:
      'Towards one remote: the host is down, the address is wrong, or a firewall drops the packets; test the path and the address. Towards many hosts or ports from one program: a scan, malware, or a list of peers that is wrong; look at the executable.',
  },
  SYN_RECEIVED: {
    summary: 'Answered a caller and waits for the last step of the handshake.',
    meaning: 'A SYN came in and was answered with SYN+ACK. The connection opens when the final ACK arrives.',
    nextActor: 'The remote client: it must send the final ACK.',
    normalFor: 'Milliseconds.',
    problemWhen: 'Many exist at the same time, above all from many different sources.',
    causeAndCure:
      'A SYN flood, or a path on which our SYN+ACK gets lost. Check that SYN cookies are allowed (tcp_syncookies, 1 by default), the size of the backlog, and the counters for SYN cookies sent and listen drops.',
  },
  ESTABLISHED: {
    summary: 'Open in both directions; it may be idle.',
    meaning:
      'The handshake is complete and both sides may send. It says nothing about traffic: the connection may have been silent for days, and it does not prove that anybody still lives at the other end.',
    nextActor: 'Either side, whenever it likes.',
    normalFor: 'Any length of time.',
    problemWhen:
      'It has been idle for long without keepalive (the peer may be gone without a word), segments are being repeated, or a queue keeps growing.',
    causeAndCure:
      'Peer lost without a FIN (power or network failure): turn on TCP keepalive or let the programs ping each other. Receive queue grows: our program does not read. Send queue grows: the peer or the path does not take the data.',
  },
  FIN_WAIT_1: {
    summary: 'Closed by this side; the peer has not confirmed it yet.',
    meaning: 'Our program closed first. The FIN, and perhaps data before it, is still unacknowledged.',
    nextActor: "The remote machine's TCP: it must acknowledge. Its program is not involved yet.",
    normalFor: 'One round trip.',
    problemWhen: 'Many stay for more than a few seconds.',
    causeAndCure:
      'The peer vanished or the path is down, so the kernel keeps repeating. Without an owning process Linux limits them with tcp_max_orphans and tcp_orphan_retries. They end by themselves; closing the row ends one at once.',
  },
  FIN_WAIT_2: {
    summary: 'Closed by this side; waits for the peer to close as well.',
    meaning: 'Our FIN is acknowledged. The other direction stays open until the remote program closes too.',
    nextActor: 'The remote program: it must close its end.',
    normalFor: 'A short time. A row without an owner is removed by Linux after tcp_fin_timeout, 60 seconds by default.',
    problemWhen: 'It stays for long and still has an owner: then no timeout applies.',
    causeAndCure:
      'The peer forgets to close and sits in CLOSE_WAIT: repair that program. If this side only shut down sending, it can close the socket fully or read with a timeout.',
  },
  TIME_WAIT: {
    summary: 'Finished; kept for a while so that late packets do no harm.',
    meaning:
      'This side closed first and everything went well. The kernel remembers the pair of addresses and ports so that stray segments die out and a lost last ACK can be repeated. No process owns it any more; ending the process does not remove it.',
    nextActor: 'Nobody: a timer ends it.',
    normalFor:
      '60 seconds on Linux (fixed in the kernel); twice the maximum segment lifetime elsewhere, by default 120 seconds on Windows.',
    problemWhen: 'Only when the local ports for one destination run out. A large number alone is no leak and no error.',
    causeAndCure:
      'Many short outgoing connections to one destination: reuse connections (keep-alive, a pool), widen the local port range or use more source addresses. tcp_tw_reuse helps new outgoing connections only and needs timestamps. tcp_fin_timeout does not shorten this state.',
  },
  CLOSED: {
    summary: 'No connection.',
    meaning:
      'The beginning and the end of every connection. A socket in this state has no peer; tables show it for an instant at most, or for sockets that were created and never used.',
    nextActor: 'The program, by connecting or listening; otherwise nobody.',
    normalFor: 'Does not matter: it holds no connection.',
    problemWhen: 'Hardly ever. A rising number in one process may be a leak of sockets.',
    causeAndCure: 'Nothing to do for single rows. With a leak, look where the program creates sockets without using or closing them.',
  },
  CLOSE_WAIT: {
    summary: 'The peer has closed; our program has not yet.',
    meaning: "The remote side's FIN has arrived, so read() returns end of data. Our program still holds the socket open.",
    nextActor: 'Our own program: it must close the socket.',
    normalFor: 'Milliseconds, or as long as our program still has data to send.',
    problemWhen: 'It lasts more than a minute, or the number in one process keeps rising.',
    causeAndCure:
      'Our program never calls close(): a leak of descriptors, which ends when the process hits its limit. No system setting cures it. Repair the program; until then close these connections or restart it.',
  },
  LAST_ACK: {
    summary: 'Closed second; waits for the last confirmation.',
    meaning: 'The peer closed first, then our program closed. Our FIN is out and not acknowledged yet.',
    nextActor: "The remote machine's TCP: it must acknowledge.",
    normalFor: 'One round trip.',
    problemWhen: 'Many exist at once.',
    causeAndCure:
      'Clients vanished in the middle of closing, for example when a load test was cut off. The kernel gives up by itself after its repeats.',
  },
  CLOSING: {
    summary: 'Both sides closed at the same moment.',
    meaning: 'Both FINs crossed on the way. We have the FIN of the peer, but not the confirmation of ours.',
    nextActor: "The remote machine's TCP: it must acknowledge.",
    normalFor: 'One round trip; rarely seen at all.',
    problemWhen: 'It stays for long: then the path is down.',
    causeAndCure: 'As with FIN_WAIT_1: the peer or the path was lost. It ends by itself; closing the row ends it at once.',
  },
  BOUND: {
    summary: 'Has a local port, but neither listens nor is connected.',
    meaning:
      'A program called bind() and nothing more. The port is taken, yet no packet can use it. It is no state of the standard: Linux reports it since kernel 6.8, Windows lists it with netstat -q.',
    nextActor: 'The program: it must listen, connect or close.',
    normalFor: 'Milliseconds, between bind() and listen() or connect().',
    problemWhen: 'A port is reported as in use although nothing listens on it, or many such sockets use up the dynamic ports.',
    causeAndCure: 'The program holds sockets it does not use. It cannot be closed from outside: end or repair the program.',
  },
  DELETE_TCB: {
    summary: 'Windows is removing the connection.',
    meaning: 'Exists on Windows only: the connection is over and its control block is being deleted.',
    nextActor: 'Windows.',
    normalFor: 'An instant.',
    problemWhen: 'It stays: then a network driver or filter still holds the connection.',
    causeAndCure: 'Look for security or VPN software that filters connections; a restart clears it.',
  },
}
