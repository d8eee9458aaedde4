/** A symbol per state, so that colour is never the only difference. */
import {
  ArrowDownLeft,
  ArrowLeftRight,
  ArrowUpRight,
  CheckCheck,
  CircleDashed,
  CircleSlash,
  DoorOpen,
  Ear,
  Hourglass,
  LogOut,
  Minus,
  Pin,
  Shuffle,
  Trash,
} from '@lucide/vue'
import type { Component } from 'vue'
import type { TcpState } from '../../../src-shared/model/tcp-state.ts'

const symbols: Readonly<Record<TcpState, Component>> = {
  LISTEN: Ear,
  ESTABLISHED: ArrowLeftRight,
  SYN_SENT: ArrowUpRight,
  SYN_RECEIVED: ArrowDownLeft,
  FIN_WAIT_1: LogOut,
  FIN_WAIT_2: CircleDashed,
  TIME_WAIT: Hourglass,
  CLOSE_WAIT: DoorOpen,
  LAST_ACK: CheckCheck,
  CLOSING: Shuffle,
  CLOSED: CircleSlash,
  BOUND: Pin,
  DELETE_TCB: Trash,
}

/** The symbol of a state, or that of rows without one. */
export function stateSymbol(state: TcpState | undefined): Component {
  return state === undefined ? Minus : symbols[state]
}
