import type { Api } from '../../src-shared/contract/api.ts'
import {
  compileQuery,
  namesUsed,
  parseQuery,
  queryErrorText,
  queryText,
  type Query,
  type RowPredicate,
} from '../../src-shared/query/index.ts'
import type { CommandContext } from './command.ts'
import type { ExitCode } from './exit-code.ts'
import { queryErrorLinesZhCn } from './messages/query-error-zh-cn.ts'

export interface Filter {
  /** As typed, behind the search of a view. */
  readonly text: string
  /** The keys that need names of addresses. */
  readonly nameKeys: ReturnType<typeof namesUsed>
  /** The test over rows, good for as long as the command runs. Asks the engine who "mine" is. */
  compile(api: Api): Promise<RowPredicate>
}

/**
 * The filter of the words after the command, for rows that pass `within` as well, or the exit code after showing what is wrong and where. Without `names` its keys about
 * names are refused: a command that acts must not take rows for others because nothing is known about them.
 */
export function readFilter(
  { misuse, language, environment, messages }: CommandContext,
  text: string,
  { names = false, within = { kind: 'everything' } }: { readonly names?: boolean; readonly within?: Query } = {},
): { readonly ok: true; readonly value: Filter } | { readonly ok: false; readonly exit: ExitCode } {
  const outcome = parseQuery(text)
  if (!outcome.ok) {
    const lines = language === 'zh-CN' ? queryErrorLinesZhCn(outcome.error, text) : queryErrorText(outcome.error, text).split('\n')
    return { ok: false, exit: misuse(...lines) }
  }
  const terms = [within, outcome.query].filter(({ kind }) => kind !== 'everything')
  const query: Query = terms.length > 1 ? { kind: 'and', terms } : (terms[0] ?? outcome.query)
  const nameKeys = namesUsed(query)
  const [nameKey] = nameKeys
  if (nameKey !== undefined && !names) return { ok: false, exit: misuse(messages.usage.namesOnlyInList(nameKey)) }
  const compile: Filter['compile'] = async (api) => {
    const host = await api.call('getHost', undefined)
    const userName = host.ok ? host.value.userName : undefined
    return compileQuery(query, { now: () => environment.now(), ...(userName !== undefined && { mine: { userName } }) })
  }
  return { ok: true, value: { text: [queryText(within), text].filter((part) => part !== '').join(' '), nameKeys, compile } }
}
