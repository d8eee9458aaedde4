import { withoutUndefined } from '../../../src-shared/model/connection.ts'
import { killElevated } from '../../actions/macos/elevated-kill.ts'
import { elevationPrompt } from '../../actions/macos/elevation-prompt.ts'
import { MacProcessTerminator } from '../../actions/macos/end-process.ts'
import { loadLibSystem, type LoadedMacApi } from '../../native/macos/lib-system.ts'
import { interfaceNameOf, userNameOf } from '../../native/macos/names-of-numbers.ts'
import { countDescriptorsOf } from '../../native/macos/process-info.ts'
import { runOsascript, type RunScript } from '../../native/macos/run-osascript.ts'
import { sendSignal } from '../../native/macos/send-signal.ts'
import { runTool } from '../../native/run-tool.ts'
import { MacProcessCatalog } from '../../processes/macos/macos-process-catalog.ts'
import { PsProcessReader } from '../../processes/macos/ps-process-reader.ts'
import { SysctlProcessReader } from '../../processes/macos/sysctl-process-reader.ts'
import { createToldOwnerResolver } from '../../processes/told-owner-resolver.ts'
import type { Names } from '../../sources/label-cache.ts'
import { createLsofSource } from '../../sources/macos/lsof-source.ts'
import { createNetstatSource, type RunTool } from '../../sources/macos/netstat-source.ts'
import { createPcblistSource } from '../../sources/macos/pcblist-source.ts'
import type { MachineReader } from '../machine-reader.ts'
import type { PlatformOptions, PlatformParts, ProcessDescription } from '../platform-parts.ts'
import { macDoctorChecks } from './macos-doctor.ts'
import { macProcessFacts } from './macos-process-facts.ts'

/** The system as the parts reach it; a test brings its own. */
export interface MacSystem {
  readonly load: () => LoadedMacApi
  readonly run: RunTool
  readonly runScript: RunScript
  readonly ownPid: number
}

const thisSystem: MacSystem = { load: loadLibSystem, run: runTool, runScript: runOsascript, ownPid: process.pid }

export function createMacParts(
  { delay, isOwn, userId }: PlatformOptions,
  { load, run, runScript, ownPid }: MacSystem = thisSystem,
): PlatformParts {
  const loaded = load()
  const isRoot = userId === 0
  const catalog = openCatalog(loaded, run, ownPid)
  const resolver = createToldOwnerResolver(catalog)
  const names = namesFrom(loaded)
  const sources = [
    createPcblistSource({ load: () => loaded, ownPid }),
    createNetstatSource({ run, names }),
    createLsofSource({ run, names, isRoot }),
  ]
  return {
    sources,
    resolver: {
      resolve: (table) => [...resolver.resolve(table), ...catalog.problems],
      close: () => resolver.close(),
    },
    terminator: new MacProcessTerminator({
      delay,
      isOwn,
      findAgain: (target) => catalog.findAgain(target),
      signal: (pid, signal) => sendSignal(loaded, pid, signal),
      killElevated: (order) => killElevated(runScript, elevationPrompt(order.pid), order),
    }),
    // There is no supported way to close another process' connection on macOS.
    closer: {
      close: (_table, id) => ({ target: id, status: 'not-supported', reason: 'platform-cannot', remedy: 'end-process-instead' }),
      dispose: () => {},
    },
    elevated: isRoot,
    machine: machineOf(loaded),
    describeProcess: (pid) => describe(catalog, pid),
    childrenOf: (pid) => catalog.childrenOf(pid),
    parentsNow: () => catalog.parentsNow(),
    processFacts: macProcessFacts,
    doctorChecks: () => macDoctorChecks(sources, catalog.probe(), isRoot),
  }
}

function openCatalog(loaded: LoadedMacApi, run: RunTool, ownPid: number): MacProcessCatalog {
  const ps = new PsProcessReader(run)
  if (!loaded.ok) return new MacProcessCatalog({ readers: [ps], missing: loaded.reason, userName: () => undefined })
  const { api } = loaded
  return new MacProcessCatalog({ readers: [new SysctlProcessReader(api, ownPid), ps], userName: (uid) => userNameOf(api, uid) })
}

/** Descriptors of one's own processes; no call tells another process' limit. macOS limits no connections that are closing. */
function machineOf(loaded: LoadedMacApi): MachineReader {
  const untold = { orphans: 'no-such-thing', 'tcp-memory': 'not-read' } as const
  if (!loaded.ok) return { untold: { ...untold, descriptors: 'tool-does-not-tell' } }
  const { api } = loaded
  return { untold: { ...untold, descriptors: 'not-read' }, descriptorsOf: (pid) => usedOf(countDescriptorsOf(api, pid)) }
}

function usedOf(used: number | undefined): { readonly used: number } | undefined {
  return used === undefined ? undefined : { used }
}

/** Without the library, numbers stand for themselves. */
function namesFrom(loaded: LoadedMacApi): Names {
  if (!loaded.ok) return { userName: () => undefined, interfaceName: () => undefined }
  const { api } = loaded
  return { userName: (uid) => userNameOf(api, uid), interfaceName: (index) => interfaceNameOf(api, index) }
}

function describe(catalog: MacProcessCatalog, pid: number): ProcessDescription | undefined {
  const sighting = catalog.find(pid)
  if (sighting.status !== 'there') return undefined
  const { pid: _pid, ...facts } = catalog.factsAbout(sighting.process)
  return withoutUndefined<ProcessDescription>({ ...facts, parentPid: sighting.process.parentPid })
}
