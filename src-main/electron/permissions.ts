/** What a page may ask of the browser it runs in. Everything that is not in this table is refused. */
import type { Session } from 'electron'

const allowedPermissions: ReadonlyMap<string, string> = new Map([
  ['clipboard-sanitized-write', 'Copy puts rows and addresses on the clipboard; reading the clipboard is not allowed.'],
  ['notifications', 'A watch rule that the person made tells on the desktop; off until the person turns it on.'],
])

export function denyPermissions(session: Session, isTrustedOrigin: (origin: string) => boolean): void {
  session.setPermissionRequestHandler((_contents, permission, decide, { requestingUrl }) =>
    decide(allowedPermissions.has(permission) && isTrustedOrigin(originOf(requestingUrl))),
  )
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) => allowedPermissions.has(permission) && isTrustedOrigin(originOf(requestingOrigin)),
  )
  session.setDevicePermissionHandler(() => false)
}

/** Node's URL gives 'null' as the origin of schemes it does not know, so that is put together here. */
export function originOf(address: string): string {
  const url = URL.parse(address)
  return url === null ? 'null' : `${url.protocol}//${url.host}`
}
