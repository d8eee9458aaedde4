/** What a request gets, as a pure decision: nothing here touches a socket. */
import type { AccessGate } from './access-gate.ts'
import { acceptedHost } from './host-names.ts'
import { securityHeaders } from './security-headers.ts'
import type { StaticFiles } from './static-files.ts'

export interface RequestFacts {
  readonly method: string | undefined
  /** The request target as it came. */
  readonly target: string | undefined
  readonly host: string | undefined
  readonly cookie: string | undefined
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

export interface AnswerParts {
  readonly gate: AccessGate
  readonly files: StaticFiles
  readonly allowedHosts: ReadonlySet<string>
}

/** Our longest path and a token together have about 120 characters. */
export const maximumTargetLength = 2048

/**
 * Sent after the exchange of a token. Not a redirect: a SameSite=Strict cookie is not sent along a chain that another site (or a
 * link in a mail) began, but it is on a step that our own page takes.
 */
const entryPage =
  '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/"><link rel="icon" href="data:,"><title>Sockscope</title>\n'

export function answerRequest({ method, target, host, cookie }: RequestFacts, { gate, files, allowedHosts }: AnswerParts): Answer {
  const ours = acceptedHost(host, allowedHosts)
  if (ours === undefined) return plain(403, 'This host does not answer under that name.')
  if (method !== 'GET' && method !== 'HEAD') return plain(405, 'Only GET and HEAD are answered.', { Allow: 'GET, HEAD' })
  if (target === undefined || !target.startsWith('/')) return plain(400, 'The request target is not a path.')
  if (target.length > maximumTargetLength) return plain(414, 'The address is too long.')
  const { path, token } = splitTarget(target)
  if (path === undefined) return plain(400, 'The path is not properly encoded.')
  const known = gate.hasSession(cookie)
  if (path === '/' && token !== undefined && method === 'GET') {
    const session = known ? undefined : gate.redeemToken(token)
    if (session !== undefined) return { status: 200, headers: entryHeaders(ours, gate.cookieName, session), body: entryPage }
    if (!known) return plain(403, 'This address was used before or is wrong. The terminal in which Sockscope runs says how to get another.')
  }
  if (!known) return plain(401, 'Open the address that Sockscope printed in its terminal.')
  const file = files.get(path)
  if (file === undefined) return plain(404, 'There is nothing here.')
  return { status: 200, headers: { ...securityHeaders(ours), 'Content-Type': file.type }, body: file.bytes }
}

/** A short answer in plain text. */
export function plain(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { ...securityHeaders(undefined), 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body: `${text}\n` }
}

function entryHeaders(host: string, cookieName: string, session: string): Readonly<Record<string, string>> {
  return {
    ...securityHeaders(host),
    'Content-Type': 'text/html; charset=utf-8',
    'Set-Cookie': `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`,
  }
}

function splitTarget(target: string): { path: string | undefined; token?: string } {
  const [rawPath = '', ...query] = target.split('?')
  const token = new URLSearchParams(query.join('?')).get('token')
  let path: string | undefined
  try {
    path = decodeURIComponent(rawPath)
  } catch {
    // A lone `%`: the caller answers 400.
    path = undefined
  }
  return token === null ? { path } : { path, token }
}
