/** Who an address is registered to: IANA is asked which registry has it, then that registry. Only ever on a person's request. */
import type { WhoisAnswer, WhoisPart } from '../../src-shared/contract/names.ts'
import { addressKind } from './address-kind.ts'
import type { WhoisQuestion, WhoisReply } from './ask-whois.ts'

const firstServer = 'whois.iana.org'
/**
 * The regional registries and the national ones that they refer to. A referral is a line in an answer: following any would let
 * whoever answers have this machine connect to whatever it names.
 */
const registries: ReadonlySet<string> = new Set([
  'whois.afrinic.net',
  'whois.apnic.net',
  'whois.arin.net',
  'whois.lacnic.net',
  'whois.ripe.net',
  'whois.nic.ad.jp',
  'whois.kisa.or.kr',
  'whois.krnic.net',
  'whois.twnic.net',
  'whois.cnnic.cn',
  'whois.registro.br',
  'whois.nic.br',
])
/** IANA, the registry, and one that it refers to. */
const maximumServers = 3
/** Somebody who asks once more reads the same. */
const keptForMs = 3_600_000
const maximumKept = 32
/** A person reads one at a time. */
const maximumOpen = 2

export interface WhoisOptions {
  readonly ask: (question: WhoisQuestion) => Promise<WhoisReply>
  /** Milliseconds. */
  readonly steadyNow: () => number
}

export class Whois {
  readonly #options: WhoisOptions
  readonly #kept = new Map<string, { readonly answer: WhoisAnswer; readonly until: number }>()
  #open = 0

  constructor(options: WhoisOptions) {
    this.#options = options
  }

  async lookUp(address: string): Promise<WhoisAnswer> {
    if (addressKind(address) !== 'public') return { address, parts: [], problem: 'not-public' }
    const kept = this.#kept.get(address)
    if (kept !== undefined && kept.until > this.#options.steadyNow()) return kept.answer
    if (this.#open >= maximumOpen) return { address, parts: [], problem: 'busy' }
    this.#open += 1
    try {
      const answer = await this.#askInTurn(address)
      if (answer.problem === undefined && answer.parts.every(({ cut }) => cut !== true)) this.#keep(address, answer)
      return answer
    } finally {
      this.#open -= 1
    }
  }

  async #askInTurn(address: string): Promise<WhoisAnswer> {
    const parts: WhoisPart[] = []
    let server: string | undefined = firstServer
    while (server !== undefined && parts.length < maximumServers) {
      const reply: WhoisReply = await this.#options.ask({ server, query: address })
      if (!reply.ok) return { address, parts, problem: reply.problem, server }
      parts.push({ server, text: reply.text, ...(reply.cut && { cut: true as const }) })
      server = referralIn(
        reply.text,
        parts.map((part) => part.server),
      )
    }
    return { address, parts }
  }

  #keep(address: string, answer: WhoisAnswer): void {
    if (this.#kept.size >= maximumKept) this.#kept.delete(this.#kept.keys().next().value ?? '')
    this.#kept.delete(address)
    this.#kept.set(address, { answer, until: this.#options.steadyNow() + keptForMs })
  }
}

/** `refer:` and `whois:` are IANA's words, `ReferralServer:` is ARIN's. Undefined where the next server is none of the registries or was asked. */
export function referralIn(text: string, asked: readonly string[]): string | undefined {
  const name = /^(?:refer|whois|ReferralServer):\s*(?:r?whois:\/\/)?([a-z0-9.-]+)(?::43)?\/?\s*$/im.exec(text)?.[1]?.toLowerCase()
  return name !== undefined && registries.has(name) && !asked.includes(name) ? name : undefined
}
