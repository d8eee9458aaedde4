/** The contract's calls about names: from addresses to what may be told of them under the settings in force. */
import { dirname, join } from 'node:path'
import type { Handlers } from '../../src-shared/contract/api.ts'
import type { AddressNames, ServiceNameList } from '../../src-shared/contract/names.ts'
import { succeed } from '../../src-shared/contract/result.ts'
import type { Settings } from '../../src-shared/model/settings.ts'
import { addressKind } from '../enrich/address-kind.ts'
import { askWhois } from '../enrich/ask-whois.ts'
import { findDataFolder } from '../enrich/data-folder.ts'
import { LocalData, type LocalDataOptions } from '../enrich/local-data.ts'
import { ReverseNames } from '../enrich/reverse-names.ts'
import { createSystemResolver } from '../enrich/system-resolver.ts'
import { Whois } from '../enrich/whois.ts'
import { homeFolder } from '../settings/home-folder.ts'
import { settingsFile } from '../settings/settings-location.ts'

export interface NamesCallsOptions {
  readonly settings: () => Settings
  readonly steadyNow: () => number
  readonly data: LocalDataOptions
  /** The doors to the network; parameters for the tests. */
  readonly resolve?: (address: string) => Promise<readonly string[]>
  readonly ask?: typeof askWhois
}

export interface NamesCalls {
  readonly handlers: Pick<Handlers, 'getServiceNames' | 'getNames' | 'getNameSources' | 'lookUpName' | 'whois'>
  settingsChanged(): void
}

export function createNamesCalls({ settings, steadyNow, data, resolve, ask = askWhois }: NamesCallsOptions): NamesCalls {
  const local = new LocalData(data)
  const reverse = new ReverseNames({ steadyNow, resolve: resolve ?? createSystemResolver({ steadyNow }) })
  const whois = new Whois({ steadyNow, ask })

  const mayAsk = (kind: ReturnType<typeof addressKind>): boolean =>
    (kind === 'public' && settings().reverseNames !== 'off') || (kind === 'private' && settings().reverseNames === 'all')
  const namesOf = (address: string): AddressNames => {
    const kind = addressKind(address)
    const facts = kind === 'public' ? local.lookUp(address, settings()) : {}
    // A name that was looked up on request is told too.
    return { address, ...facts, ...(mayAsk(kind) ? reverse.ask(address) : reverse.known(address)) }
  }
  return {
    handlers: {
      getServiceNames: async () => succeed(local.services()),
      getNames: async ({ addresses }) => succeed({ names: addresses.map(namesOf) }),
      getNameSources: async () => {
        local.forgetFiles()
        return succeed(local.sources())
      },
      lookUpName: async ({ address }) => {
        if (addressKind(address) !== 'none') await reverse.askNow(address)
        return succeed(namesOf(address))
      },
      whois: async ({ address }) => succeed(await whois.lookUp(address)),
    },
    settingsChanged: () => {
      if (settings().reverseNames === 'off') reverse.stopAsking()
    },
  }
}

/** Names of ports without the rest, for who has no engine. */
export function serviceNamesOf(data: LocalDataOptions): ServiceNameList {
  return new LocalData(data).services()
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
