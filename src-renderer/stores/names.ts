/**
 * Names of ports and addresses. Asks only for addresses that somebody reads about, in batches, a moment after they came up; what is
 * being looked up elsewhere is asked for again until it is known.
 */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { maximumAddressesPerCall, type AddressNames, type NameSources, type ServiceNameList } from '../../src-shared/contract/names.ts'
import type { Result } from '../../src-shared/contract/result.ts'
import { hasRemote } from '../../src-shared/model/connection.ts'
import type { KnownNames } from '../../src-shared/model/known-names.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { ServiceNames } from '../../src-shared/model/service-names.ts'
import type { Settings } from '../../src-shared/model/settings.ts'
import { useHostAccess } from './host-access.ts'
import { keepUnchanged } from './keep-unchanged.ts'

/** Long enough for a whole screen to be painted, too short to be noticed. */
const gatherMs = 120
/** A name takes a resolver between some milliseconds and its time-out. */
const askAgainMs = 700
/** The host gives a name up before that. */
const maximumTries = 12
/** A host that does not answer is left alone for a while. */
const pauseAfterFailureMs = 10_000
/** All rows are gone through only so often for names that a filter or an order needs. */
const wantAllEveryMs = 2000

/** Room among the known names is made only so often: it takes all rows, too, and may find none. */
const makeRoomEveryMs = 60_000

/** What became known, or was forgotten. */
export type Learned = 'services' | 'addresses'

type Choice = Pick<Settings, 'serviceNames' | 'countries' | 'reverseNames'>

export const useNames = defineStore('names', () => {
  const { link, clock } = useHostAccess()
  const sources = shallowRef<NameSources>()
  const services = shallowRef<ServiceNames>()
  let toldServices: ServiceNameList | undefined
  let known: KnownNames | undefined
  let learned: ((what: Learned) => void) | undefined
  let choice: Choice | undefined
  const tries = new Map<string, number>()
  let cancelAsking: (() => void) | undefined
  let cancelAgain: (() => void) | undefined
  let wantedAllAt = Number.NEGATIVE_INFINITY
  let madeRoomAt = Number.NEGATIVE_INFINITY

  const schedule = (delayMs = gatherMs): void => {
    cancelAsking ??= clock.startTimer(() => void askWanted(), delayMs)
  }
  const take = (names: readonly AddressNames[]): void => {
    const before = known?.version
    for (const { address, pending, ...about } of names) {
      const tried = (tries.get(address) ?? 0) + 1
      const isPending = pending === true && tried < maximumTries
      known?.learn(address, about, isPending)
      if (isPending) tries.set(address, tried)
      else tries.delete(address)
    }
    if (tries.size > 0) cancelAgain ??= clock.startTimer(() => void askPending(), askAgainMs)
    if (known?.version !== before) learned?.('addresses')
  }
  const ask = async (addresses: readonly string[]): Promise<boolean> => {
    if (addresses.length === 0) return true
    const answer = await link.api.call('getNames', { addresses: [...addresses] })
    if (answer.ok) take(answer.value.names)
    return answer.ok
  }
  async function askWanted(): Promise<void> {
    const answered = await ask(known?.takeWanted(maximumAddressesPerCall) ?? [])
    cancelAsking = undefined
    if (!answered) schedule(pauseAfterFailureMs)
    else if (known?.hasWanted === true) schedule()
  }
  async function askPending(): Promise<void> {
    cancelAgain = undefined
    const answered = await ask([...tries.keys()].slice(0, maximumAddressesPerCall))
    if (answered) return
    tries.clear()
    known?.giveUpHosts()
  }
  const applyServices = (): void => {
    if (known !== undefined) known.services = choice?.serviceNames === false ? undefined : services.value
    learned?.('services')
  }
  const loadServices = async (): Promise<void> => {
    const answer = await link.api.call('getServiceNames', undefined)
    if (!answer.ok) return
    const told = keepUnchanged<ServiceNameList | undefined>(toldServices, answer.value) ?? answer.value
    // After a lost connection they come again; rules and filters that use them are not to begin anew for that.
    if (told === toldServices) return
    toldServices = told
    services.value = new ServiceNames(told)
    applyServices()
  }
  const forget = (): void => {
    tries.clear()
    known?.forget()
    learned?.('addresses')
  }
  /** False when more are on their way through the table than can be known. */
  const hasRoom = (names: KnownNames, mirror: RowMirror, now: number): boolean => {
    if (names.isFull && now - madeRoomAt >= makeRoomEveryMs) {
      madeRoomAt = now
      names.keepRemotesOf(mirror.columns, withRemote(mirror))
    }
    return !names.isFull
  }

  return {
    /** Where names come from, as far as asked. */
    sources: computed(() => sources.value),
    /** Undefined until they are here. */
    services: computed(() => services.value),
    /** `onLearned` is told whenever `names` knows something new. */
    start(names: KnownNames, onLearned: (what: Learned) => void): () => void {
      known = names
      learned = onLearned
      names.onWanted = () => schedule()
      const stop = link.onState(({ state }) => state === 'open' && void loadServices())
      return () => {
        stop()
        cancelAsking?.()
        cancelAgain?.()
        names.onWanted = undefined
      }
    },
    /** What was known under other settings is forgotten, so that nothing stays on screen that was switched off. */
    follow(next: Choice): void {
      const before = choice
      choice = next
      if (before?.serviceNames !== next.serviceNames) applyServices()
      if (before !== undefined && (before.countries !== next.countries || before.reverseNames !== next.reverseNames)) forget()
    },
    /** Wants the names of all rows, a bounded number at a time: a filter or an order needs them. */
    wantAll(mirror: RowMirror): void {
      const now = clock.steadyNow()
      if (now - wantedAllAt < wantAllEveryMs) return
      wantedAllAt = now
      if (!hasRoom(mirror.names, mirror, now)) return
      for (const slot of withRemote(mirror)) mirror.names.readRemote(mirror.columns, slot)
    },
    async loadSources(): Promise<void> {
      const answer = await link.api.call('getNameSources', undefined)
      if (answer.ok) sources.value = answer.value
    },
    /** Has the resolver asked for one name, whatever the settings say. */
    async lookUp(address: string): Promise<Result<AddressNames>> {
      const answer = await link.api.call('lookUpName', { address })
      if (answer.ok) take([answer.value])
      return answer
    },
  }
})

function* withRemote(mirror: RowMirror): Generator<number> {
  for (const slot of mirror.liveSlots()) if (hasRemote(mirror, slot)) yield slot
}
