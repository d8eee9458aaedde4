/** The interface's own origin, app://sockscope, served from the built renderer and from nowhere else. */
import { net, protocol } from 'electron'
import { join, normalize, sep } from 'node:path'
import { pathToFileURL } from 'node:url'

const scheme = 'app'
const host = 'sockscope'
export const appOrigin = `${scheme}://${host}`
export const appUrl = `${appOrigin}/index.html`

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }])
}

/** Serves the files below `root`. Returns what stops serving. */
export function serveApp(root: string): () => void {
  protocol.handle(scheme, async (request) => {
    const file = fileForUrl(request.url, root)
    if (file === undefined || request.method !== 'GET') return notFound()
    const response = await net.fetch(pathToFileURL(file).toString()).catch(() => undefined)
    if (response === undefined || !response.ok) return notFound()
    const headers = new Headers(response.headers)
    for (const [name, value] of Object.entries(securityHeaders)) headers.set(name, value)
    return new Response(response.body, { status: response.status, headers })
  })
  return () => protocol.unhandle(scheme)
}

/** The file an address of ours stands for; undefined for other hosts, malformed escapes and whatever leaves `root`. */
export function fileForUrl(address: string, root: string): string | undefined {
  const url = URL.parse(address)
  if (url === null || url.protocol !== `${scheme}:` || url.host !== host) return undefined
  const path = decode(url.pathname)
  if (path === undefined || path.includes('\0') || path.includes('\\')) return undefined
  const file = normalize(join(root, path === '/' || path === '' ? 'index.html' : path))
  return file.startsWith(normalize(root) + sep) ? file : undefined
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    // A malformed escape names no file.
    return undefined
  }
}

function notFound(): Response {
  return new Response('not found', { status: 404, headers: { 'content-type': 'text/plain', ...securityHeaders } })
}
