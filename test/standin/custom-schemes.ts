/** Custom schemes in a browser that does not know them: scheme://host/x is served at https://host.scheme.standin.invalid/x. */
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Route } from 'playwright-core'
import { strict } from './strict.ts'

type ProtocolHandler = (request: Request) => Response | Promise<Response>

const handlers = new Map<string, ProtocolHandler>()
const privileged = new Set<string>()
const suffix = '.standin.invalid'
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]): void => {
    for (const { scheme } of schemes) privileged.add(scheme)
  },
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
  handle: (scheme: string, handler: ProtocolHandler): void => {
    if (!privileged.has(scheme)) throw new Error(`${scheme} was not registered as privileged`)
    handlers.set(scheme, handler)
  },
  unhandle: (scheme: string): void => void handlers.delete(scheme),
})

export const net = strict('net', {
  fetch: async (url: string, init?: RequestInit): Promise<Response> => {
    if (!url.startsWith('file:')) return fetch(url, init)
    const contentType = contentTypes[extname(url)] ?? 'application/octet-stream'
    return new Response(await readFile(fileURLToPath(url)), { headers: { 'content-type': contentType } })
  },
})

export function toWeb(url: string): string {
  return url.replace(/^([a-z][\w+.-]*):\/\/([^/]*)/i, (all, scheme: string, host: string) =>
    privileged.has(scheme) ? `https://${host}.${scheme}${suffix}` : all,
  )
}

export function fromWeb(url: string): string {
  return url.replace(/^https:\/\/(.*)\.([^./]+)\.standin\.invalid/, '$2://$1')
}

export function isCustom(webUrl: string): boolean {
  return new URL(webUrl).hostname.endsWith(suffix)
}

/** Answers a request of the page from the scheme's handler. */
export async function serve(route: Route): Promise<void> {
  const request = route.request()
  const url = fromWeb(request.url())
  const handler = handlers.get(url.slice(0, url.indexOf(':')))
  const response = await handler?.(new Request(url, { method: request.method(), headers: request.headers() }))
  if (response === undefined) return route.abort()
  const body = Buffer.from(await response.arrayBuffer())
  return route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body })
}
