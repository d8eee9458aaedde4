/** Raised when a stored field changes its name or meaning; a new field with a default needs no new version. */
export const settingsVersion = 1

type Stored = Readonly<Record<string, unknown>>
/** Step n turns the fields of version n into those of version n + 1. */
const steps: Readonly<Record<number, (stored: Stored) => Stored>> = {}

/** The stored fields as the current version names them. `stepsByVersion` and `target` are parameters for the tests. */
export function migrateSettings(version: number, stored: Stored, stepsByVersion = steps, target = settingsVersion): Stored {
  let current = stored
  for (let at = version; at < target; at += 1) current = stepsByVersion[at]?.(current) ?? current
  return current
}
