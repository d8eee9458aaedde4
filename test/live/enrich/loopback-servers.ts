/** A DNS server and a WHOIS server of our own on loopback, so that nothing leaves the machine. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

export interface LoopbackServer {
  readonly port: number
  readonly questions: string[]
  stop(): Promise<void>
}

/** RFC 1035: answers PTR questions by `answer`; undefined is "no such name", `silent` no answer at all. */
export async function startDnsServer(answer: (name: string) => readonly Buffer[] | undefined | 'silent'): Promise<LoopbackServer> {
  const socket = createSocket('udp4')
  const questions: string[] = []
  socket.on('message', (message, from) => {
    const { name, end } = readName(message, 12)
    questions.push(name)
    const names = answer(name)
    if (names === 'silent') return
    const header = Buffer.from(message.subarray(0, 12))
    header.writeUInt16BE(names === undefined ? 0x8183 : 0x8180, 2) // response, recursion; NXDOMAIN or no error
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(names?.length ?? 0, 6)
    header.writeUInt32BE(0, 8)
    const answers = (names ?? []).map((data) => {
      const fixed = Buffer.alloc(12)
      fixed.writeUInt16BE(0xc00c, 0) // the name of the question
      fixed.writeUInt16BE(12, 2) // PTR
      fixed.writeUInt16BE(1, 4)
      fixed.writeUInt32BE(300, 6)
      fixed.writeUInt16BE(data.length, 10)
      return Buffer.concat([fixed, data])
    })
    socket.send(Buffer.concat([header, message.subarray(12, end + 4), ...answers]), from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    port: socket.address().port,
    questions,
    stop: async () => {
      socket.close()
      await once(socket, 'close')
    },
  }
}

/** Labels as they travel, whatever bytes they are made of. */
export function wireName(...labels: readonly string[]): Buffer {
  const parts = labels.map((label) => {
    const bytes = Buffer.from(label)
    return Buffer.concat([Buffer.from([bytes.length]), bytes])
  })
  return Buffer.concat([...parts, Buffer.from([0])])
}

function readName(message: Buffer, at: number): { name: string; end: number } {
  const labels: string[] = []
  let position = at
  for (let length = message[position] ?? 0; length > 0; length = message[position] ?? 0) {
    labels.push(message.toString('latin1', position + 1, position + 1 + length))
    position += 1 + length
  }
  return { name: labels.join('.'), end: position + 1 }
}

/** RFC 3912: `talk` gets the question's line and the connection. */
export async function startWhoisServer(talk: (line: string, socket: Socket) => void): Promise<LoopbackServer> {
  const questions: string[] = []
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => open.delete(socket))
    socket.once('data', (line) => {
      questions.push(line.toString())
      talk(line.toString().trim(), socket)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    questions,
    stop: async () => {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
