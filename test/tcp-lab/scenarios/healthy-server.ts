import { startBusy } from './busy.ts'
import type { Lab } from '../network/lab.ts'
import type { Family, Pair } from '../network/pair.ts'
import type { LabScenario } from '../scenario.ts'

const workers = 2
const clientPrograms = 2
const connectionsEach = 150
const busyEach = 60
const requestsPerSecondEach = 200
/** Below the threshold of churn, and still hundreds of TIME_WAIT after a while. */
const shortLivedPerSecond = 15
const downloadBytes = 4_000_000
const downloadsPerSecond = 4
const keepAliveMs = 30_000
/** More than both kernels and the program hold, and at the pace of the slow reader enough for minutes. */
const slowDownloadBytes = 32_000_000
const slowBytesPerSecond = 50_000

/** The control: everything that a healthy busy machine has, and no finding. */
export const healthyServer: LabScenario = {
  name: 'healthy-server',
  title: 'A loaded but healthy server',
  about:
    'Hundreds of connections with keepalive, steady requests, downloads, a slow reader, short connections, TIME_WAIT, workers that share a port: nothing of it is wrong, and no rule may say so.',
  build: async (lab, family) => {
    const { server } = await buildHealthyPair(lab, family)
    return {
      watched: server,
      ladder: [
        `${workers} workers share port 8080, and two services listen on loopback`,
        `${clientPrograms * connectionsEach} clients stay connected with keepalive, ${clientPrograms * busyEach} of them send requests`,
        `${downloadsPerSecond} downloads of ${downloadBytes / 1_000_000} MB begin per second`,
        `one client takes its download at ${slowBytesPerSecond / 1000} kB per second, through buffers that stay full`,
        `${shortLivedPerSecond} short connections per second come to each service`,
      ],
      cure: async () => {},
    }
  },
}

/** Both sides are healthy: the clients' as well. */
export async function buildHealthyPair(lab: Lab, family: Family): Promise<Pair> {
  const pair = await lab.pair()
  const { server, client } = pair
  const host = pair.serverAddress(family, 1)
  const [everywhere, loopback] = family === 4 ? ['0.0.0.0', '127.0.0.1'] : ['::', '::1']
  for (let worker = 0; worker < workers; worker += 1)
    await startBusy(server, { role: 'serve', host: everywhere, port: 8080, reusePort: true, keepAliveMs })
  await startBusy(server, { role: 'serve', host: loopback, port: 9000, keepAliveMs })
  await startBusy(server, { role: 'serve', host: loopback, port: 9001, keepAliveMs, answerBytes: downloadBytes })

  const visitor = {
    role: 'visit',
    connections: connectionsEach,
    busy: busyEach,
    requestsPerSecond: requestsPerSecondEach,
    keepAliveMs,
  } as const
  await Promise.all(Array.from({ length: clientPrograms }, () => startBusy(client, { ...visitor, host, port: 8080 })))
  await startBusy(server, { ...visitor, host: loopback, port: 9000, connections: 40, busy: 20 })
  await startBusy(server, { ...visitor, host: loopback, port: 9001, connections: 4, busy: 4, requestsPerSecond: downloadsPerSecond })

  await startBusy(server, { role: 'serve', host: everywhere, port: 8081, keepAliveMs, answerBytes: slowDownloadBytes })
  await startBusy(client, { role: 'sip', host, port: 8081, bytesPerSecond: slowBytesPerSecond, keepAliveMs })

  const shortLived = { role: 'churn', perSecond: shortLivedPerSecond } as const
  await startBusy(client, { ...shortLived, host, port: 8080, lifetimeMs: 300 })
  await startBusy(server, { ...shortLived, host: loopback, port: 9000, lifetimeMs: 50 })
  return pair
}
