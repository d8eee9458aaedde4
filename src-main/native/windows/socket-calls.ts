/** ws2_32.dll: the few calls that make a listening socket without waiting. Node has started the library. Names of the vendor; no decisions. */
import { openLibrary } from './dynamic-library.ts'

type Bytes = Uint8Array

export interface SocketCalls {
  /** -1 when refused, as all of these. */
  socket(family: number, type: number, protocol: number): number
  bind(socket: number, address: Bytes, length: number): number
  listen(socket: number, backlog: number): number
  /** `length` is an int, in and out. */
  getsockname(socket: number, address: Bytes, length: Bytes): number
  closesocket(socket: number): number
}

export function loadSocketCalls(): SocketCalls {
  const library = openLibrary('ws2_32.dll')
  const refused = (prototype: string): never => library.declare(prototype, -1)
  return {
    socket: refused('intptr_t socket(int, int, int)'),
    bind: refused('int bind(intptr_t, const void *, int)'),
    listen: refused('int listen(intptr_t, int)'),
    getsockname: refused('int getsockname(intptr_t, void *, void *)'),
    closesocket: refused('int closesocket(intptr_t)'),
  }
}
