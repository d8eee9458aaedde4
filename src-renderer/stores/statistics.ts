/** Counters of the protocols and interfaces over the session, and the tables that change seldom. */
import { defineStore } from 'pinia'
import { computed, markRaw, shallowRef } from 'vue'
import type { InterfacesReport, KernelSettingsReport, RoutesReport, StatisticsReport } from '../../src-shared/contract/network.ts'
import type { Failure } from '../../src-shared/contract/result.ts'
import { protocolSample, trafficSample, type ProtocolSeries, type TrafficSeries } from '../view/statistics/protocol-series.ts'
import { SampleHistory } from '../view/statistics/sample-history.ts'
import { useHostAccess } from './host-access.ts'

/** Often enough for a chart; a look may be four times as frequent. */
export const sampleEveryMs = 2000
/** An hour of samples. */
const maximumSamples = 1800

export const useStatistics = defineStore('statistics', () => {
  const { link, clock } = useHostAccess()
  const protocols = markRaw(new SampleHistory<ProtocolSeries>(maximumSamples))
  const traffic = markRaw(new SampleHistory<TrafficSeries>(maximumSamples))
  const version = shallowRef(0)
  const counters = shallowRef<{ first: StatisticsReport; before?: StatisticsReport; last: StatisticsReport }>()
  const interfaces = shallowRef<{ before?: InterfacesReport; last: InterfacesReport }>()
  const routes = shallowRef<RoutesReport>()
  const kernelSettings = shallowRef<KernelSettingsReport>()
  const failure = shallowRef<Failure>()
  let sampledAt = Number.NEGATIVE_INFINITY
  let sampling = false

  const takeCounters = (last: StatisticsReport): void => {
    const known = counters.value
    if (known !== undefined) protocols.add(last.takenAt, protocolSample(known.last, last))
    counters.value = known === undefined ? { first: last, last } : { first: known.first, before: known.last, last }
  }
  const takeInterfaces = (last: InterfacesReport): void => {
    const before = interfaces.value?.last
    if (before !== undefined) traffic.add(last.takenAt, trafficSample(before, last))
    interfaces.value = before === undefined ? { last } : { before, last }
  }
  const sample = async (): Promise<void> => {
    if (sampling || clock.steadyNow() - sampledAt < sampleEveryMs) return
    sampling = true
    sampledAt = clock.steadyNow()
    try {
      const [told, links] = await Promise.all([link.api.call('getStatistics', undefined), link.api.call('getInterfaces', undefined)])
      if (told.ok) takeCounters(told.value)
      if (links.ok) takeInterfaces(links.value)
      failure.value = told.ok ? (links.ok ? undefined : links.error) : told.error
      version.value += 1
    } finally {
      sampling = false
    }
  }

  return {
    protocols,
    traffic,
    /** Says when to look at the histories again. */
    version: computed(() => version.value),
    counters: computed(() => counters.value),
    interfaces: computed(() => interfaces.value),
    routes: computed(() => routes.value),
    kernelSettings: computed(() => kernelSettings.value),
    failure: computed(() => failure.value),
    /** Samples with the engine's looks until the returned function is called. */
    start(): () => void {
      return link.api.on('looked', () => void sample())
    },
    async loadRoutes(): Promise<void> {
      const answer = await link.api.call('getRoutes', undefined)
      if (answer.ok) routes.value = answer.value
      else failure.value = answer.error
    },
    async loadKernelSettings(): Promise<void> {
      const answer = await link.api.call('getKernelSettings', undefined)
      if (answer.ok) kernelSettings.value = answer.value
      else failure.value = answer.error
    },
  }
})
