/**
 * What the state of one connection means for this very connection: who closed first, who must act next, how long it has been so and
 * whether that is normal, what moves it on and what happens if nobody does. Pure. Facts: RFC 9293 sections 3.3.2 and 3.6, Linux
 * Documentation/networking/ip-sysctl, measurement.
 */
import type { ConnectionStory } from '../contract/story.ts'
import type { TcpState } from '../model/tcp-state.ts'
import {
  explainCloseWait,
  explainClosing,
  explainDeleteTcb,
  explainFinWait1,
  explainFinWait2,
  explainLastAck,
  explainTimeWait,
} from './connection/closing-states.ts'
import type { Account, Entry, Explain } from './connection/compose.ts'
import { explanationParts, type ConnectionExplanation } from './connection/explanation.ts'
import { explainEstablished, explainUdp, listenerText } from './connection/open-states.ts'
import { explainBound, explainClosed, explainListen, explainSynReceived, explainSynSent } from './connection/opening-states.ts'
import { situationOf, type SettingValues, type Situation } from './connection/situation.ts'
import { speakerFor, type Speaker } from './connection/speaker.ts'
import { refutationsOf } from './refutations.ts'
import type { ExplainLanguage } from './state-text.ts'

export interface ExplainOptions {
  /** `process.platform` of the machine. */
  readonly platform: string
  /** Kernel settings in force, as far as known. */
  readonly settings: SettingValues
  readonly language: ExplainLanguage
  /** Unix milliseconds. */
  readonly now: number
}

const byState: Readonly<Record<TcpState, Explain>> = {
  LISTEN: explainListen,
  BOUND: explainBound,
  CLOSED: explainClosed,
  SYN_SENT: explainSynSent,
  SYN_RECEIVED: explainSynReceived,
  ESTABLISHED: explainEstablished,
  FIN_WAIT_1: explainFinWait1,
  FIN_WAIT_2: explainFinWait2,
  CLOSE_WAIT: explainCloseWait,
  LAST_ACK: explainLastAck,
  CLOSING: explainClosing,
  TIME_WAIT: explainTimeWait,
  DELETE_TCB: explainDeleteTcb,
}

/** Names of programs stand in the sentences as they are: whoever shows them makes them safe for its medium. */
export function explainConnection(story: ConnectionStory, { platform, settings, language, now }: ExplainOptions): ConnectionExplanation {
  const situation = situationOf(story, platform, settings, now)
  const speaker = speakerFor(situation, language)
  const { state } = situation
  const account = (state === undefined ? explainUdp : byState[state])(situation, speaker)
  const sentences = inOrder([...account.entries, ...commonEntries(situation, speaker, account)])
  const { verdict } = account
  if (state === undefined) return { verdict, sentences, refutations: [] }
  return { state, verdict, sentences, refutations: refutationsOf(state, language).map(({ id }) => id) }
}

/** The labels of the parts and the words of the verdicts. */
export { connectionTexts } from './connection/speaker.ts'

/** States of a connection that its process may have let go of while the kernel goes on. */
const orphanStates: ReadonlySet<TcpState> = new Set(['FIN_WAIT_1', 'FIN_WAIT_2', 'CLOSING', 'LAST_ACK'])

function commonEntries(situation: Situation, speaker: Speaker, { verdict, reason }: Account): Entry[] {
  const { texts, span, them } = speaker
  const { state, ageMs, ageIsLeast, holder, story, isOwnPeer } = situation
  if (state === undefined) return []
  const peerState = story.peer?.state
  return [
    ['time', texts.time({ age: span(ageMs), atLeast: ageIsLeast, verdict, reason })],
    ['means', holder.kind === 'nobody' && orphanStates.has(state) ? texts.orphan : undefined],
    ...roleEntries(situation, texts),
    [
      'note',
      peerState === undefined ? undefined : isOwnPeer ? texts.ownTwin({ state: peerState }) : texts.twin({ them, state: peerState }),
    ],
  ]
}

function roleEntries(situation: Situation, { role: words }: Speaker['texts']): Entry[] {
  const { role } = situation.story
  if (role === undefined) return []
  const seen = role.from === 'seen'
  const listener = listenerText(situation)
  if (role.side === 'client') return [['role', seen ? words.clientSeen : words.clientGuessed]]
  return [
    ['role', seen ? words.serverSeen : words.serverGuessed],
    ['role', listener === undefined ? undefined : words.through({ listener })],
  ]
}

function inOrder(entries: readonly Entry[]): ConnectionExplanation['sentences'] {
  return explanationParts.flatMap((part) =>
    entries.flatMap(([of, text]) => (of === part && text !== undefined && text !== '' ? [{ part, text: capitalised(text) }] : [])),
  )
}

/** Our own phrases may begin a sentence; names of programs stay as they are. */
function capitalised(text: string): string {
  return text.replaceAll(/(^|[.!?] )the (?=program|listening)/gu, '$1The ')
}
