/** OR, AND and NOT as words of their own. */
export type OperatorWord = 'OR' | 'AND' | 'NOT'

const spellings: readonly (readonly [string, OperatorWord])[] = [
  ['OR', 'OR'],
  ['||', 'OR'],
  ['AND', 'AND'],
  ['&&', 'AND'],
  ['NOT', 'NOT'],
]

/** The operator that stands at a place of the text; undefined for none. It ends before white space, a parenthesis or the end. */
export function operatorAt(text: string, at: number): { readonly word: OperatorWord; readonly length: number } | undefined {
  for (const [spelling, word] of spellings) {
    if (!text.startsWith(spelling, at)) continue
    const after = text.charAt(at + spelling.length)
    if (after === '' || /[\s()]/.test(after)) return { word, length: spelling.length }
  }
  return undefined
}
