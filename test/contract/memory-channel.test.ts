import { createMemoryChannel } from '../../src-shared/rpc/memory-channel.ts'
import { describeChannelContract } from './channel-contract.ts'
import { serveContractFixture } from './fixture-api.ts'

describeChannelContract('memory', () => {
  const [client, server] = createMemoryChannel()
  const stop = serveContractFixture(server)
  return {
    client,
    disconnect: () => server.close(),
    dispose: () => {
      stop()
      client.close()
    },
  }
})
