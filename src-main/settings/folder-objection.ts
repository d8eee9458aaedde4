/** Whether a folder can be trusted with a file of ours: whoever else may write there could put a link in the file's place. */
import { statSync, type Stats } from 'node:fs'

export interface FolderOwner {
  /** Absent where the system has no user numbers (Windows); nothing is asked of the folder then. */
  readonly user: number | undefined
  readonly group: number | undefined
}

const groupMayWrite = 0o020
const othersMayWrite = 0o002

/** Why files of ours should not be kept in this folder; undefined when they may. Throws what stat(2) says of a folder that is not there. */
export function folderObjection(folder: string, owner: FolderOwner = currentOwner()): string | undefined {
  return objectionTo(statSync(folder), owner)
}

export function objectionTo({ uid, gid, mode }: Pick<Stats, 'uid' | 'gid' | 'mode'>, { user, group }: FolderOwner): string | undefined {
  if (user === undefined) return undefined
  if (uid !== user && uid !== 0) return 'the folder belongs to another user'
  // Many systems give each user a group of its own and let it write; only somebody else's group is refused.
  const foreignGroup = (mode & groupMayWrite) !== 0 && gid !== group && gid !== 0
  return (mode & othersMayWrite) !== 0 || foreignGroup ? 'other users may write to the folder' : undefined
}

function currentOwner(): FolderOwner {
  return { user: process.geteuid?.(), group: process.getegid?.() }
}
