/** Every scenario of the lab, in the order in which a list shows them. */
import type { LabScenario } from '../scenario.ts'
import { troubles } from './troubles.ts'
import { healthyServer } from './healthy-server.ts'
import { scenarioOf } from './trouble.ts'

export const scenarios: readonly LabScenario[] = [...troubles.map(scenarioOf), healthyServer]
