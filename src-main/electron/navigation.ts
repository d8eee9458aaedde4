/** Every page stays where it is: no navigation, no windows, no embedded content. Known links go to the user's browser. */
import { app, shell, type WebContents } from 'electron'
import { originOf } from './permissions.ts'

/** Hosts that texts of the interface link to. */
const linkHosts: ReadonlySet<string> = new Set(['www.rfc-editor.org', 'man7.org', 'db-ip.com'])

export interface NavigationRules {
  readonly isTrustedOrigin: (origin: string) => boolean
  readonly onDefect: (error: unknown) => void
}

/** Holds for every page made from now on. Returns what ends that. */
export function confineNavigation({ isTrustedOrigin, onDefect }: NavigationRules): () => void {
  const confine = (_event: unknown, contents: WebContents): void => {
    contents.on('will-navigate', (event) => {
      if (!isTrustedOrigin(originOf(event.url))) event.preventDefault()
    })
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      if (isKnownLink(url)) openLink(url, onDefect)
      return { action: 'deny' }
    })
  }
  app.on('web-contents-created', confine)
  return () => void app.removeListener('web-contents-created', confine)
}

/** Opens an address in the user's browser. */
export function openLink(url: string, onDefect: (error: unknown) => void): void {
  shell.openExternal(url).catch(onDefect)
}

export function isKnownLink(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && url.protocol === 'https:' && url.username === '' && url.port === '' && linkHosts.has(url.hostname)
}
