/** Through which descriptors a process holds its sockets: listed once for the many connections that one order may close. */
import { EACCES, ENOENT } from '../../native/linux/errno-names.ts'
import {
  closeDescriptorDirectory,
  listDescriptors,
  openDescriptorDirectory,
  readSocketInode,
} from '../../native/linux/process-descriptors.ts'

type Listed = ReadonlyMap<number, readonly number[]> | number

export class DescriptorsByInode {
  readonly #listed = new Map<number, Listed>()

  /**
   * Descriptors of the process for the socket, or the errno why they are not known. Lists are as old as the order they were made for:
   * they are forgotten before anything else can happen, and whoever uses a descriptor compares the socket's cookie.
   */
  of(pid: number, inode: number): readonly number[] | number {
    const listed = this.#listed.get(pid) ?? this.#list(pid)
    return typeof listed === 'number' ? listed : (listed.get(inode) ?? [])
  }

  #list(pid: number): Listed {
    if (this.#listed.size === 0) setImmediate(() => this.#listed.clear())
    const listed = listSockets(pid)
    this.#listed.set(pid, listed)
    return listed
  }
}

function listSockets(pid: number): Listed {
  const directory = openDescriptorDirectory(pid)
  if ('errno' in directory) return directory.errno === EACCES ? EACCES : ENOENT
  const sockets = new Map<number, number[]>()
  for (const descriptor of listDescriptors(pid) ?? []) {
    const inode = readSocketInode(directory.handle, descriptor)
    if (inode <= 0) continue
    const known = sockets.get(inode)
    if (known === undefined) sockets.set(inode, [descriptor])
    else known.push(descriptor)
  }
  closeDescriptorDirectory(directory.handle)
  return sockets
}
