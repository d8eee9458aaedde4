import type { Rule } from '../rule.ts'
import { acceptQueueFull } from './accept-queue-full.ts'
import { closeWaitLeak } from './close-wait-leak.ts'
import { finWait2Stuck } from './fin-wait-2-stuck.ts'
import { finWait1Pile, lastAckPile } from './piles.ts'
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
  finWait2Stuck,
  finWait1Pile,
  lastAckPile,
] as readonly Rule[]
