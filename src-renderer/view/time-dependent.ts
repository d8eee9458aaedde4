import type { Query } from '../../src-shared/query/index.ts'

/** True when rows may begin or cease to match without changing themselves: by growing older, or by losing their colour. */
export function isTimeDependent(query: Query): boolean {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.terms.some(isTimeDependent)
    case 'not':
      return isTimeDependent(query.term)
    case 'number':
      return query.key === 'age' || query.key === 'lastrx' || query.key === 'lasttx'
    case 'set':
      return query.values.some((name) => name === 'new' || name === 'changed' || name === 'closed')
    case 'everything':
    case 'word':
    case 'text':
    case 'address':
    case 'state':
    case 'protocol':
      return false
  }
}
