import type { InterfacesReport, KernelSettingsReport, RoutesReport, StatisticsReport } from '../../src-shared/contract/network.ts'

/** What a platform tells about its network beside sockets. Every call looks anew, never throws and says what it could not read. */
export interface NetworkReader {
  statistics(): Told<StatisticsReport>
  interfaces(): Told<InterfacesReport>
  routes(): Told<RoutesReport>
  kernelSettings(): Told<KernelSettingsReport>
}

/** A report before it is stamped with its time. */
export type Told<Report> = Omit<Report, 'takenAt'>

/** A screen and a person take no more; a router with the whole Internet's table has a million. */
export const maximumRoutes = 10_000
/** A host of thousands of containers has so many; more is a broken answer. */
export const maximumInterfaces = 10_000
