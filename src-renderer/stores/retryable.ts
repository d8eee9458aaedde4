import type { ActionOutcome } from '../../src-shared/contract/actions.ts'

/** Refused, and the same call asks the system for more rights once more (Windows, macOS); elsewhere the host has to be started anew. */
export function mayAskForRights({ status, remedy, reason }: ActionOutcome, platform: string): boolean {
  if (status !== 'not-permitted' || (platform !== 'win32' && platform !== 'darwin')) return false
  return remedy === 'run-as-administrator' || remedy === 'run-as-root' || reason === 'elevation-refused' || reason === 'elevation-failed'
}

/** Still there after it was asked politely, or after KILL was too slow to be seen working. */
export function mayBeKilled({ status, remedy }: ActionOutcome): boolean {
  return status === 'still-there' || remedy === 'use-kill'
}

/** Refused for want of rights that only another start of the host brings. */
export function needsOtherStart({ status, remedy }: ActionOutcome, platform: string): boolean {
  return status === 'not-permitted' && platform === 'linux' && (remedy === 'run-as-root' || remedy === 'allow-ptrace')
}
