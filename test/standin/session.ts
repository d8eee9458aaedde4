import { EventEmitter } from 'node:events'
import { protocol } from './custom-schemes.ts'
import { strict } from './strict.ts'

class Session extends EventEmitter {
  permissionRequest: Parameters<Electron.Session['setPermissionRequestHandler']>[0] = null
  permissionCheck: Parameters<Electron.Session['setPermissionCheckHandler']>[0] = null
  devicePermission: Parameters<Electron.Session['setDevicePermissionHandler']>[0] = null
  readonly protocol = protocol
  setPermissionRequestHandler = (handler: typeof this.permissionRequest): void => void (this.permissionRequest = handler)
  setPermissionCheckHandler = (handler: typeof this.permissionCheck): void => void (this.permissionCheck = handler)
  setDevicePermissionHandler = (handler: typeof this.devicePermission): void => void (this.devicePermission = handler)
}

export const session = { defaultSession: strict('session', new Session()) }
