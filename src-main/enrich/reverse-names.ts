/**
 * Host names of addresses by PTR records: asked in the background, a few at a time, remembered for a while, names that do not exist
 * too. Every question tells the resolver of this machine which address is looked at, so nothing is asked unless the caller decided so.
 */
import { cleanHostName } from './clean-name.ts'

/** Questions that are open at once: a resolver at home takes that many without dropping any. */
const maximumOpen = 8
/** A screen or two of rows waits; what falls off is asked for again when it is looked at again. */
const maximumWaiting = 500
const maximumKept = 10_000
/** Node does not tell the lifetime of PTR records; they rarely change within an hour. */
const nameHoldsMs = 3_600_000
/** No such name: an hour is what zones commonly say, ten minutes lets a new one show up. */
const noNameHoldsMs = 600_000
/** The resolver did not answer: it may soon. */
const failureHoldsMs = 60_000

/** The DNS says that there is no such name, in Node's words. */
const noSuchName: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA'])

export interface ReverseNamesOptions {
  /** Answers the names of an address, or fails with Node's DNS codes. */
  readonly resolve: (address: string) => Promise<readonly string[]>
  /** Milliseconds. */
  readonly steadyNow: () => number
}

export interface ReverseAnswer {
  readonly host?: string
  readonly pending?: true
}

interface Kept {
  readonly host: string | undefined
  readonly until: number
  /** Somebody asked for this very name. */
  readonly onRequest: boolean
}

/** Somebody waits for the answer. */
interface Request {
  readonly answered: Promise<void>
  readonly tell: () => void
}

export class ReverseNames {
  readonly #options: ReverseNamesOptions
  readonly #kept = new Map<string, Kept>()
  /** In the order of asking. */
  readonly #waiting = new Set<string>()
  readonly #requests = new Map<string, Request>()
  readonly #open = new Set<string>()

  constructor(options: ReverseNamesOptions) {
    this.#options = options
  }

  /** What is known; asks nobody. */
  known(address: string): ReverseAnswer | undefined {
    const kept = this.#kept.get(address)
    if (kept === undefined || kept.until <= this.#options.steadyNow()) return undefined
    return kept.host === undefined ? {} : { host: kept.host }
  }

  /** The same of what somebody asked for by `askNow`. */
  knownOnRequest(address: string): ReverseAnswer | undefined {
    return this.#kept.get(address)?.onRequest === true ? this.known(address) : undefined
  }

  /** The question is on its way: an answer will be known, whoever still wants it. */
  isAsked(address: string): boolean {
    return this.#open.has(address) || this.#waiting.has(address)
  }

  /** What is known now; an unknown name is asked for and pending meanwhile. */
  ask(address: string): ReverseAnswer {
    const known = this.known(address)
    if (known !== undefined) return known
    if (!this.#open.has(address) && this.#waiting.size < maximumWaiting) this.#waiting.add(address)
    this.#askNext()
    return { pending: true }
  }

  /** Waits for the answer, ahead of those that wait for nobody. */
  async askNow(address: string): Promise<ReverseAnswer> {
    const known = this.known(address)
    if (known !== undefined) {
      const kept = this.#kept.get(address)
      if (kept !== undefined) this.#kept.set(address, { ...kept, onRequest: true })
      return known
    }
    const request = this.#requests.get(address) ?? this.#newRequest(address)
    this.#askNext()
    await request.answered
    return this.known(address) ?? {}
  }

  /** Of what waits for nobody, asks no more than this: the person does not want the rest any longer. */
  askOnly(isWanted: (address: string) => boolean): void {
    for (const address of this.#waiting) if (!isWanted(address)) this.#waiting.delete(address)
  }

  #newRequest(address: string): Request {
    const { promise, resolve } = Promise.withResolvers<void>()
    const request = { answered: promise, tell: resolve }
    this.#requests.set(address, request)
    return request
  }

  #askNext(): void {
    for (const addresses of [this.#requests.keys(), this.#waiting])
      for (const address of addresses) {
        if (this.#open.size >= maximumOpen) return
        this.#waiting.delete(address)
        if (!this.#open.has(address)) void this.#keepAnswer(address)
      }
  }

  async #keepAnswer(address: string): Promise<void> {
    this.#open.add(address)
    const { host, holdsMs } = await this.#answerOf(address)
    this.#open.delete(address)
    const request = this.#requests.get(address)
    this.#requests.delete(address)
    const onRequest = request !== undefined || this.#kept.get(address)?.onRequest === true
    if (this.#kept.size >= maximumKept) this.#kept.delete(this.#kept.keys().next().value ?? '')
    this.#kept.delete(address) // the oldest come first
    this.#kept.set(address, { host, until: this.#options.steadyNow() + holdsMs, onRequest })
    request?.tell()
    this.#askNext()
  }

  async #answerOf(address: string): Promise<{ readonly host: string | undefined; readonly holdsMs: number }> {
    try {
      const names = await this.#options.resolve(address)
      // Several names come in any order; the same one each time keeps the table still.
      const [host] = names.flatMap((name) => cleanHostName(name) ?? []).toSorted()
      return { host, holdsMs: host === undefined ? noNameHoldsMs : nameHoldsMs }
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      return { host: undefined, holdsMs: noSuchName.has(code) ? noNameHoldsMs : failureHoldsMs }
    }
  }
}
