import type { Rule } from '../rule.ts'
import { closeWaitLeak } from './close-wait-leak.ts'

export const rules: readonly Rule[] = [closeWaitLeak] as readonly Rule[]
