/**
 * A desktop at rest: many small processes with ordinary descriptors, some of them with a TCP socket. They are `cat`s waiting for
 * input, which light as they are hold whatever they inherit and end when this process does.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { endWithParent } from './child-program.ts'

export interface DesktopTask {
  readonly processes: number
  readonly descriptors: number
  /** TCP sockets; both ends of each connection count. */
  readonly tcp: number
  readonly udp: number
}

/** Standard input and so many more are unix sockets, as with a display, a message bus and a log. */
const unixSockets = 3

endWithParent()
const { processes, descriptors, tcp, udp } = JSON.parse(process.argv[2] ?? '') as DesktopTask
const nothing = openSync('/dev/null', 'r')
const children: ChildProcess[] = []
const sockets = await connectPairs(tcp / 2)
for (let index = 0; index < processes; index += 1) children.push(startHolder(sockets[index]))
await Promise.all(children.map((child) => once(child, 'spawn')))
for (const socket of sockets) socket.destroy() // the copies here; the processes have theirs
for (let index = 0; index < udp; index += 1) await bindUdp()
process.send?.(children.flatMap(({ pid }) => pid ?? []))

function startHolder(socket: Socket | undefined): ChildProcess {
  const stdio: ('pipe' | 'ignore' | number | Socket)[] = ['pipe', 'ignore', 'ignore']
  for (let at = 0; at < unixSockets; at += 1) stdio.push('pipe')
  if (socket !== undefined) stdio.push(socket)
  while (stdio.length < descriptors) stdio.push(nothing)
  return spawn('cat', [], { stdio })
}

async function connectPairs(count: number): Promise<Socket[]> {
  const server = createServer({ pauseOnConnect: true })
  server.listen({ host: '127.0.0.1', port: 0, backlog: 1024 })
  await once(server, 'listening')
  const ends: Socket[] = []
  for (let pair = 0; pair < count; pair += 1) {
    const accepted = once(server, 'connection')
    const client = connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port })
    await once(client, 'connect')
    const [held] = (await accepted) as [Socket]
    ends.push(client, held)
  }
  return ends
}

async function bindUdp(): Promise<void> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
}
