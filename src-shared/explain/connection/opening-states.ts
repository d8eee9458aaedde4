/** LISTEN, BOUND, CLOSED and the two steps of the handshake. */
import { doublingSpanMs, timerLeft, verdictByAge, type Account, type Explain } from './compose.ts'
import { settingOf, type Situation } from './situation.ts'
import type { Speaker } from './speaker.ts'

/** A round trip is milliseconds; after a second the first repeat is due (RFC 6298 section 2). */
const slowHandshakeMs = 1000
const stuckHandshakeMs = 3000
const slowBoundMs = 10_000
/** Defaults of current kernels (Documentation/networking/ip-sysctl). */
const usualSynRetries = 6
const usualSynAckRetries = 5

export const explainListen: Explain = (situation, { texts, us }) => {
  const { port } = situation.connection.local
  const { receiveQueue: waiting, backlog } = situation.connection
  const full = waiting !== undefined && backlog !== undefined && waiting > 0 && waiting >= backlog
  const words = texts.listen
  return {
    verdict: full ? 'stuck' : 'normal',
    reason: full ? words.full : words.normal,
    entries: [
      ['means', words.means({ us, port })],
      ['means', exposure(situation, words)],
      ['next', full ? words.nextAccept({ us }) : words.next],
      ['moves', words.moves({ us })],
      ['otherwise', full ? undefined : words.otherwise],
      ['note', queueText(waiting, backlog, full, us, words)],
    ],
  }
}

function exposure({ connection }: Situation, words: Speaker['texts']['listen']): string {
  const { address } = connection.local
  if (address === '0.0.0.0') return words.toAll
  if (address === '::') return words.toAllBoth
  return address === '::1' || address.startsWith('127.') ? words.toLoopback({ address }) : words.toOne({ address })
}

function queueText(
  waiting: number | undefined,
  backlog: number | undefined,
  full: boolean,
  us: string,
  words: Speaker['texts']['listen'],
): string | undefined {
  if (waiting === undefined || backlog === undefined) return undefined
  if (full) return words.queueFull({ us, waiting, backlog })
  return waiting === 0 ? words.queueEmpty({ backlog }) : words.queue({ waiting, backlog })
}

export const explainBound: Explain = (situation, { texts: { bound }, us }) => {
  const slow = situation.ageMs >= slowBoundMs
  return {
    verdict: slow ? 'slow' : 'normal',
    reason: slow ? bound.slow : bound.normal,
    entries: [
      ['means', bound.means({ us, port: situation.connection.local.port })],
      ['next', bound.next({ us })],
      ['moves', bound.moves],
      ['otherwise', bound.otherwise({ us })],
    ],
  }
}

export const explainClosed: Explain = (_situation, { texts: { closed }, us }) => ({
  verdict: 'normal',
  reason: closed.normal,
  entries: [
    ['means', closed.means],
    ['next', closed.next({ us })],
    ['otherwise', closed.otherwise],
  ],
})

export const explainSynSent: Explain = (situation, speaker) => {
  const { synSent } = speaker.texts
  const { remote, isLocal, connection } = situation
  const verdict = verdictByAge(situation, slowHandshakeMs, stuckHandshakeMs)
  const count = connection.unanswered ?? 0
  return {
    verdict,
    reason: synSent[verdict],
    entries: [
      ['means', synSent.means({ us: speaker.us, remote })],
      ['next', isLocal ? synSent.nextHere : synSent.next({ remote })],
      ['moves', synSent.moves],
      ['otherwise', synGivesUp(situation, speaker)],
      ['note', count === 0 ? undefined : synSent.repeated({ count, due: timerLeft(situation, speaker) })],
    ],
  }
}

function synGivesUp(situation: Situation, { texts: { synSent }, span }: Speaker): string {
  if (situation.platform === 'win32') return synSent.windows
  if (situation.platform === 'darwin') {
    const timeoutMs = settingOf(situation, 'connect-timeout')
    return timeoutMs === undefined ? synSent.elsewhere : synSent.macos({ span: span(timeoutMs) })
  }
  if (situation.platform !== 'linux') return synSent.elsewhere
  const tries = settingOf(situation, 'syn-retries') ?? usualSynRetries
  return synSent.linux({ tries, span: span(doublingSpanMs(tries)) })
}

export const explainSynReceived: Explain = (situation, { texts: { synReceived }, span }): Account => {
  const { remote, local, platform, story } = situation
  const verdict = verdictByAge(situation, slowHandshakeMs, stuckHandshakeMs)
  const tries = settingOf(situation, 'synack-retries') ?? usualSynAckRetries
  const crossed = story.path.some(({ state }) => state === 'SYN_SENT')
  return {
    verdict,
    reason: synReceived[verdict],
    entries: [
      ['means', crossed ? synReceived.crossed({ remote }) : synReceived.means({ remote, local })],
      ['next', synReceived.next({ remote })],
      ['moves', synReceived.moves],
      ['otherwise', platform === 'linux' ? synReceived.linux({ tries, span: span(doublingSpanMs(tries)) }) : synReceived.elsewhere],
    ],
  }
}
