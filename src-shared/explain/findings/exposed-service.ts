/** What is known of the service that a finding names. */
import type { Finding } from '../../contract/diagnosis.ts'
import { sensitiveServices, type SensitiveService, type ServiceRisk } from '../../model/sensitive-services.ts'

export interface ExposedService {
  readonly risk: ServiceRisk
  /** What the port is used with; programs are known by TCP only. */
  readonly transports: readonly ('tcp' | 'udp')[]
}

export function exposedService({ facts, local }: Finding): ExposedService | undefined {
  const name = facts.find(({ id }) => id === 'service')?.value
  const port = local?.port ?? 0
  const namesakes = sensitiveServices.filter((service) => service.name === name)
  const service = namesakes.find((each) => transportsOf(each, port).length > 0) ?? namesakes[0]
  if (service === undefined) return undefined
  const transports = namesakes.flatMap((each) => transportsOf(each, port))
  return { risk: service.risk, transports: transports.length === 0 ? ['tcp'] : transports }
}

function transportsOf(service: SensitiveService, port: number): readonly ('tcp' | 'udp')[] {
  return (['tcp', 'udp'] as const).filter((transport) => service[transport]?.includes(port))
}
