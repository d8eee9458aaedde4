import { endpointText } from '../../src-shared/model/address.ts'
import type { Connection, Endpoint } from '../../src-shared/model/connection.ts'
import { stateWord, type StateDialect } from '../../src-shared/model/state-spelling.ts'
import type { Messages } from './messages/messages-en.ts'
import { padToCells } from '../../src-shared/text/cell-width.ts'
import type { Colours } from './text/colours.ts'
import { visibleText } from '../../src-shared/text/visible-text.ts'

const protocolCells = 4
/** SYN-RECEIVED, the longest word of any dialect. */
const stateCells = 12

/** One connection in one line: protocol, state, endpoints with what is known of their ports, owner. */
export function connectionLine(connection: Connection, messages: Messages, colours: Colours, dialect: StateDialect = 'rfc'): string {
  const { protocol, family, state, local, remote, portNames } = connection
  const word = padToCells(state === undefined ? '-' : stateWord(state, dialect), stateCells, 'left')
  const from = named(local, portNames?.local)
  return [
    padToCells(family === 'ipv6' ? `${protocol}6` : protocol, protocolCells, 'left'),
    colours.state(state)?.(word) ?? word,
    visibleText(remote === undefined ? from : `${from} -> ${named(remote, portNames?.remote)}`),
    visibleText(ownersText(connection, messages)),
  ].join('  ')
}

/** `192.0.2.1:443 (https)` */
function named({ address, port }: Endpoint, service: string | undefined): string {
  const text = endpointText(address, port)
  return service === undefined ? text : `${text} (${service})`
}

/** `nginx[812], nginx[813]`, or in brackets why nobody can be named. */
export function ownersText({ owners, visibility }: Connection, messages: Messages): string {
  if (owners.length === 0) return `[${messages.owner[visibility]}]`
  return owners.map(({ name, pid }) => `${name ?? ''}[${pid}]`).join(', ')
}
