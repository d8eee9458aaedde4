/** The change to a search that is wrong which was probably meant. */
import { parseQuery } from '../../../src-shared/query/index.ts'
import type { QueryError, QueryErrorCode } from '../../../src-shared/query/query-error.ts'

export interface QueryFix {
  readonly text: string
  /** The word that was probably meant, where the change is a word for a word. */
  readonly nearest?: string
}

/** Undefined when no change is likely enough to be offered. What is offered is at least not wrong at the same place any more. */
export function queryFix(text: string, error: QueryError): QueryFix | undefined {
  const fix = changed(text, error)
  if (fix === undefined || fix.text === text) return undefined
  const outcome = parseQuery(fix.text)
  return outcome.ok || outcome.error.position > error.position ? fix : undefined
}

function changed(text: string, { code, position, length, parameters }: QueryError): QueryFix | undefined {
  const { nearest } = parameters
  const replaced = (by: string): string => (text.slice(0, position) + by + text.slice(position + length)).trim()
  if (nearest !== undefined) return { text: replaced(String(nearest).toLowerCase()), nearest: String(nearest) }
  const missing = missingAtEnd[code]
  if (missing !== undefined) return { text: text.trimEnd() + missing }
  if (superfluous.has(code)) return { text: replaced('') }
  if (code === 'bad-range') return { text: replaced(`${String(parameters['to'])}-${String(parameters['from'])}`) }
  const isPort = code === 'bad-address' && /^\d{1,5}$/.test(String(parameters['value']))
  return isPort ? portInstead(text, position) : undefined
}

const missingAtEnd: Readonly<Partial<Record<QueryErrorCode, string>>> = {
  'unclosed-group': ')',
  'unclosed-quote': '"',
  'unclosed-regex': '/',
}
const superfluous: ReadonlySet<QueryErrorCode> = new Set([
  'unexpected-close',
  'empty-group',
  'unexpected-or',
  'unexpected-and',
  'missing-term',
])

/** `remote:443` was meant to be `rport:443`. */
function portInstead(text: string, position: number): QueryFix | undefined {
  const before = text.slice(0, position)
  const key = /(local|remote)[:=]$/i.exec(before)?.[1]?.toLowerCase()
  if (key === undefined) return undefined
  return { text: `${before.slice(0, -key.length - 1)}${key === 'local' ? 'lport' : 'rport'}:${text.slice(position)}` }
}
