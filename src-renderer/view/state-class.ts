/** The class that gives a row's state its colours (styles/states.css); rows without a state have one that gives none. */
import type { TcpState } from '../../src-shared/model/tcp-state.ts'

export function stateClass(state: TcpState | undefined): string {
  return `state-${state === undefined ? 'none' : state.toLowerCase().replaceAll('_', '-')}`
}
