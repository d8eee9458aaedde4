import { startBusy } from './busy.ts'
import type { Lab } from '../network/lab.ts'
import type { LabScenario } from '../scenario.ts'

const workers = 2
const clientPrograms = 2
const connectionsEach = 150
const busyEach = 60
const requestsPerSecondEach = 200
/** Below the threshold of churn, and still some hundred TIME_WAIT at any time. */
const shortLivedPerSecond = 15

/** The control: everything that a healthy busy machine has, and no finding. */
export const healthyServer: LabScenario = {
  name: 'healthy-server',
  title: 'A loaded but healthy server',
  about:
    'Hundreds of connections with keepalive, steady requests, short connections, TIME_WAIT, workers that share a port: nothing of it is wrong, and no rule may say so.',
  build: async (lab: Lab) => {
    const pair = await lab.pair()
    const { server, client } = pair
    const host = pair.serverAddress(4, 1)
    const keepAliveMs = 30_000
    for (let worker = 0; worker < workers; worker += 1)
      await startBusy(server, { role: 'serve', host: '0.0.0.0', port: 8080, reusePort: true, keepAliveMs })
    // A second service on the same machine, called from there: both ends are rows.
    await startBusy(server, { role: 'serve', host: '127.0.0.1', port: 9000, keepAliveMs })
    const visitor = { role: 'visit', connections: connectionsEach, busy: busyEach, requestsPerSecond: requestsPerSecondEach } as const
    const clients = Array.from({ length: clientPrograms }, () => startBusy(client, { ...visitor, host, port: 8080, keepAliveMs }))
    await Promise.all(clients)
    await startBusy(server, { ...visitor, host: '127.0.0.1', port: 9000, connections: 40, busy: 20, keepAliveMs })
    await startBusy(client, { role: 'churn', host, port: 8080, perSecond: shortLivedPerSecond, lifetimeMs: 300 })
    await startBusy(server, { role: 'churn', host: '127.0.0.1', port: 9000, perSecond: shortLivedPerSecond, lifetimeMs: 50 })
    return {
      watched: server,
      ladder: [
        `${workers} workers share port 8080, and a service listens on 127.0.0.1 port 9000`,
        `${clientPrograms * connectionsEach} clients stay connected with keepalive, ${clientPrograms * busyEach} of them send requests`,
        `${shortLivedPerSecond} short connections per second come to each service`,
      ],
      cure: async () => {},
    }
  },
}
