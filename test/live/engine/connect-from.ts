import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'

const attempts = 100
const betweenMs = 30

/**
 * A connection from a given local port, right after another one of that port was reset. For a moment the port may still be taken:
 * by that one, or by a call of another program.
 */
export async function connectFrom(port: number, host: string, localPort?: number): Promise<Socket> {
  for (let attempt = 1; ; attempt += 1) {
    const socket = createConnection({ port, host, ...(localPort !== undefined && { localPort, localAddress: host }) })
    try {
      await once(socket, 'connect')
      socket.on('error', () => {}) // a reset is what some tests want
      socket.resume()
      return socket
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || attempt === attempts) throw error
      await new Promise((resolve) => {
        setTimeout(resolve, betweenMs)
      })
    }
  }
}
