/** A server process of the load: listens on the given addresses of this machine's loopback and holds what connects. */
import { createServer, type AddressInfo, type Server } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { endWithParent } from './child-program.ts'

export interface Listening {
  readonly address: string
  readonly port: number
}

/** Clients connect in bursts. */
const backlog = 4096

/** Time for the clients to reset their connections, so that this process' end leaves no TIME_WAIT either. */
const patienceMs = 1500

endWithParent(() => wait(patienceMs))
const listening = await Promise.all(process.argv.slice(2).map(listen))
process.send?.(listening)

function listen(address: string): Promise<Listening> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => socket.destroy()) // clients leave with a reset
    socket.resume()
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: address, port: 0, backlog }, () => resolve({ address, port: (server.address() as AddressInfo).port }))
  })
}
