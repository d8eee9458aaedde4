/** ESTABLISHED, which may be in many ways, and UDP, which has no state. */
import { timerLeft, verdictByAge, type Entry, type Explain } from './compose.ts'
import type { Verdict } from './explanation.ts'
import { settingOf, type Situation } from './situation.ts'
import type { Speaker } from './speaker.ts'

/** Repeats in a row after which nobody believes in an accident. */
const unansweredWhenGone = 3
/** A queue of this size does not come from one write. */
const longQueueBytes = 65_536
/** A queue is no trouble while it moves: one look catches every busy connection with a full one. */
const stillQueueMs = 2000
const slowAcceptMs = 1000
const stuckAcceptMs = 10_000
/** Silence worth telling. */
const tellIdleFromMs = 60_000
/** Silence after which a lost peer becomes a question. */
const doubtIdleFromMs = 300_000
const usualRetries = 15

interface Trouble {
  readonly verdict: Verdict
  readonly reason: string
  readonly next: string
  /** Sent data waits for an acknowledgement, and the kernel's patience has an end. */
  readonly repeats: boolean
}

export const explainEstablished: Explain = (situation, speaker) => {
  if (waitsForAccept(situation)) return unaccepted(situation, speaker)
  const { texts, us, them } = speaker
  const words = texts.established
  const trouble = troubleOf(situation, speaker)
  return {
    verdict: trouble?.verdict ?? 'normal',
    reason: trouble?.reason ?? words.normal,
    entries: [
      ['means', words.means({ us, them })],
      ['next', trouble?.next ?? words.next],
      ['moves', words.moves({ us })],
      ['otherwise', trouble?.repeats === true ? givesUp(situation, words) : words.idleForever],
      ...idleNotes(situation, speaker),
    ],
  }
}

/** The handshake is done, no program has the connection, and it is known whom it waits for. Not so for the kernel's own services. */
export function waitsForAccept({ holder, story }: Situation): boolean {
  return holder.kind === 'kernel' && (holder.owner !== undefined || story.listener !== undefined)
}

const unaccepted: Explain = (situation, speaker) => {
  const { established } = speaker.texts
  return {
    verdict: verdictByAge(situation, slowAcceptMs, stuckAcceptMs),
    reason: established.waitsForAccept,
    entries: [
      ['means', established.unaccepted({ remote: situation.remote })],
      ['next', established.nextAccept({ who: whoAccepts(situation, speaker) })],
      ['otherwise', established.acceptForever],
    ],
  }
}

/** The program by its name, else by what it listens on. */
export function whoAccepts(situation: Situation, { us, texts }: Speaker): string {
  const { holder } = situation
  return holder.kind === 'kernel' && holder.owner === undefined ? texts.listeningProgram({ listener: listenerText(situation) ?? '' }) : us
}

export function listenerText({ story: { listener } }: Situation): string | undefined {
  if (listener === undefined) return undefined
  const { address, port } = listener.local
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

function troubleOf(
  { connection, remote, receivedAgoMs = 0, sentAgoMs = 0 }: Situation,
  { texts, us, them, bytes }: Speaker,
): Trouble | undefined {
  const { timer, unanswered = 0, receiveQueue = 0, sendQueue = 0 } = connection
  const words = texts.established
  const next = words.nextAnswer({ remote })
  if (unanswered >= unansweredWhenGone && timer !== undefined)
    return { verdict: 'stuck', reason: words.gone({ count: unanswered }), next, repeats: true }
  if (timer?.kind === 'probe' && sendQueue > 0)
    return { verdict: 'slow', reason: words.windowClosed({ them }), next: words.nextPeerReads({ them }), repeats: false }
  if (timer?.kind === 'retransmit' && unanswered > 0)
    return { verdict: 'slow', reason: words.unanswered({ count: unanswered }), next, repeats: true }
  if (receiveQueue >= longQueueBytes && receivedAgoMs >= stillQueueMs)
    return { verdict: 'slow', reason: words.unread({ us, bytes: bytes(receiveQueue) }), next: words.nextRead({ us }), repeats: false }
  if (sendQueue >= longQueueBytes && sentAgoMs >= stillQueueMs)
    return { verdict: 'slow', reason: words.undrained({ bytes: bytes(sendQueue) }), next, repeats: true }
  return undefined
}

function givesUp(situation: Situation, words: Speaker['texts']['established']): string {
  if (situation.platform !== 'linux') return words.givesUp
  return words.linuxGivesUp({ tries: settingOf(situation, 'retransmit-retries') ?? usualRetries })
}

function idleNotes(situation: Situation, speaker: Speaker): Entry[] {
  const { connection, idleMs, platform, isLocal } = situation
  const { established } = speaker.texts
  const { timer, receivedBytes, sentBytes } = connection
  const silent = receivedBytes === 0 && sentBytes === 0
  const quiet = idleMs !== undefined && idleMs >= tellIdleFromMs
  const doubtful = platform === 'linux' && timer === undefined && !isLocal && (idleMs ?? (silent ? situation.ageMs : 0)) >= doubtIdleFromMs
  return [
    ['note', silent ? established.noData : quiet ? established.idle({ span: speaker.span(idleMs) }) : undefined],
    ['note', timer?.kind === 'keepalive' ? established.keepalive({ due: timerLeft(situation, speaker) }) : undefined],
    ['note', doubtful ? established.noKeepalive({ us: speaker.us }) : undefined],
  ]
}

export const explainUdp: Explain = ({ connection, remote }, { texts: { udp }, us, bytes }) => ({
  verdict: 'normal',
  reason: '',
  entries: [
    ['means', udp.means({ us, port: connection.local.port })],
    ['means', remote === '' ? udp.unconnected : udp.connected({ remote })],
    ['otherwise', udp.otherwise({ us })],
    ['note', (connection.receiveQueue ?? 0) > 0 ? udp.unread({ bytes: bytes(connection.receiveQueue ?? 0) }) : undefined],
  ],
})
