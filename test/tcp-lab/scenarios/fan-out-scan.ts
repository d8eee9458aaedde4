import type { PeerSocket } from '../network/peer.ts'
import { each, startServer } from './connections.ts'
import { agedIn } from './rows.ts'
import type { Trouble } from './trouble.ts'

/** Answered calls leave SYN_SENT sooner. */
const unansweredMs = 800
const hosts = 12
const ports = [7001, 7002]
const endpoints = hosts * ports.length
const thresholds = { 'fanout-endpoints': 20, 'fanout-window': 2000 }

export const fanOutScan: Trouble = {
  name: 'fan-out-scan',
  title: 'One program calls many endpoints at once',
  about:
    'A scanner or a worm looks for hosts that answer, or a program was given a wrong list of peers. The hosts called here are the lab’s own.',
  prepare: async (lab, family) => {
    const pair = await lab.pair()
    const { server, client } = pair
    await startServer(server, family)
    const program = await client.peer()
    const targets = Array.from({ length: hosts }, (_, at) => pair.serverAddress(family, at + 1)).flatMap((address) =>
      ports.map((port) => ({ address, port })),
    )
    const called: { readonly socket: PeerSocket; readonly remote: (typeof targets)[number] }[] = []
    return {
      watched: client,
      thresholds,
      ladder: [`${hosts} hosts do not answer`, `the program calls ${ports.length} ports of each of them`],
      begin: async () => {
        for (let index = 1; index <= hosts; index += 1) pair.cut('to-server', family, index)
        for (const remote of targets)
          called.push({ socket: await program.connect({ family, host: remote.address, port: remote.port, waits: false }), remote })
      },
      reached: (rows, now) => agedIn('SYN_SENT', unansweredMs, rows, now).length >= thresholds['fanout-endpoints'],
      expected: () => ({
        rule: 'syn-sent-fanout',
        severity: 'warning',
        pid: program.pid,
        evidence: called.map(({ socket: { local }, remote }) => ({ local, remote })),
        figures: { endpoints: [endpoints, endpoints], hosts: [hosts, hosts], ports: [ports.length, ports.length] },
      }),
      cure: () => each(called, ({ socket }) => socket.close()),
    }
  },
}
