import type { ConnectionTexts } from './connection-texts.ts'

const due = (span: string | undefined): string => (span === undefined ? '' : `; the next one is due in ${span}`)

export const connectionTextsEn: ConnectionTexts = {
  labels: {
    means: 'What it means here',
    role: 'Who called',
    closer: 'Who closed first',
    time: 'How long',
    next: 'Who acts next',
    moves: 'What moves it on',
    otherwise: 'If nobody acts',
    note: 'Also',
  },
  verdicts: { normal: 'Normal', slow: 'Slow', stuck: 'Stuck' },
  process: ({ name, pid, others }) => `${name} (PID ${pid})${others === 0 ? '' : ` and ${others} more`}`,
  hiddenProgram: 'the program here (hidden from this user)',
  ourProgram: 'the program here',
  remoteProgram: ({ remote }) => `the program at ${remote}`,
  programHere: ({ process }) => `${process} on this machine`,
  thisEnd: ({ process }) => `${process} at this end`,
  otherEnd: ({ process }) => `${process} at the other end`,
  listeningProgram: ({ listener }) => `the program that listens on ${listener}`,
  time: ({ age, atLeast, verdict, reason }) =>
    `In this state for ${atLeast ? 'at least ' : ''}${age}: ${{ normal: 'normal', slow: 'slow', stuck: 'too long' }[verdict]}. ${reason}`,

  role: {
    clientSeen: 'This side called: a look saw it in SYN_SENT.',
    clientGuessed: 'This side probably called: its port is a dynamic one, or the other endpoint is listened on here.',
    serverSeen: 'This side was called: a look saw it in SYN_RECEIVED.',
    serverGuessed: 'This side was probably called: somebody listens on its endpoint.',
    through: ({ listener }) => `The connection came in through ${listener}.`,
  },
  closer: {
    us: 'This side closed first.',
    peer: 'The peer closed first.',
    both: 'Both sides closed at the same moment: each sent its FIN before it had that of the other.',
    usOrBoth: 'This side closed first, or both did at the same moment.',
  },
  orphan: 'No process holds it any more; the kernel finishes it alone.',
  twin: ({ them, state }) => `The other end is on this machine too: ${them} in ${state}.`,
  ownTwin: ({ state }) => `The same process holds the other end too, which is in ${state}.`,

  listen: {
    means: ({ us, port }) => `${us} waits for calls on port ${port}. The row itself carries no data; every caller gets a row of its own.`,
    toLoopback: ({ address }) => `Only programs of this machine can reach it, because it listens on ${address}.`,
    toAll: 'It listens on every address of this machine: whoever reaches the machine and passes its firewall can call.',
    toAllBoth:
      'It listens on every address of this machine: whoever reaches the machine and passes its firewall can call. An IPv6 socket like this usually takes IPv4 calls as well.',
    toOne: ({ address }) => `It listens on ${address} only, for everybody who can reach that address.`,
    normal: 'A program may listen for as long as it runs.',
    full: 'The accept queue is full, and that is why calls fail.',
    queue: ({ waiting, backlog }) => `${waiting} of at most ${backlog} finished handshakes wait for accept().`,
    queueEmpty: ({ backlog }) => `No finished handshake waits for accept(); there is room for ${backlog}.`,
    queueFull: ({ us, waiting, backlog }) =>
      `The accept queue is full, ${waiting} of ${backlog}: the kernel drops further calls until ${us} calls accept().`,
    next: 'A caller, with a SYN. accept() then only takes the finished connection over; it changes no state.',
    nextAccept: ({ us }) => `${us} must call accept(), more often or with more threads.`,
    moves: ({ us }) => `close() by ${us}, or its end. Connections that were accepted stay; those still waiting are reset.`,
    otherwise: 'Nothing happens: it goes on listening.',
  },
  udp: {
    means: ({ us, port }) => `UDP knows no connections and so no states. ${us} sends and receives single datagrams through port ${port}.`,
    connected: ({ remote }) =>
      `It is tied to ${remote} by connect() and takes datagrams from nobody else. Nothing was sent for that, and nobody need be there.`,
    unconnected: 'It takes datagrams from anybody who can reach its address.',
    unread: ({ bytes }) =>
      `Received datagrams wait to be read (${bytes} of the buffer are in use). When it is full, further ones are dropped.`,
    otherwise: ({ us }) => `The socket stays until ${us} closes it. No timer ends it.`,
  },
  bound: {
    means: ({ us, port }) =>
      `${us} has taken port ${port} with bind() and done nothing more. No packet can use it. The standard has no such state.`,
    normal: 'Between bind() and the next call, milliseconds are usual.',
    slow: 'The port is taken, although nothing listens or calls.',
    next: ({ us }) => `${us} must call listen(), connect() or close().`,
    moves: 'listen() leads to LISTEN, connect() to SYN_SENT, close() gives the port back.',
    otherwise: ({ us }) => `The port stays taken until ${us} closes the socket or ends. It cannot be closed from outside.`,
  },
  closed: {
    means: 'There is no connection: it is not opened yet, or over.',
    normal: 'It holds nothing but a descriptor.',
    next: ({ us }) => `Nobody, unless ${us} wants to connect or listen.`,
    otherwise: 'Nothing happens.',
  },
  deleteTcb: {
    means: 'The connection is over, and Windows is deleting its control block.',
    normal: 'That takes an instant.',
    stuck: 'A network driver or filter, such as security or VPN software, still holds it.',
    next: 'Windows.',
    otherwise: 'A restart of the machine clears it.',
  },

  synSent: {
    means: ({ us, remote }) => `${us} has called ${remote} (SYN) and has heard nothing back yet.`,
    normal: 'An answer takes one round trip, rarely more than a few hundred milliseconds.',
    slow: 'The first SYN or its answer seems to be lost.',
    stuck: 'A refusal would come at once; silence means that the machine is down, the address is wrong, or a firewall drops the packets.',
    next: ({ remote }) => `The machine of ${remote}: it must answer (SYN+ACK) or refuse (RST).`,
    nextHere: 'This machine itself: the other endpoint is here. A full accept queue or a packet filter keeps it from answering.',
    repeated: ({ count, due: span }) => `The SYN was repeated ${count === 1 ? 'once' : `${count} times`} so far${due(span)}.`,
    moves: 'SYN+ACK from there: the state becomes ESTABLISHED and connect() returns. RST from there: connect() fails at once.',
    linux: ({ tries, span }) =>
      `Linux gives up after about ${span} (tcp_syn_retries ${tries}; a few seconds later since kernel 6.5), and connect() fails with a timeout. The program may give up earlier.`,
    macos: ({ span }) =>
      `macOS gives up after ${span} (net.inet.tcp.keepinit), and connect() fails with a timeout. The program may give up earlier.`,
    windows:
      'Windows gives up after a few repeats, by default about 21 seconds, and connect() fails with a timeout. The program may give up earlier.',
    elsewhere: 'The system gives up after some repeats, and connect() fails with a timeout.',
  },
  synReceived: {
    means: ({ remote, local }) =>
      `${remote} called ${local}. The kernel answered (SYN+ACK) and waits for the final ACK; no program knows of the call yet.`,
    crossed: ({ remote }) => `This side and ${remote} called each other at the same moment; the SYN of the peer came instead of an answer.`,
    normal: 'The final ACK takes one round trip.',
    slow: 'The SYN+ACK or the ACK seems to be lost.',
    stuck:
      'The answer or the ACK gets lost on the way, the caller is gone or never meant to finish (a SYN flood), or the accept queue is full and the ACK is ignored.',
    next: ({ remote }) => `The machine of ${remote}: it must send the final ACK.`,
    moves: 'The final ACK: the state becomes ESTABLISHED and the connection waits for accept(), which changes no state. RST ends it.',
    linux: ({ tries, span }) => `Linux repeats the SYN+ACK ${tries} times (tcp_synack_retries) and forgets the call after about ${span}.`,
    elsewhere: 'The system repeats the SYN+ACK a few times and then forgets the call.',
  },
  established: {
    means: ({ us, them }) =>
      `The connection between ${us} and ${them} is open in both directions. That says nothing about traffic, nor that the other end still lives.`,
    unaccepted: ({ remote }) =>
      `The handshake with ${remote} is complete, but no program has accepted the connection: it waits in the accept queue.`,
    normal: 'An open connection may last for any time, idle or not.',
    unanswered: ({ count }) => `What was sent has not been acknowledged and was repeated ${count === 1 ? 'once' : `${count} times`}.`,
    gone: ({ count }) => `${count} repeats in a row went unanswered: the peer or the path to it is gone.`,
    unread: ({ us, bytes }) => `${bytes} have arrived that ${us} does not read.`,
    undrained: ({ bytes }) => `${bytes} are sent or waiting and not acknowledged: the peer or the path does not take them.`,
    windowClosed: ({ them }) => `The peer's receive window is closed, because ${them} does not read. Nothing more can be sent.`,
    waitsForAccept: 'Accepting takes milliseconds when the program keeps up.',
    next: 'Either side, whenever it likes.',
    nextAccept: ({ who }) => `${who} must call accept(). That changes no state; it only hands the connection over.`,
    nextRead: ({ us }) => `${us} must read.`,
    nextPeerReads: ({ them }) => `${them} must read.`,
    nextAnswer: ({ remote }) => `The machine of ${remote}: it must acknowledge.`,
    moves: ({ us }) =>
      `close() or shutdown(SHUT_WR) by ${us} sends a FIN and leads to FIN_WAIT_1. The peer's FIN leads to CLOSE_WAIT. A reset from either side ends it at once.`,
    idleForever: 'It stays open without end: no timer closes an idle connection, unless a program or keepalive does.',
    acceptForever: 'It waits until the program accepts it, closes its listening socket, or ends.',
    linuxGivesUp: ({ tries }) =>
      `Linux gives it up after ${tries} repeats (tcp_retries2), a quarter of an hour or more with the default of 15.`,
    givesUp: 'The system gives it up after a number of repeats.',
    idle: ({ span }) => `Data last passed ${span} ago.`,
    noData: 'No data has passed in either direction yet.',
    keepalive: ({ due: span }) => `Keepalive is on${span === undefined ? '' : `; the next probe is due in ${span} unless data flows`}.`,
    noKeepalive: ({ us }) =>
      `No keepalive timer runs. If the peer vanished without a FIN, nobody here would notice before ${us} sends something. Turn on keepalive, or let the programs ping each other.`,
  },
  finWait1: {
    means: ({ us }) => `${us} has closed its direction. The FIN, and data before it if there is some, is not acknowledged yet.`,
    queued: ({ bytes }) => `${bytes} are not acknowledged, the FIN among them.`,
    normal: 'The acknowledgement takes one round trip.',
    slow: 'Data is still on its way, or something was lost and is repeated.',
    stuck: 'The peer or the path to it is gone, so the kernel keeps repeating.',
    windowClosed: ({ them }) =>
      `The peer's receive window is closed, because ${them} does not read. The data before the FIN cannot leave, and so the FIN cannot either.`,
    next: ({ remote }) => `The TCP of ${remote}: it must acknowledge. Its program has nothing to do yet.`,
    moves:
      "The ACK of our FIN leads to FIN_WAIT_2. The peer's FIN before that leads to CLOSING; both in one segment lead straight to TIME_WAIT. A reset ends it.",
  },
  repeats: {
    linuxOrphan: ({ tries }) =>
      `Linux repeats ${tries} times (tcp_orphan_retries; 0 stands for 8), about 100 seconds on a short path, longer on a slow one. Then the row goes.`,
    linuxOwned: ({ tries }) =>
      `Linux repeats ${tries} times while a process holds it (tcp_retries2), a quarter of an hour or more with the default of 15. Then the row goes.`,
    elsewhere: 'The system repeats a number of times. Then the row goes.',
  },
  finWait2: {
    means: ({ them }) => `The peer has acknowledged our FIN. The other direction is still open: ${them} may go on sending.`,
    held: ({ us }) => `${us} still holds the socket: it has called shutdown(SHUT_WR) and may go on reading.`,
    normal: 'The peer usually closes at once, or when it has sent the rest.',
    normalOrphan: 'Without a process the system removes it by a timeout.',
    slow: 'The peer is slow to close, or still has data to send.',
    stuck: 'The peer seems to forget to close; there it sits in CLOSE_WAIT.',
    next: ({ them }) => `${them} must close its end.`,
    moves: "The peer's FIN leads to TIME_WAIT. A reset ends it at once.",
    linuxOrphan: ({ limit, left }) =>
      `Linux removes it ${limit} after the process let go (tcp_fin_timeout)${left === undefined ? '' : `, in ${left}`}.`,
    orphanElsewhere: 'The system removes it after a timeout of its own.',
    ownedForever: ({ us }) =>
      `No timeout applies while a process holds it. ${us} can close() the socket fully, or read with a timeout; after close() the timeout begins.`,
    windows:
      'When the program has closed the socket fully, Windows removes it after a timeout; when it only shut down sending, no timeout applies.',
  },
  closeWait: {
    means: ({ us, them }) => `${them} has closed its direction; its FIN has arrived. ${us} has not closed yet.`,
    unaccepted: ({ remote }) =>
      `${remote} called and has closed again, before any program accepted the connection. It waits in the accept queue.`,
    readsZero: 'read() returns 0, the end of data.',
    endRead: ({ us }) => `${us} has read to the end of data (read() returned 0), so it could know.`,
    endUnread: ({ us }) => `${us} has not read the end of data yet.`,
    unread: ({ bytes }) => `${bytes} can still be read; then read() returns 0, the end of data.`,
    sending: ({ us, bytes }) => `${us} may still be sending: ${bytes} are not acknowledged.`,
    normal: 'Closing after the peer takes milliseconds when the program reads.',
    slow: ({ us }) => `${us} has not noticed the end of data yet, or still has something to do.`,
    sends: "The program still sends, which it may: only the peer's direction is closed.",
    stuck: ({ us }) => `${us} has probably lost track of the socket: a descriptor leak.`,
    stuckUnaccepted: 'The listening program does not accept.',
    next: ({ us }) => `${us} must close the socket.`,
    nextAccept: ({ who }) => `${who} must accept() the connection and close it.`,
    moves: ({ us }) => `close() or shutdown(SHUT_WR) by ${us} sends our FIN and leads to LAST_ACK. A reset ends it at once.`,
    otherwise: ({ us }) =>
      `It stays until ${us} closes the socket or ends, and uses up a descriptor. No timeout and no system setting ends it. Close the connection from here, or restart the program, until it is repaired.`,
  },
  lastAck: {
    means: 'Both directions are closed; only the acknowledgement of our FIN is missing.',
    normal: 'The acknowledgement takes one round trip.',
    slow: 'Data is still on its way, or something was lost and is repeated.',
    stuck: 'The peer or the path to it is gone, so the kernel keeps repeating.',
    next: ({ remote }) => `The TCP of ${remote}: it must acknowledge our FIN.`,
    moves: 'The ACK of our FIN ends it. This side closed second, so no TIME_WAIT follows.',
  },
  closing: {
    means: "The two FINs crossed: the peer's has arrived, ours is not acknowledged yet.",
    normal: 'The acknowledgement takes one round trip.',
    slow: 'Something was lost and is repeated.',
    stuck: 'The peer or the path to it is gone, so the kernel keeps repeating.',
    next: ({ remote }) => `The TCP of ${remote}: it must acknowledge our FIN.`,
    moves: 'The ACK of our FIN leads to TIME_WAIT. A reset ends it.',
  },
  timeWait: {
    means: ({ local, remote }) =>
      `The connection is over. The kernel keeps the pair ${local} and ${remote} for a while, so that late segments do no harm and a lost last ACK can be repeated. It needs no process.`,
    linux: 'On Linux it lasts 60 seconds, fixed in the kernel; a repeated FIN of the peer starts them anew.',
    macos: ({ span }) => `It lasts twice the segment lifetime (net.inet.tcp.msl), ${span} here.`,
    windows: 'On Windows it lasts 120 seconds by default.',
    elsewhere: 'It lasts twice the maximum segment lifetime.',
    next: ({ left }) => `Nobody: a timer ends it${left === undefined ? '' : ` in ${left}`}.`,
    moves: 'The timer. No call and no end of a process shortens it.',
    otherwise: ({ remote, port }) =>
      `That is how it should be. Until then port ${port} is normally not used again towards ${remote}; towards other endpoints it is free.`,
  },
}
