/**
 * One question to one WHOIS server (RFC 3912): a line out, text until the server closes. Nothing of it is encrypted. The answer is text
 * from outside: bounded in size and time, and made visible before anybody sees it.
 */
import { connect } from 'node:net'
import { visibleText } from '../../src-shared/text/visible-text.ts'

export const whoisPort = 43
/** The longest real answers have some ten kilobytes. */
const maximumBytes = 64 * 1024
/** For the whole question; registries answer within one or two seconds. */
const usualTimeoutMs = 10_000

export interface WhoisQuestion {
  readonly server: string
  readonly port?: number
  /** One line without its end. */
  readonly query: string
  readonly timeoutMs?: number
}

export type WhoisReply =
  | { readonly ok: true; readonly text: string; readonly cut: boolean }
  | { readonly ok: false; readonly problem: 'unreachable' | 'timeout' }

export function askWhois({ server, port = whoisPort, query, timeoutMs = usualTimeoutMs }: WhoisQuestion): Promise<WhoisReply> {
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    let length = 0
    let late = false
    let broken = false
    const socket = connect({ host: server, port })
    const timer = setTimeout(() => {
      late = true
      socket.destroy()
    }, timeoutMs)
    socket.once('connect', () => socket.write(`${query}\r\n`))
    socket.on('data', (part) => {
      parts.push(part)
      length += part.length
      if (length > maximumBytes) socket.destroy()
    })
    // `close` follows; what came before the failure is told, but it is not the whole answer.
    socket.on('error', () => (broken = true))
    socket.once('close', () => {
      clearTimeout(timer)
      if (length > 0) return resolve({ ok: true, text: readable(Buffer.concat(parts)), cut: late || broken || length > maximumBytes })
      resolve({ ok: false, problem: late ? 'timeout' : 'unreachable' })
    })
  })
}

/** The protocol names no character set; registries send UTF-8 or Latin-1. */
function readable(bytes: Buffer): string {
  const cut = bytes.subarray(0, maximumBytes)
  const text = decoded(cut).replaceAll(/\r\n?/gu, '\n').replaceAll('\t', '    ')
  return text
    .split('\n')
    .map((line) => visibleText(line.trimEnd()))
    .join('\n')
    .trim()
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return bytes.toString('latin1') // not UTF-8, or cut within a character
  }
}
