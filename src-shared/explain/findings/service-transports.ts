import type { Finding } from '../../contract/diagnosis.ts'
import { sensitiveServices } from '../../model/sensitive-services.ts'

export const transports = ['tcp', 'udp'] as const
export type Transport = (typeof transports)[number]

/** What the finding's local port is used with, going by the service it names: both where that is not known. */
export function serviceTransports({ facts, local }: Finding): readonly Transport[] {
  const name = facts.find(({ id }) => id === 'service')?.value
  const namesakes = sensitiveServices.filter((service) => service.name === name)
  if (namesakes.length === 0) return transports
  const used = transports.filter((transport) => namesakes.some((service) => service[transport]?.includes(local?.port ?? 0)))
  return used.length === 0 ? ['tcp'] : used // not known by its port but by its program, which counts for TCP only
}
