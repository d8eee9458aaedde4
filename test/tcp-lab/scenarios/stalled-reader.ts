import type { Lab } from '../network/lab.ts'
import type { Family } from '../network/pair.ts'
import { each, join, startServer } from './connections.ts'
import { repeat } from './repeat.ts'
import { endsText, turned } from './rows.ts'
import type { Stage, Trouble } from './trouble.ts'

const thresholds = { 'stalled-queue': 65_536, 'stalled-time': 1500 }
const pieceBytes = 24 * 1024
const betweenPiecesMs = 50
/** Room for a queue that can be seen to rise: at least, usually and at most (tcp(7), tcp_rmem and tcp_wmem). */
const buffers = '4096 4194304 8388608'

export const stalledReader: Trouble = {
  name: 'stalled-reader',
  title: 'A program that does not read what came',
  about: 'It is busy or blocked while data arrives: the receive queue grows until the kernel tells the peer to stop.',
  prepare: (lab, family) => prepareStall(lab, family, 'reader'),
}

export const stalledSender: Trouble = {
  name: 'stalled-sender',
  title: 'A peer that does not take what is sent',
  about: 'The other side reads too slowly or not at all and closes its window: what our program writes stays in the send queue.',
  prepare: (lab, family) => prepareStall(lab, family, 'sender'),
}

async function prepareStall(lab: Lab, family: Family, side: 'reader' | 'sender'): Promise<Stage> {
  const pair = await lab.pair()
  const { server, client } = pair
  client.setSetting('net.ipv4.tcp_wmem', buffers)
  if (side === 'reader') server.setSetting('net.ipv4.tcp_rmem', buffers)
  const { program: reader, listener } = await startServer(server, family, {
    port: 7000,
    ...(side === 'sender' ? { receiveBuffer: 8192 } : {}),
  })
  const writer = await client.peer()
  const joined = await join({ from: writer, to: listener, host: pair.serverAddress(family, 1), count: 2 })
  const [unread, read] = [joined[0]!, joined[1]!]
  await read.server.setReading(true)
  const ends = side === 'reader' ? turned(unread.ends) : unread.ends
  let since: number | undefined
  return {
    watched: side === 'reader' ? server : client,
    thresholds,
    ladder: ['the client writes all the time on two connections', 'the server reads only one of them'],
    begin: async () => {
      repeat(() => each(joined, ({ client: socket }) => socket.write(pieceBytes)), betweenPiecesMs)
    },
    reached: (rows, now) => {
      const row = rows.find((one) => endsText(one) === endsText(ends))
      const queue = (side === 'reader' ? row?.receiveQueue : row?.sendQueue) ?? 0
      if (queue >= thresholds['stalled-queue']) since ??= now
      return since !== undefined && now - since >= thresholds['stalled-time']
    },
    expected: () => ({
      rule: side === 'reader' ? 'reader-stalled' : 'sender-stalled',
      severity: 'warning',
      pid: side === 'reader' ? reader.pid : writer.pid,
      evidence: [ends],
      figures: { queue: [thresholds['stalled-queue'], 8_388_608], held: [thresholds['stalled-time'], 60_000] },
    }),
    cure: () => unread.server.setReading(true),
  }
}
