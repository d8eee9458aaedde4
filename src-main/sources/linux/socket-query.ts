/** Asks the kernel about, or for the end of, exactly one socket, by address and cookie. */
import { ENOENT } from '../../native/linux/errno-names.ts'
import { NetlinkSocket, type SystemFailure } from '../../native/linux/netlink-socket.ts'
import { familyOfHead, protocolOfHead, recordWord, recordWords } from '../../table/row-record.ts'
import { createScratchRecord, type RowTable } from '../../table/row-table.ts'
import { decodeAnswer } from './inet-diag-message.ts'
import type { LabelReferences } from '../label-cache.ts'
import { IPPROTO_TCP, IPPROTO_UDP, destroyRequest, socketRequest, type SocketAddress } from './inet-diag-request.ts'

/** INET_DIAG_NOCOOKIE: any socket with this address. For looking only; never used to destroy. */
export const anyCookie = 0xffffffff
const noLabels: LabelReferences = { user: () => 0, interface: () => 0 }

/** The answer to a question about one socket: a record, or a positive errno (ENOENT: no such socket). */
export type SocketAnswer = { readonly record: Uint32Array } | { readonly errno: number }

export class SocketQuery {
  #socket: NetlinkSocket | undefined
  #sequence = 0

  /** The socket as it is now. */
  find(address: SocketAddress, labels: LabelReferences = noLabels): SocketAnswer {
    return this.#ask(address, socketRequest(address, this.#nextSequence()), labels)
  }

  /** Whether another connection has this address now. The kernel answers with the listener when there is none; that does not count. */
  isAddressInUse(address: SocketAddress): boolean {
    const answer = this.find({ ...address, cookieLow: anyCookie, cookieHigh: anyCookie })
    return 'record' in answer && ((answer.record[recordWord.ports] as number) & 0xffff) === address.remotePort
  }

  /** 0 when the kernel destroyed the socket, else the errno. Refuses cookies that would match more than one socket. */
  destroy(address: SocketAddress): number {
    if ((address.cookieLow === 0 && address.cookieHigh === 0) || (address.cookieLow === anyCookie && address.cookieHigh === anyCookie))
      return ENOENT
    const answer = this.#ask(address, destroyRequest(address, this.#nextSequence()), noLabels)
    return 'errno' in answer ? answer.errno : 0
  }

  close(): void {
    this.#socket?.close()
    this.#socket = undefined
  }

  #nextSequence(): number {
    this.#sequence = (this.#sequence + 1) >>> 0
    return this.#sequence
  }

  #ask(address: SocketAddress, request: Uint8Array, labels: LabelReferences): SocketAnswer {
    const socket = this.#open()
    if (!(socket instanceof NetlinkSocket)) return { errno: socket.errno }
    const sent = socket.send(request)
    if (sent !== undefined) return { errno: sent.errno }
    const record = createScratchRecord()
    let found = false
    for (;;) {
      const length = socket.receive()
      if (typeof length !== 'number') return { errno: length.errno }
      const outcome = decodeAnswer(
        { bytes: socket.bytes, words: socket.words, halves: socket.halves, length },
        { sequence: this.#sequence, protocol: address.protocol, labels, record },
        () => (found = true),
      )
      if (outcome.finished || found) {
        if (outcome.error !== undefined) return { errno: outcome.error }
        return { record }
      }
    }
  }

  #open(): NetlinkSocket | SystemFailure {
    if (this.#socket !== undefined) return this.#socket
    const opened = NetlinkSocket.open()
    if (opened instanceof NetlinkSocket) this.#socket = opened
    return opened
  }
}

/** The address of a row as the kernel knows it. */
export function addressOfRow(table: RowTable, slot: number): SocketAddress {
  const base = slot * recordWords
  const word = (at: number): number => table.records[base + at] as number
  const quad = (at: number): number[] => [word(at), word(at + 1), word(at + 2), word(at + 3)]
  return {
    family: familyOfHead(word(recordWord.head)) === 4 ? 4 : 6,
    protocol: protocolOfHead(word(recordWord.head)) === 0 ? IPPROTO_TCP : IPPROTO_UDP,
    localPort: word(recordWord.ports) >>> 16,
    remotePort: word(recordWord.ports) & 0xffff,
    local: quad(recordWord.local),
    remote: quad(recordWord.remote),
    interfaceIndex: word(recordWord.interfaceIndex),
    cookieLow: word(recordWord.identityLow),
    cookieHigh: word(recordWord.identityHigh),
  }
}
