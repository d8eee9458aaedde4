import { homedir } from 'node:os'

/** A uid without an entry in the user database and without HOME (usual in containers) has none: then nothing can be stored there. */
export function homeFolder(): string {
  try {
    return homedir()
  } catch {
    // Not a shared folder such as /tmp: others could put settings there. `/` is not writable, which becomes a problem to show.
    return '/'
  }
}
