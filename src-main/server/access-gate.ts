/**
 * Who may come in: a token from the terminal, good for one use, is exchanged for a session that lives in a cookie. Nothing is kept
 * on disk; when the host ends, every session ends.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 bits: guessing is hopeless, so wrong guesses need no counting. */
const secretBytes = 32
/** Addresses handed out and not used yet; beyond that the oldest is void. */
const maximumTokens = 8
/** Browsers let in during one life of the host; beyond that the oldest must come again. */
const maximumSessions = 32
/** A cookie header of ours is far shorter; more pairs than this are not looked at. */
const maximumCookiePairs = 64

export interface AccessGate {
  /** A token good for one use. */
  issueToken(): string
  /** The new session's secret; undefined when the token is wrong or was used. */
  redeemToken(token: string): string | undefined
  /** `header`: the Cookie header as it came. */
  hasSession(header: string | undefined): boolean
  readonly cookieName: string
}

/** `port` is part of the cookie's name: cookies know hosts but not ports, and two hosts of ours must not overwrite each other's. */
export function createAccessGate(port: number): AccessGate {
  const tokens = createSecrets(maximumTokens)
  const sessions = createSecrets(maximumSessions)
  const cookieName = `sockscope-${port}`
  return {
    cookieName,
    issueToken: () => tokens.issue(),
    redeemToken: (token) => (tokens.take(token) ? sessions.issue() : undefined),
    hasSession: (header) => cookieValues(header, cookieName).some((value) => sessions.has(value)),
  }
}

interface Secrets {
  issue(): string
  has(secret: string): boolean
  take(secret: string): boolean
}

function createSecrets(maximum: number): Secrets {
  let digests: Buffer[] = []
  const find = (secret: string): Buffer | undefined => {
    const given = digestOf(secret)
    // Every digest is compared in full, so that the time taken tells nothing.
    return digests.reduce<Buffer | undefined>((found, digest) => (timingSafeEqual(digest, given) ? digest : found), undefined)
  }
  return {
    issue() {
      const secret = randomBytes(secretBytes).toString('base64url')
      digests = [...digests, digestOf(secret)].slice(-maximum)
      return secret
    },
    has: (secret) => find(secret) !== undefined,
    take(secret) {
      const digest = find(secret)
      digests = digests.filter((each) => each !== digest)
      return digest !== undefined
    },
  }
}

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

function cookieValues(header: string | undefined, name: string): string[] {
  const pairs = (header ?? '').split(';', maximumCookiePairs)
  return pairs.map((pair) => pair.trim()).flatMap((pair) => (pair.startsWith(`${name}=`) ? [pair.slice(name.length + 1)] : []))
}
