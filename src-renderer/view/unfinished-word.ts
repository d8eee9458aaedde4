import { queryKeys } from '../../src-shared/query/index.ts'

const operators: readonly string[] = ['OR', 'AND', 'NOT']

/**
 * True when a search ends in a bare word from which a key (`sta` of `state:`) or an operator (`O` of `OR`) may still grow. As a word it
 * would match next to nothing and so empty the table for as long as the key is being typed.
 */
export function endsInUnfinishedWord(text: string): boolean {
  const word = /(?:^|[\s(])[-!]?([a-z]+)$/iu.exec(text)?.[1]
  if (word === undefined || isQuoted(text)) return false
  const lower = word.toLowerCase()
  return queryKeys.some(({ name }) => name.startsWith(lower)) || operators.some((operator) => operator.startsWith(word))
}

/** The end stands within quotation marks that are still open. */
function isQuoted(text: string): boolean {
  return text.split('"').length % 2 === 0
}
