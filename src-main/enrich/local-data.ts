/**
 * What is told from files of this machine alone: names of ports, countries, and what the user's own files say. Files are opened when they
 * are first asked for, one after the other and off this thread: one that lies on a disk that never answers holds up nobody but itself.
 */
import { existsSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import * as v from 'valibot'
import type { DataSource, NameSources, NetworkFile, ServiceNameList } from '../../src-shared/contract/names.ts'
import type { AddressFacts } from './mmdb-file.ts'
import { openMmdb, type OpenedMmdb } from './open-mmdb.ts'

export interface LocalDataOptions {
  /** The build's data; undefined where it was not built. */
  readonly dataFolder: string | undefined
  /** The user's files: every .mmdb in it is used, in the order of their names. It need not exist. */
  readonly ownFolder: string
  /** One more file of the user's, wherever it is; it is asked first. */
  readonly ownFile?: string | undefined
}

/** Country and network each from a file of their own, and some to compare. */
const maximumFiles = 6
/** Every file is held in memory. Files of cities and companies are smaller. */
const maximumFileBytes = 256 * 1024 * 1024
const maximumBytes = 512 * 1024 * 1024
/** A local disk answers within a fraction of this; a look at the table must not wait for one that does not. */
const patienceMs = 1000

const sourceSchema = v.object({ name: v.string(), version: v.string(), licence: v.string(), link: v.string() })
const sourcesSchema = v.object({ services: sourceSchema, countries: sourceSchema })
const names = v.record(v.pipe(v.string(), v.regex(/^\d{1,5}$/)), v.string())
const servicesSchema = v.object({ both: names, tcp: names, udp: names })

/** Runs once after so many milliseconds; the answer cancels. */
type StartTimer = (run: () => void, delayMs: number) => () => void

export class LocalData {
  readonly #options: LocalDataOptions
  readonly #startTimer: StartTimer
  #countries: OpenedMmdb | undefined
  /** By path, in the order of asking; undefined while a file was never read to its end. */
  #own = new Map<string, OpenedMmdb | undefined>()
  #opening: Promise<void> | undefined
  #wasOpened = false

  /** `startTimer` ends the waiting for a disk that does not answer. */
  constructor(options: LocalDataOptions, startTimer: StartTimer) {
    this.#options = options
    this.#startTimer = startTimer
  }

  /** Waits until the files are read, within reason; they are then used as they come. */
  async open(): Promise<void> {
    if (!this.#wasOpened) await this.lookAgain()
  }

  /** Looks again at what the user has put there; reads what is new or was changed. */
  async lookAgain(): Promise<void> {
    this.#opening ??= this.#openAll().finally(() => (this.#opening = undefined))
    const late = Promise.withResolvers<void>()
    const cancel = this.#startTimer(late.resolve, patienceMs)
    await Promise.race([this.#opening, late.promise])
    cancel()
    this.#wasOpened = true
  }

  /** The user's files win over the build's, fact by fact. `countries` false: none are told. */
  lookUp(address: string, { countries }: { readonly countries: boolean }): AddressFacts {
    const found: AddressFacts[] = [...this.#own.values()].flatMap((opened) => opened?.file?.lookUp(address) ?? [])
    if (countries && !found.some(({ country }) => country !== undefined)) found.push(this.#countries?.file?.lookUp(address) ?? {})
    const { country, ...rest } = Object.assign({}, ...found.toReversed()) as AddressFacts
    return countries && country !== undefined ? { ...rest, country } : rest
  }

  sources(): NameSources {
    const sources = readChecked(this.#options.dataFolder, 'sources.json', sourcesSchema)
    const date = this.#countries?.file?.date
    const countries: DataSource | undefined = sources && { ...sources.countries, ...(date !== undefined && { date }) }
    return {
      ...(sources && { services: sources.services }),
      ...(countries && { countries }),
      folder: this.#options.ownFolder,
      files: [...this.#own].map(([path, opened]) => told(basename(path), opened)),
    }
  }

  async #openAll(): Promise<void> {
    const { dataFolder } = this.#options
    if (dataFolder !== undefined && this.#countries === undefined)
      this.#countries = await openMmdb(join(dataFolder, 'countries.mmdb'), maximumFileBytes)
    const paths = await filesIn(this.#options)
    this.#own = new Map(paths.map((path) => [path, this.#own.get(path)]))
    let room = maximumBytes
    for (const path of paths) {
      const opened = await openMmdb(path, Math.min(room, maximumFileBytes), this.#own.get(path))
      room -= opened.byteLength
      this.#own.set(path, opened)
    }
  }
}

/** Names of ports of the build, without the rest. */
export function readServiceNames({ dataFolder }: Pick<LocalDataOptions, 'dataFolder'>): ServiceNameList {
  return readChecked(dataFolder, 'services.json', servicesSchema) ?? { both: {}, tcp: {}, udp: {} }
}

function readChecked<Schema extends v.GenericSchema>(
  folder: string | undefined,
  file: string,
  schema: Schema,
): v.InferOutput<Schema> | undefined {
  if (folder === undefined || !existsSync(join(folder, file))) return undefined
  try {
    return v.parse(schema, JSON.parse(readFileSync(join(folder, file), 'utf8')))
  } catch {
    return undefined // a build that was cut short; the settings then name no source
  }
}

/** A file that was not read in time is unreadable until it is. */
function told(name: string, opened: OpenedMmdb | undefined): NetworkFile {
  const problem = opened?.file?.isDamaged === true ? 'damaged' : opened === undefined ? 'unreadable' : opened.problem
  if (problem !== undefined) return { name, problem }
  const { type, date } = opened?.file ?? {}
  return { name, ...(type !== undefined && { type }), ...(date !== undefined && { date }) }
}

async function filesIn({ ownFolder, ownFile }: LocalDataOptions): Promise<string[]> {
  let found: string[] = []
  try {
    found = (await readdir(ownFolder)).filter((name) => name.toLowerCase().endsWith('.mmdb'))
  } catch {
    // No such folder: nothing was put there, which is usual.
  }
  const inFolder = found.toSorted().map((name) => join(ownFolder, name))
  return [...new Set([...(ownFile === undefined ? [] : [ownFile]), ...inFolder])].slice(0, maximumFiles)
}
