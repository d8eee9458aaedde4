/** The contract's calls about names: from addresses to what may be told of them under the settings in force. */
import { dirname, join } from 'node:path'
import type { Handlers } from '../../src-shared/contract/api.ts'
import type { AddressNames, ServiceNameList } from '../../src-shared/contract/names.ts'
import { succeed } from '../../src-shared/contract/result.ts'
import type { Settings } from '../../src-shared/model/settings.ts'
import { addressKind } from '../enrich/address-kind.ts'
import { askWhois } from '../enrich/ask-whois.ts'
import { findDataFolder } from '../enrich/data-folder.ts'
import { LocalData, readServiceNames, type LocalDataOptions } from '../enrich/local-data.ts'
import { ReverseNames, type ReverseAnswer } from '../enrich/reverse-names.ts'
import { createSystemResolver } from '../enrich/system-resolver.ts'
import { Whois } from '../enrich/whois.ts'
import { homeFolder } from '../settings/home-folder.ts'
import { settingsFile } from '../settings/settings-location.ts'

export interface NamesCallsOptions {
  readonly settings: () => Settings
  readonly steadyNow: () => number
  readonly startTimer: (run: () => void, delayMs: number) => () => void
  readonly data: LocalDataOptions
  /** Those among the addresses that somebody here is connected to: by itself nobody is asked about any other. */
  readonly remotesAmong: (addresses: readonly string[]) => ReadonlySet<string>
  /** The doors to the network; parameters for the tests. */
  readonly resolve?: (address: string) => Promise<readonly string[]>
  readonly ask?: typeof askWhois
}

export interface NamesCalls {
  readonly handlers: Pick<Handlers, 'getServiceNames' | 'getNames' | 'getNameSources' | 'lookUpName' | 'whois'>
  settingsChanged(): void
}

export function createNamesCalls(options: NamesCallsOptions): NamesCalls {
  const { settings, steadyNow, startTimer, data, remotesAmong, resolve, ask = askWhois } = options
  const local = new LocalData(data, startTimer)
  const reverse = new ReverseNames({ steadyNow, resolve: resolve ?? createSystemResolver({ steadyNow }) })
  const whois = new Whois({ steadyNow, ask })

  const mayAsk = (address: string): boolean => {
    const kind = addressKind(address)
    return (kind === 'public' && settings().reverseNames !== 'off') || (kind === 'private' && settings().reverseNames === 'all')
  }
  const factsOf = (address: string): AddressNames => ({
    address,
    ...(addressKind(address) === 'public' ? local.lookUp(address, settings()) : {}),
  })
  /** A name that was looked up on request is told whatever the settings say. */
  const knownHostOf = (address: string): ReverseAnswer | undefined =>
    mayAsk(address) ? reverse.known(address) : reverse.knownOnRequest(address)
  /** A connection that closes meanwhile takes nothing back: what was asked is answered. */
  const hostOf = (address: string, isRemote: boolean): ReverseAnswer | undefined => {
    if (isRemote) return reverse.ask(address)
    return mayAsk(address) && reverse.isAsked(address) ? { pending: true } : knownHostOf(address)
  }
  const namesOf = (addresses: readonly string[]): readonly AddressNames[] => {
    const remotes = remotesAmong(addresses.filter((address) => mayAsk(address) && reverse.known(address) === undefined))
    return addresses.map((address) => ({
      ...factsOf(address),
      ...hostOf(address, remotes.has(address)),
    }))
  }
  return {
    handlers: {
      getServiceNames: async () => succeed(serviceNamesOf(data)),
      getNames: async ({ addresses }) => {
        await local.open()
        return succeed({ names: namesOf(addresses) })
      },
      getNameSources: async () => {
        await local.lookAgain()
        return succeed(local.sources())
      },
      lookUpName: async ({ address }) => {
        await local.open()
        if (addressKind(address) !== 'none') await reverse.askNow(address)
        return succeed({ ...factsOf(address), ...knownHostOf(address) })
      },
      whois: async ({ address }) => succeed(await whois.lookUp(address)),
    },
    settingsChanged: () => reverse.askOnly(mayAsk),
  }
}

/** Names of ports without the rest, for who has no engine. */
export function serviceNamesOf(data: LocalDataOptions): ServiceNameList {
  return readServiceNames(data)
}

/** Names a file of the user's with facts about addresses, for hosts that are started from a script. */
const fileVariable = 'SOCKSCOPE_NETWORK_FILE'
/** Beside the settings file: the user's own .mmdb files, or links to them. */
const ownFolderName = 'networks'

/** Where the data of this build and this user lie. */
export function locateData(platform: string, env: Readonly<Record<string, string | undefined>>): LocalDataOptions {
  const file = settingsFile({ platform, env, homeFolder: homeFolder() })
  return { dataFolder: findDataFolder(import.meta.dirname), ownFolder: join(dirname(file), ownFolderName), ownFile: env[fileVariable] }
}
