import { isIP } from 'node:net'
import { parseArgs } from 'node:util'

export interface ServeArguments {
  readonly address: string
  /** Absent: the usual port, or any other when that is taken. 0: any free one. */
  readonly port?: number
  readonly open: boolean
  readonly actionsAllowed: boolean
  /** Connections of other users of this machine are not refused. */
  readonly anyLocalUser: boolean
  readonly help: boolean
}

export type ParsedServeArguments = { readonly ok: true; readonly value: ServeArguments } | { readonly ok: false; readonly message: string }

/**
 * The port without `--port`: S-O-C-K on a telephone's keys, assigned to nobody. A fixed one, so that bookmarks and
 * `ssh -L 7625:127.0.0.1:7625` work again the next day; who gets in is decided by the token, not by the port.
 */
export const usualPort = 7625

export const serveUsage = `Usage: sockscope serve [options]

Serves the interface to browsers on this machine.

  --host ADDRESS    listen on this IP address (default 127.0.0.1)
  --port N          listen on this port, 0 for any free one (default ${usualPort}, or any free one when it is taken)
  --open            also show it in a browser, when there is a display
  --allow-actions   allow ending processes and closing connections (default: only looking)
  --any-local-user  also let programs of other users of this machine connect (they still need the token)
  --help            show this text
`

export function parseServeArguments(args: readonly string[]): ParsedServeArguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        host: { type: 'string' },
        port: { type: 'string' },
        open: { type: 'boolean', default: false },
        'allow-actions': { type: 'boolean', default: false },
        'any-local-user': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowNegative: true,
      allowPositionals: false,
    })
    const address = values.host === 'localhost' ? '127.0.0.1' : (values.host ?? '127.0.0.1')
    if (isIP(address) === 0) return { ok: false, message: `--host takes an IP address or localhost, not '${address}'.` }
    const port = values.port === undefined ? undefined : portOf(values.port)
    if (Number.isNaN(port)) return { ok: false, message: `--port takes a number from 0 to 65535, not '${values.port ?? ''}'.` }
    const rest = {
      address,
      open: values.open,
      actionsAllowed: values['allow-actions'],
      anyLocalUser: values['any-local-user'],
      help: values.help,
    }
    return { ok: true, value: port === undefined ? rest : { ...rest, port } }
  } catch (error) {
    // parseArgs says in words which argument it does not know.
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  return port <= 65_535 ? port : Number.NaN
}
