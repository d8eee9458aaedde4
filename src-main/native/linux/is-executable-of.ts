import { stat } from 'node:fs/promises'

/**
 * Whether the file at `path`, as seen from here, is the one that the process runs. A process in another mount namespace has paths of its
 * own: the same path may be another file here. `/proc/PID/exe` leads to the file itself, whatever it is called (proc_pid_exe(5)).
 */
export async function isExecutableOf(pid: number, path: string): Promise<boolean> {
  try {
    const [theirs, ours] = await Promise.all([stat(`/proc/${pid}/exe`, { bigint: true }), stat(path, { bigint: true })])
    return theirs.dev === ours.dev && theirs.ino === ours.ino
  } catch {
    // Not permitted, gone, or no such file here: nothing says that it is the same.
    return false
  }
}
