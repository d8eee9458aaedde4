import { startServer } from './connections.ts'
import { startBusy } from './busy.ts'
import type { Trouble } from './trouble.ts'

const perSecond = 200
const lifetimeMs = 150
const windowMs = 2000
const thresholds = { 'churn-rate': 50, 'churn-window': windowMs }

export const connectionChurn: Trouble = {
  name: 'connection-churn',
  title: 'A new connection for every request',
  about:
    'A client without keep-alive or pooling opens and closes connections to one endpoint all the time, and leaves a TIME_WAIT for each.',
  prepare: async (lab, family) => {
    const pair = await lab.pair()
    const { server, client } = pair
    const host = pair.serverAddress(family, 1)
    await startBusy(server, { role: 'serve', host, port: 7000 })
    await startServer(server, family, { port: 7001 })
    let program: Awaited<ReturnType<typeof startBusy>> | undefined
    const remote = { address: host, port: 7000 }
    const toServer = (row: { readonly remote?: { readonly address: string; readonly port: number } }): boolean =>
      row.remote?.address === host && row.remote.port === remote.port
    return {
      watched: client,
      thresholds,
      watchedBeforeMs: windowMs,
      ladder: [`${perSecond} connections per second are opened to ${host} port 7000`, `each is closed after ${lifetimeMs} ms`],
      begin: async () => {
        program = await startBusy(client, { role: 'churn', host, port: 7000, perSecond, lifetimeMs })
      },
      // Looks do not come on the millisecond, so that the last of the window may lie in the look after.
      reached: (rows) =>
        rows.filter((row) => toServer(row) && row.state === 'TIME_WAIT').length >= thresholds['churn-rate'] * (windowMs / 1000) * 0.85,
      expected: () => ({
        rule: 'connection-churn',
        severity: 'notice',
        pid: program!.pid,
        remote,
        proves: toServer,
        figures: {
          'opened-rate': [perSecond * 0.7, perSecond * 1.3],
          'closed-rate': [perSecond * 0.7, perSecond * 1.3],
          'mean-lifetime': [lifetimeMs * 0.5, lifetimeMs * 4],
        },
      }),
      cure: async () => program?.end(),
    }
  },
}
