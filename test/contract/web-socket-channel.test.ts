import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import { createWebSocketChannel } from '../../src-main/server/web-socket-channel.ts'
import { describeChannelContract } from './channel-contract.ts'
import { serveContractFixture } from './fixture-api.ts'

describeChannelContract('WebSocket', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
  await once(server, 'listening')
  const accepted = once(server, 'connection') as Promise<[WebSocket]>
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const client = createWebSocketChannel(socket)
  const [[peer]] = await Promise.all([accepted, once(socket, 'open')])
  serveContractFixture(createWebSocketChannel(peer))
  return {
    client,
    disconnect: () => peer.terminate(),
    dispose: () => {
      socket.terminate()
      peer.terminate()
      server.close()
    },
  }
})
