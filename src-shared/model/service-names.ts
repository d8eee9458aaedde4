/** Names of ports. A name says what a port is registered for, not what runs there. */
import type { Protocol } from './columns.ts'

type Names = Readonly<Record<string, string>>

/**
 * From here up systems pick ports for clients (net.ipv4.ip_local_port_range starts at 32768 by default): of a connection such a port
 * tells nothing, of a listener it does.
 */
export const firstClientPort = 32_768

export class ServiceNames {
  readonly #tcp: ReadonlyMap<number, string>
  readonly #udp: ReadonlyMap<number, string>

  /** Keys are port numbers. */
  constructor({ both, tcp, udp }: { readonly both: Names; readonly tcp: Names; readonly udp: Names }) {
    const read = (names: Names): (readonly [number, string])[] => Object.entries(names).map(([port, name]) => [Number(port), name])
    this.#tcp = new Map([...read(both), ...read(tcp)])
    this.#udp = new Map([...read(both), ...read(udp)])
  }

  /** Of a port that offers something. */
  ofListener(port: number, protocol: Protocol): string | undefined {
    return (protocol === 'udp' ? this.#udp : this.#tcp).get(port)
  }

  /** Of a port of a connection, or of one about which nothing else is known. */
  ofEnd(port: number, protocol: Protocol): string | undefined {
    return port >= firstClientPort ? undefined : this.ofListener(port, protocol)
  }
}
