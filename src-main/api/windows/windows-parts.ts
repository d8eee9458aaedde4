import { randomBytes, randomUUID } from 'node:crypto'
import { WindowsConnectionCloser } from '../../actions/windows/close-connection.ts'
import { WindowsProcessTerminator } from '../../actions/windows/end-process.ts'
import { ElevatedHelper } from '../../elevation/windows/elevated-helper.ts'
import { helperCommand } from '../../elevation/windows/helper-command.ts'
import { launchElevated } from '../../elevation/windows/launch-elevated.ts'
import { runTool } from '../../native/run-tool.ts'
import { windowsApi, type WindowsApi } from '../../native/windows/windows-api.ts'
import { createToldOwnerResolver } from '../../processes/told-owner-resolver.ts'
import { isElevated } from '../../processes/windows/own-elevation.ts'
import { WindowsProcessCatalog } from '../../processes/windows/windows-process-catalog.ts'
import { DirectCounters, RemoteCounters } from '../../sources/windows/connection-counters.ts'
import { createIphlpapiSource } from '../../sources/windows/iphlpapi-source.ts'
import { createNetstatSource } from '../../sources/windows/netstat-source.ts'
import type { PlatformOptions, PlatformParts } from '../platform-parts.ts'
import { windowsDoctorChecks } from './windows-doctor.ts'
import { windowsProcessFacts } from './windows-process-facts.ts'

export interface WindowsEnvironment {
  readonly api: WindowsApi
  readonly variables: Readonly<Record<string, string | undefined>>
}

export function createWindowsParts(
  { delay, isOwn }: PlatformOptions,
  { api, variables }: WindowsEnvironment = { api: windowsApi(), variables: process.env },
): PlatformParts {
  const elevated = isElevated(api)
  const experimentalIpv6 = variables['SOCKSCOPE_EXPERIMENTAL_CLOSE_IPV6'] === '1'
  const catalog = new WindowsProcessCatalog(api)
  const helper = elevated === true ? undefined : createHelper(api)
  const counters =
    helper === undefined
      ? new DirectCounters(api)
      : new RemoteCounters(
          (tuples) => helper.statistics(tuples),
          () => helper.running,
        )
  const sources = [
    createIphlpapiSource({ api: () => api, counters }),
    createNetstatSource({ run: runTool, systemRoot: variables['SystemRoot'] ?? 'C:\\Windows' }),
  ]
  return {
    sources,
    resolver: createToldOwnerResolver(catalog),
    terminator: new WindowsProcessTerminator({ api, delay, isOwn, elevated: helper }),
    closer: new WindowsConnectionCloser({ api, delay, experimentalIpv6, elevated: helper, onDispose: () => helper?.close() }),
    elevated: elevated === true,
    // A process may have as many handles as memory allows, and no limit on closed connections is told.
    machine: { untold: { descriptors: 'no-such-thing', orphans: 'no-such-thing', 'tcp-memory': 'system-does-not-tell' } },
    describeProcess: (pid) => catalog.describe(pid),
    childrenOf: (pid) => catalog.childrenOf(pid),
    parentsNow: () => catalog.parentsNow(),
    processFacts: windowsProcessFacts,
    doctorChecks: () => windowsDoctorChecks({ sources, catalog, elevated, experimentalIpv6, helperRunning: helper?.running === true }),
  }
}

function createHelper(api: WindowsApi): ElevatedHelper {
  return new ElevatedHelper({
    newPipe: () => ({ pipe: `\\\\.\\pipe\\sockscope-${randomUUID()}`, token: randomBytes(16).toString('hex') }),
    launch: (helperArgs) => {
      const { file, args } = helperCommand({
        execPath: process.execPath,
        script: process.argv[1],
        isElectron: process.versions['electron'] !== undefined,
      })
      return launchElevated(api, file, [...args, ...helperArgs])
    },
    startTimer: (run, delayMs) => {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
  })
}
