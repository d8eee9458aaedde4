import { endpointText } from '../../src-shared/model/address.ts'
import type { Connection } from '../../src-shared/model/connection.ts'
import { stateWord, type StateDialect } from '../../src-shared/model/state-spelling.ts'
import type { Messages } from './messages/messages-en.ts'
import { padToCells } from '../../src-shared/text/cell-width.ts'
import type { Colours } from './text/colours.ts'
import { visibleText } from '../../src-shared/text/visible-text.ts'

const protocolCells = 4
/** SYN-RECEIVED, the longest word of any dialect. */
const stateCells = 12

/** One connection in one line: protocol, state, endpoints, owner. */
export function connectionLine(connection: Connection, messages: Messages, colours: Colours, dialect: StateDialect = 'rfc'): string {
  const { protocol, family, state, local, remote } = connection
  const word = padToCells(state === undefined ? '-' : stateWord(state, dialect), stateCells, 'left')
  const from = endpointText(local.address, local.port)
  return [
    padToCells(family === 'ipv6' ? `${protocol}6` : protocol, protocolCells, 'left'),
    colours.state(state)?.(word) ?? word,
    visibleText(remote === undefined ? from : `${from} -> ${endpointText(remote.address, remote.port)}`),
    visibleText(ownersText(connection, messages)),
  ].join('  ')
}

/** `nginx[812], nginx[813]`, or in brackets why nobody can be named. */
export function ownersText({ owners, visibility }: Connection, messages: Messages): string {
  if (owners.length === 0) return `[${messages.owner[visibility]}]`
  return owners.map(({ name, pid }) => `${name ?? ''}[${pid}]`).join(', ')
}
