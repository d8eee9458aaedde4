/** What is told from files of this machine alone: names of ports, countries, and what the user's own files say. Opened when first asked for. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as v from 'valibot'
import type { DataSource, NameSources, NetworkFile, ServiceNameList } from '../../src-shared/contract/names.ts'
import { openMmdb, type AddressFacts, type MmdbFile } from './mmdb-file.ts'

export interface LocalDataOptions {
  /** The build's data; undefined where it was not built. */
  readonly dataFolder: string | undefined
  /** The user's files: every .mmdb in it is used, in the order of their names. It need not exist. */
  readonly ownFolder: string
  /** One more file of the user's, wherever it is; it is asked first. */
  readonly ownFile?: string | undefined
}

/** Country and network each from a file of their own, and some to compare; every file is held in memory. */
const maximumFiles = 6

const sourceSchema = v.object({ name: v.string(), version: v.string(), licence: v.string(), link: v.string() })
const sourcesSchema = v.object({ services: sourceSchema, countries: sourceSchema })
const names = v.record(v.pipe(v.string(), v.regex(/^\d{1,5}$/)), v.string())
const servicesSchema = v.object({ both: names, tcp: names, udp: names })

interface OwnFile {
  readonly told: NetworkFile
  readonly file?: MmdbFile
}

export class LocalData {
  readonly #options: LocalDataOptions
  #countries: MmdbFile | 'none' | undefined
  #own: readonly OwnFile[] | undefined

  constructor(options: LocalDataOptions) {
    this.#options = options
  }

  services(): ServiceNameList {
    return this.#read('services.json', servicesSchema) ?? { both: {}, tcp: {}, udp: {} }
  }

  /** The user's files win over the build's, fact by fact. `countries` false: none are told. */
  lookUp(address: string, { countries }: { readonly countries: boolean }): AddressFacts {
    const found: AddressFacts[] = this.#ownFiles().flatMap(({ file }) => file?.lookUp(address) ?? [])
    if (countries && !found.some(({ country }) => country !== undefined)) found.push(this.#shipped()?.lookUp(address) ?? {})
    const { country, ...rest } = Object.assign({}, ...found.toReversed()) as AddressFacts
    return countries && country !== undefined ? { ...rest, country } : rest
  }

  sources(): NameSources {
    const sources = this.#read('sources.json', sourcesSchema)
    const date = this.#shipped()?.date
    const countries: DataSource | undefined = sources && { ...sources.countries, ...(date !== undefined && { date }) }
    return {
      ...(sources && { services: sources.services }),
      ...(countries && { countries }),
      folder: this.#options.ownFolder,
      files: this.#ownFiles().map(({ told }) => told),
    }
  }

  /** Looks again at what the user has put there. */
  forgetFiles(): void {
    this.#own = undefined
  }

  #shipped(): MmdbFile | undefined {
    if (this.#countries === undefined) {
      const { dataFolder } = this.#options
      const opened = dataFolder === undefined ? undefined : openMmdb(join(dataFolder, 'countries.mmdb'))
      this.#countries = opened?.ok === true ? opened.file : 'none'
    }
    return this.#countries === 'none' ? undefined : this.#countries
  }

  #ownFiles(): readonly OwnFile[] {
    this.#own ??= filesIn(this.#options).map((path) => {
      const opened = openMmdb(path)
      const name = basename(path)
      if (!opened.ok) return { told: { name, problem: opened.problem } }
      const { type, date } = opened.file
      return { told: { name, ...(type !== undefined && { type }), ...(date !== undefined && { date }) }, file: opened.file }
    })
    return this.#own
  }

  #read<Schema extends v.GenericSchema>(file: string, schema: Schema): v.InferOutput<Schema> | undefined {
    const { dataFolder } = this.#options
    if (dataFolder === undefined || !existsSync(join(dataFolder, file))) return undefined
    try {
      return v.parse(schema, JSON.parse(readFileSync(join(dataFolder, file), 'utf8')))
    } catch {
      return undefined // a build that was cut short; the settings then name no source
    }
  }
}

function filesIn({ ownFolder, ownFile }: LocalDataOptions): string[] {
  let found: string[] = []
  try {
    found = readdirSync(ownFolder).filter((name) => name.toLowerCase().endsWith('.mmdb'))
  } catch {
    // No such folder: nothing was put there, which is usual.
  }
  const inFolder = found.toSorted().map((name) => join(ownFolder, name))
  return [...(ownFile === undefined ? [] : [ownFile]), ...inFolder].slice(0, maximumFiles)
}
