/** Names the system has for interface indexes. Those of users are in user-names.ts. */
import { libc } from './libc.ts'

const interfaceNameBytes = 16

export function interfaceNameOf(index: number): string | undefined {
  const bytes = Buffer.alloc(interfaceNameBytes)
  if (libc().if_indextoname(index, bytes) === null) return undefined
  const name = bytes.toString('latin1')
  return name.slice(0, name.indexOf('\0'))
}
