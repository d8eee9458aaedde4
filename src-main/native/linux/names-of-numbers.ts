/** Names the system has for user ids and interface indexes. */
import { readFileSync } from 'node:fs'
import { libc } from './libc.ts'

const interfaceNameBytes = 16

/**
 * The user's name from /etc/passwd, else from the system's directory (getpwuid(3), which may ask a network service and is therefore
 * the second choice). Undefined when neither knows the id.
 */
export function userNameOf(uid: number): string | undefined {
  return localUsers().get(uid) ?? libc().getpwuidName(uid)
}

export function interfaceNameOf(index: number): string | undefined {
  const bytes = Buffer.alloc(interfaceNameBytes)
  if (libc().if_indextoname(index, bytes) === null) return undefined
  const name = bytes.toString('latin1')
  return name.slice(0, name.indexOf('\0'))
}

/** 0 when there is no such interface. */
export function interfaceIndexOf(name: string): number {
  return libc().if_nametoindex(name)
}

function localUsers(): ReadonlyMap<number, string> {
  const users = new Map<number, string>()
  try {
    for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
      const [name, , uid] = line.split(':')
      if (name !== undefined && uid !== undefined && !users.has(Number(uid))) users.set(Number(uid), name)
    }
  } catch {
    // No local user file (minimal containers): the directory is asked instead.
  }
  return users
}
