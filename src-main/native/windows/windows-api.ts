import { loadElevationCalls, type ElevationCalls } from './elevation-calls.ts'
import { loadIpHelper, type IpHelper } from './ip-helper.ts'
import { loadProcessCalls, type ProcessCalls } from './process-calls.ts'
import { loadSocketCalls, type SocketCalls } from './socket-calls.ts'

/** The part of Windows that Sockscope calls. Functions take bytes, so that a fake can stand in anywhere. */
export interface WindowsApi extends IpHelper, ProcessCalls, SocketCalls, ElevationCalls {}

let loaded: WindowsApi | undefined

/** Loaded on first use, so that importing this file on another system does no harm. */
export function windowsApi(): WindowsApi {
  if (loaded === undefined) {
    const processCalls = loadProcessCalls()
    loaded = { ...loadIpHelper(), ...processCalls, ...loadSocketCalls(), ...loadElevationCalls(() => processCalls.GetLastError()) }
  }
  return loaded
}
