/** A listening socket of our own on 127.0.0.1: what a source that works must show. */
import { errnoText } from './read-sysctl.ts'
import type { MacApi } from './lib-system.ts'

const AF_INET = 2
const SOCK_STREAM = 1
/** sockaddr_in of BSD: length, family, port and address in network order, eight zeros. */
const addressBytes = 16

export type ProbeListener =
  | { readonly ok: true; readonly port: number; readonly close: () => void }
  | { readonly ok: false; readonly reason: string }

export function openProbeListener(api: MacApi): ProbeListener {
  const descriptor = api.socket(AF_INET, SOCK_STREAM, 0)
  if (descriptor < 0) return { ok: false, reason: `socket: ${errnoText(api.errno())}` }
  const failed = (call: string): ProbeListener => {
    const reason = `${call}: ${errnoText(api.errno())}`
    api.close(descriptor)
    return { ok: false, reason }
  }
  const address = Uint8Array.of(addressBytes, AF_INET, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)
  if (api.bind(descriptor, address, addressBytes) !== 0) return failed('bind')
  if (api.listen(descriptor, 1) !== 0) return failed('listen')
  if (api.getsockname(descriptor, address, Uint8Array.of(addressBytes, 0, 0, 0)) !== 0) return failed('getsockname')
  return { ok: true, port: new DataView(address.buffer).getUint16(2), close: () => void api.close(descriptor) }
}
