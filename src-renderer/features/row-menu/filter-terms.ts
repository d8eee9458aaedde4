/** Search terms that single out what a row shows. */
import type { Endpoint, Owner } from '../../../src-shared/model/connection.ts'
import { queryText } from '../../../src-shared/query/query-text.ts'
import type { Query } from '../../../src-shared/query/query.ts'

export interface FilterTerm {
  readonly key: 'menu.filterProcess' | 'menu.filterRemote' | 'menu.filterPort'
  readonly parameters: Readonly<Record<string, string>>
  /** In the query language, quoted where the text needs it. */
  readonly query: string
}

export interface FilterSubject {
  readonly owner: Owner | undefined
  readonly remote: Endpoint | undefined
  readonly port: number
}

export function filterTerms({ owner, remote, port }: FilterSubject): FilterTerm[] {
  const terms: FilterTerm[] = []
  if (owner !== undefined)
    terms.push({ key: 'menu.filterProcess', parameters: { name: owner.name ?? String(owner.pid) }, query: queryText(ownerQuery(owner)) })
  if (remote !== undefined) {
    const { address } = remote
    const bits = address.includes(':') ? 128 : 32
    const query = queryText({ kind: 'address', key: 'remote', values: [{ kind: 'network', address, bits }] })
    terms.push({ key: 'menu.filterRemote', parameters: { address }, query })
  }
  terms.push({ key: 'menu.filterPort', parameters: { port: String(port) }, query: `port:${port}` })
  return terms
}

function ownerQuery({ name, pid }: Owner): Query {
  if (name === undefined) return { kind: 'number', key: 'pid', values: [{ op: '=', value: { amount: pid, unit: '' } }] }
  return { kind: 'text', key: 'process', values: [{ kind: 'plain', text: name }] }
}
