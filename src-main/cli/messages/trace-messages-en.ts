/** What the command "trace" says in English. */
export const traceMessagesEn = {
  needsQuery: 'Say which connection to trace: its id (sockscope list --columns id,local,remote), or a query that only it matches.',
  noneMatched: (query: string) => `No TCP connection with a remote end matches: ${query}`,
  severalMatched: (count: number) => `${count} TCP connections match; a trace follows one. Narrow the query, or give the id of one:`,
  andMore: (count: number) => `and ${count} more`,
  listening: (seconds: number, packets: number, onInterface: string) =>
    `Tracing on ${onInterface} for at most ${seconds} s and ${packets} packets; only headers are kept. Press Ctrl+C to stop.`,
  command: (purpose: string, command: string) => `${purpose}: ${command}`,
  toolSaid: (reason: string) => `It said: ${reason}`,
  thisEnd: 'this end',
  otherEnd: 'the other end',
  nothing: 'Nothing was captured. The connection was silent, or its packets take another way.',
  dropped: (count: number) => `${count} packets were lost by the capture; the ladder has holes.`,
  summary: {
    opened: (who: string) => `opened by ${who}`,
    openedBoth: 'opened by both ends at once',
    openedBefore: 'opened before the trace began',
    closedFirst: (who: string) => `closed first by ${who}`,
    closedBoth: 'closed by both ends at once',
    roundTrip: (ms: string) => `round trip ${ms} ms`,
    sent: (who: string, packets: number, bytes: number) => `${who}: ${packets} packets, ${bytes} bytes of data`,
    again: (count: number, all: number, percent: string) => `${count} of ${all} segments sent again (${percent} %)`,
    conversations: (count: number) => `${count} conversations on these ports; what follows is about the last`,
  },
  written: (file: string, packets: number) => `${packets} packets were written to ${file} (headers only).`,
  exists: (file: string) => `${file} exists already. Choose another name, or add --force to replace it.`,
  notWritten: (file: string, reason: string) => `${file} could not be written (${reason}).`,
}
