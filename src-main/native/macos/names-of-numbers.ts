/** Names behind the numbers of users and interfaces. */
import type { MacApi } from './lib-system.ts'

const IF_NAMESIZE = 16

export function userNameOf(api: MacApi, uid: number): string | undefined {
  return api.getpwuidName(uid)
}

export function interfaceNameOf(api: MacApi, index: number): string | undefined {
  const name = Buffer.alloc(IF_NAMESIZE)
  if (api.if_indextoname(index, name) === null) return undefined
  const end = name.indexOf(0)
  return name.toString('utf8', 0, end < 0 ? IF_NAMESIZE : end)
}
