import type { Rule } from '../rule.ts'
import { acceptQueueFull } from './accept-queue-full.ts'
import { closeWaitLeak } from './close-wait-leak.ts'
import { connectionChurn } from './connection-churn.ts'
import { exposedListener } from './exposed-listener.ts'
import { fdPressure } from './fd-pressure.ts'
import { finWait2Stuck } from './fin-wait-2-stuck.ts'
import { halfOpen } from './half-open.ts'
import { idleWithoutKeepalive } from './idle-without-keepalive.ts'
import { finWait1Pile, lastAckPile } from './piles.ts'
import { portConflict } from './port-conflict.ts'
import { portExhaustion } from './port-exhaustion.ts'
import { readerStalled } from './reader-stalled.ts'
import { retransmissionStorm } from './retransmission-storm.ts'
import { senderStalled } from './sender-stalled.ts'
import { synReceivedFlood } from './syn-received-flood.ts'
import { synSentFanout } from './syn-sent-fanout.ts'
import { synSentStalled } from './syn-sent-stalled.ts'

/** In the order of ruleIds. A rule's memory is its own: the list does not know its type. */
export const rules = [
  closeWaitLeak,
  synSentStalled,
  synSentFanout,
  synReceivedFlood,
  acceptQueueFull,
  portExhaustion,
  finWait2Stuck,
  finWait1Pile,
  lastAckPile,
  halfOpen,
  idleWithoutKeepalive,
  readerStalled,
  senderStalled,
  connectionChurn,
  fdPressure,
  exposedListener,
  portConflict,
  retransmissionStorm,
] as readonly Rule[]
