/**
 * Names of users, at once or later, never by waiting. /etc/passwd is read here; the system's directory (getpwuid(3)) may ask a network
 * service for tens of seconds, so it is asked on another thread, about one user at a time, and its answer holds from then on.
 */
import { readFileSync, statSync } from 'node:fs'
import { libc } from './libc.ts'

/** Names may be changed and users removed while we run; no answer is believed for longer. */
const answerHoldsMs = 60_000
/** How often /etc/passwd is asked whether it changed. */
const localHoldsMs = 1000

export interface UserNameSources {
  /** The users of this machine; `version` changes with the file. */
  readonly localVersion: () => number
  readonly readLocal: () => ReadonlyMap<number, string>
  /** Undefined when the directory does not know the user either. */
  readonly askDirectory: (uid: number) => Promise<string | undefined>
  /** Milliseconds of a steady clock. */
  readonly now: () => number
}

export class UserNames {
  readonly #sources: UserNameSources
  readonly #answers = new Map<number, { readonly name: string | undefined; readonly at: number }>()
  readonly #waiting = new Set<number>()
  #asking = false
  #local: ReadonlyMap<number, string> = new Map()
  #localVersion: number | undefined
  #localCheckedAt = Number.NEGATIVE_INFINITY
  #generation = 0

  constructor(sources: UserNameSources) {
    this.#sources = sources
  }

  /** Changes with every name that came or went: whoever keeps names asks for them again then. */
  get generation(): number {
    this.#followLocal()
    return this.#generation
  }

  /** Undefined when there is no name, or none yet: then the directory is asked, and `generation` tells of its answer. */
  nameOf(uid: number): string | undefined {
    this.#followLocal()
    const local = this.#local.get(uid)
    if (local !== undefined) return local
    const answer = this.#answers.get(uid)
    if (answer === undefined || this.#sources.now() - answer.at >= answerHoldsMs) {
      this.#waiting.add(uid)
      void this.#askNext()
    }
    return answer?.name
  }

  #followLocal(): void {
    const now = this.#sources.now()
    if (now - this.#localCheckedAt < localHoldsMs) return
    this.#localCheckedAt = now
    const version = this.#sources.localVersion()
    if (version === this.#localVersion) return
    this.#localVersion = version
    this.#local = this.#sources.readLocal()
    this.#generation += 1
  }

  async #askNext(): Promise<void> {
    if (this.#asking) return
    this.#asking = true
    for (const uid of this.#waiting) {
      // A directory that cannot be asked is one that does not know.
      const name = await this.#sources.askDirectory(uid).catch(() => undefined)
      const before = this.#answers.get(uid)
      this.#answers.set(uid, { name, at: this.#sources.now() })
      this.#waiting.delete(uid)
      if (before?.name !== name) this.#generation += 1
    }
    this.#asking = false
  }
}

const passwordFile = '/etc/passwd'

/** Of this process; one for all, so that nobody is asked about twice. */
export const userNames = new UserNames({
  localVersion: () => statSync(passwordFile, { throwIfNoEntry: false })?.mtimeMs ?? 0,
  readLocal: readLocalUsers,
  askDirectory: (uid) => libc().getpwuidName(uid),
  now: () => performance.now(),
})

function readLocalUsers(): ReadonlyMap<number, string> {
  const users = new Map<number, string>()
  try {
    for (const line of readFileSync(passwordFile, 'utf8').split('\n')) {
      const [name, , uid] = line.split(':')
      if (name !== undefined && uid !== undefined && uid !== '' && !users.has(Number(uid))) users.set(Number(uid), name)
    }
  } catch {
    // No local user file (minimal containers): the directory is asked instead.
  }
  return users
}
