/** Two namespaces joined by a cable whose directions can be cut, for one address at a time. */
import { wait } from '../../live/engine/engine-under-test.ts'
import type { Ground } from './ground.ts'
import { Namespace } from './namespace.ts'

export type Family = 4 | 6
export type Direction = 'to-server' | 'to-client'

export interface Pair {
  readonly server: Namespace
  readonly client: Namespace
  /** Addresses of each side are numbered from 1; the connection between both sides' address 1 can be cut without harming that of 2. */
  readonly addresses: number
  serverAddress(family: Family, index: number): string
  clientAddress(family: Family, index: number): string
  /** From now on nothing sent in this direction arrives. Cutting `to-server` 3 stops all that is sent to the server's address 3. */
  cut(direction: Direction, family: Family, index: number): void
  heal(direction: Direction, family: Family, index: number): void
  close(): void
}

export const usualAddresses = 12
const maximumAddresses = 100
const device = 'lab0'
const serverMac = '02:00:00:00:0a:01'
const clientMac = '02:00:00:00:0b:01'
/** Nobody's: what is sent to it arrives as a frame for another host and is dropped (packet(7), PACKET_OTHERHOST). */
const nobodysMac = '02:de:ad:00:00:01'

export async function makePair(ground: Ground, name: string, addresses = usualAddresses): Promise<Pair> {
  if (addresses > maximumAddresses) throw new Error(`A pair has at most ${maximumAddresses} addresses per side.`)
  const server = new Namespace(ground, `${name}-server`)
  const client = new Namespace(ground, `${name}-client`)
  const cable = ['link', 'add', device, 'address', serverMac, 'type', 'veth']
  server.ip([...cable, 'peer', 'name', device, 'netns', client.name, 'address', clientMac])
  for (const side of [server, client]) side.ip(['link', 'set', device, 'up'])
  const all = [4, 6].flatMap((family) => Array.from({ length: addresses }, (_, at) => ({ family: family as Family, index: at + 1 })))
  server.ip(...all.map(({ family, index }) => addressWords(family, serverAddress(family, index))))
  client.ip(...all.map(({ family, index }) => addressWords(family, clientAddress(family, index))))
  server.ip(...all.map(({ family, index }) => neighbourWords(clientAddress(family, index), clientMac)))
  client.ip(...all.map(({ family, index }) => neighbourWords(serverAddress(family, index), serverMac)))
  await Promise.all([server, client].map(untilAddressesWork))
  const point = (direction: Direction, family: Family, index: number, cut: boolean): void => {
    if (direction === 'to-server') client.ip(neighbourWords(serverAddress(family, index), cut ? nobodysMac : serverMac))
    else server.ip(neighbourWords(clientAddress(family, index), cut ? nobodysMac : clientMac))
  }
  return {
    server,
    client,
    addresses,
    serverAddress,
    clientAddress,
    cut: (direction, family, index) => point(direction, family, index, true),
    heal: (direction, family, index) => point(direction, family, index, false),
    close: () => {
      client.close()
      server.close()
    },
  }
}

// Private addresses (RFC 1918, RFC 4193); the namespaces are joined with nothing else.
const serverAddress = (family: Family, index: number): string => (family === 4 ? `10.231.0.${index}` : `fd00:231::a:${index.toString(16)}`)
const clientAddress = (family: Family, index: number): string =>
  family === 4 ? `10.231.0.${100 + index}` : `fd00:231::c:${index.toString(16)}`

const addressWords = (family: Family, address: string): string[] =>
  family === 4 ? ['address', 'add', `${address}/24`, 'dev', device] : ['address', 'add', `${address}/64`, 'dev', device, 'nodad']
const neighbourWords = (address: string, mac: string): string[] => [
  'neighbour',
  'replace',
  address,
  'lladdr',
  mac,
  'dev',
  device,
  'nud',
  'permanent',
]

const attempts = 200
const betweenAttemptsMs = 20

/** An IPv6 address cannot be used while it is tentative (RFC 4862), which it is until the link is up on both sides. */
async function untilAddressesWork(side: Namespace): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { out } = await side.run('ip', ['-6', 'address', 'show', 'dev', device, 'scope', 'global', 'tentative'])
    if (out.trim() === '') return
    await wait(betweenAttemptsMs)
  }
  throw new Error(`The IPv6 addresses of ${side.name} did not become usable.`)
}
