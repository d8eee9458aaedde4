/** The ways to the end of a connection (RFC 9293 section 3.6). */
import { timerLeft, verdictByAge, type Entry, type Explain } from './compose.ts'
import type { Verdict } from './explanation.ts'
import { waitsForAccept, whoAccepts } from './open-states.ts'
import { settingOf, type Situation } from './situation.ts'
import type { Speaker } from './speaker.ts'

/** An acknowledgement takes a round trip, and data before the FIN some more. */
const slowAckMs = 3000
const stuckAckMs = 10_000
const slowPeerCloseMs = 10_000
const stuckPeerCloseMs = 60_000
const slowOwnCloseMs = 5000
const stuckOwnCloseMs = 60_000
/** TIME_WAIT and FIN_WAIT_2 of Linux (TCP_TIMEWAIT_LEN, tcp_fin_timeout). */
const usualFinTimeoutMs = 60_000
const usualRetries = 15
/** tcp_orphan_retries(): 0 stands for 8 while the peer's machine is not known to be gone. */
const usualOrphanRetries = 8

export const explainFinWait1: Explain = (situation, speaker) => {
  const { finWait1, established } = speaker.texts
  const { remote, connection } = situation
  const waiting = awaitAck(situation, speaker, finWait1)
  const windowClosed = connection.timer?.kind === 'probe'
  const queued = connection.sendQueue ?? 0
  return {
    verdict: waiting.verdict,
    reason: windowClosed ? finWait1.windowClosed({ them: speaker.them }) : waiting.reason,
    entries: [
      ['means', finWait1.means({ us: speaker.us })],
      ['means', queued > 1 ? finWait1.queued({ bytes: speaker.bytes(queued) }) : undefined],
      ['closer', speaker.texts.closer.us],
      ['next', windowClosed ? established.nextPeerReads({ them: speaker.them }) : finWait1.next({ remote })],
      ['moves', finWait1.moves],
      ...waiting.entries,
    ],
  }
}

export const explainLastAck: Explain = (situation, speaker) => {
  const { lastAck, closer } = speaker.texts
  const waiting = awaitAck(situation, speaker, lastAck)
  return {
    ...waiting,
    entries: [
      ['means', lastAck.means],
      ['closer', closer.peer],
      ['next', lastAck.next({ remote: situation.remote })],
      ['moves', lastAck.moves],
      ...waiting.entries,
    ],
  }
}

export const explainClosing: Explain = (situation, speaker) => {
  const { closing, closer } = speaker.texts
  const waiting = awaitAck(situation, speaker, closing)
  return {
    ...waiting,
    entries: [
      ['means', closing.means],
      ['closer', closer.both],
      ['next', closing.next({ remote: situation.remote })],
      ['moves', closing.moves],
      ...waiting.entries,
    ],
  }
}

/** What is the same wherever our FIN waits for its acknowledgement. */
function awaitAck(
  situation: Situation,
  speaker: Speaker,
  words: Readonly<Record<Verdict, string>>,
): { verdict: Verdict; reason: string; entries: Entry[] } {
  const verdict = verdictByAge(situation, slowAckMs, stuckAckMs)
  return {
    verdict,
    reason: words[verdict],
    entries: [
      ['otherwise', repeatText(situation, speaker.texts.repeats)],
      ['note', unansweredText(situation, speaker)],
    ],
  }
}

function unansweredText({ connection: { unanswered = 0 } }: Situation, { texts: { established } }: Speaker): string | undefined {
  return unanswered === 0 ? undefined : established.unanswered({ count: unanswered })
}

function repeatText(situation: Situation, repeats: Speaker['texts']['repeats']): string {
  if (situation.platform !== 'linux') return repeats.elsewhere
  if (situation.holder.kind !== 'nobody') return repeats.linuxOwned({ tries: settingOf(situation, 'retransmit-retries') ?? usualRetries })
  return repeats.linuxOrphan({ tries: settingOf(situation, 'orphan-retries') || usualOrphanRetries })
}

export const explainFinWait2: Explain = (situation, speaker) => {
  const { finWait2, closer } = speaker.texts
  const { us, them } = speaker
  const { holder, platform } = situation
  const orphan = holder.kind === 'nobody'
  const verdict = orphan ? 'normal' : verdictByAge(situation, slowPeerCloseMs, stuckPeerCloseMs)
  const held = holder.kind === 'process' && platform !== 'win32' // Windows names the owner also after the program closed
  return {
    verdict,
    reason: orphan ? finWait2.normalOrphan : finWait2[verdict],
    entries: [
      ['means', finWait2.means({ them })],
      ['means', held ? finWait2.held({ us }) : undefined],
      ['closer', closer.us],
      ['next', finWait2.next({ them })],
      ['moves', finWait2.moves],
      ['otherwise', finWait2End(situation, speaker, orphan)],
    ],
  }
}

function finWait2End(situation: Situation, speaker: Speaker, orphan: boolean): string {
  const { finWait2 } = speaker.texts
  if (situation.platform === 'win32') return finWait2.windows
  if (!orphan) return finWait2.ownedForever({ us: speaker.us })
  if (situation.platform !== 'linux') return finWait2.orphanElsewhere
  const seconds = settingOf(situation, 'fin-timeout')
  const limit = speaker.span(seconds === undefined ? usualFinTimeoutMs : seconds * 1000)
  return finWait2.linuxOrphan({ limit, left: timerLeft(situation, speaker) })
}

export const explainCloseWait: Explain = (situation, speaker) => {
  const { closeWait, closer } = speaker.texts
  const { us, them } = speaker
  const sending = stillSends(situation)
  const byAge = verdictByAge(situation, slowOwnCloseMs, stuckOwnCloseMs)
  if (waitsForAccept(situation)) {
    return {
      verdict: byAge,
      reason: byAge === 'normal' ? closeWait.normal : closeWait.stuckUnaccepted,
      entries: [
        ['means', closeWait.unaccepted({ remote: situation.remote })],
        ['closer', closer.peer],
        ['next', closeWait.nextAccept({ who: whoAccepts(situation, speaker) })],
        ['otherwise', speaker.texts.established.acceptForever],
      ],
    }
  }
  const verdict = sending && byAge === 'stuck' ? 'slow' : byAge
  const reasons = { normal: closeWait.normal, slow: sending ? closeWait.sends : closeWait.slow({ us }), stuck: closeWait.stuck({ us }) }
  return {
    verdict,
    reason: reasons[verdict],
    entries: [
      ['means', closeWait.means({ us, them })],
      ['means', unreadText(situation, speaker)],
      ['closer', closer.peer],
      ['next', closeWait.next({ us })],
      ['moves', closeWait.moves({ us })],
      ['otherwise', closeWait.otherwise({ us })],
      ['note', unsentText(situation, speaker)],
      ['note', unansweredText(situation, speaker)],
    ],
  }
}

function stillSends({ connection, sentAgoMs }: Situation): boolean {
  return (connection.sendQueue ?? 0) > 0 || (sentAgoMs !== undefined && sentAgoMs < stuckOwnCloseMs)
}

function unsentText({ connection: { sendQueue = 0 } }: Situation, { texts: { closeWait }, us, bytes }: Speaker): string | undefined {
  return sendQueue > 0 ? closeWait.sending({ us, bytes: bytes(sendQueue) }) : undefined
}

/** Linux counts the peer's FIN as one byte of the receive queue until the program has read up to it (rcv_nxt - copied_seq). */
function unreadText({ connection: { receiveQueue }, platform }: Situation, { texts: { closeWait }, us, bytes }: Speaker): string {
  if (receiveQueue === undefined) return closeWait.readsZero
  const unread = platform === 'linux' ? receiveQueue - 1 : receiveQueue
  if (unread > 0) return closeWait.unread({ bytes: bytes(unread) })
  if (platform !== 'linux') return closeWait.readsZero
  return unread === 0 ? closeWait.endUnread({ us }) : closeWait.endRead({ us })
}

export const explainTimeWait: Explain = (situation, speaker) => {
  const { timeWait, closer } = speaker.texts
  const { local, remote, connection, story } = situation
  const seen = new Set(story.path.map(({ state }) => state))
  return {
    verdict: 'normal',
    reason: timeWaitSpan(situation, speaker),
    entries: [
      ['means', timeWait.means({ local, remote })],
      ['closer', seen.has('CLOSING') ? closer.both : seen.has('FIN_WAIT_2') ? closer.us : closer.usOrBoth],
      ['next', timeWait.next({ left: timerLeft(situation, speaker) })],
      ['moves', timeWait.moves],
      ['otherwise', timeWait.otherwise({ remote, port: connection.local.port })],
    ],
  }
}

function timeWaitSpan(situation: Situation, { texts: { timeWait }, span }: Speaker): string {
  if (situation.platform === 'linux') return timeWait.linux
  if (situation.platform === 'win32') return timeWait.windows
  const lifetimeMs = settingOf(situation, 'segment-lifetime')
  return situation.platform === 'darwin' && lifetimeMs !== undefined ? timeWait.macos({ span: span(2 * lifetimeMs) }) : timeWait.elsewhere
}

/** DELETE_TCB lasts an instant; longer means that something holds it. */
const stuckDeleteMs = 60_000

export const explainDeleteTcb: Explain = (situation, { texts: { deleteTcb } }) => {
  const stuck = situation.ageMs >= stuckDeleteMs
  return {
    verdict: stuck ? 'stuck' : 'normal',
    reason: stuck ? deleteTcb.stuck : deleteTcb.normal,
    entries: [
      ['means', deleteTcb.means],
      ['next', deleteTcb.next],
      ['otherwise', stuck ? deleteTcb.otherwise : undefined],
    ],
  }
}
