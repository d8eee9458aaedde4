/** Sentences in a row, each with its own full stop; Chinese has no space between them. What is undefined is left out. */
export function sentences(parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined)
    .map((part) => (part.endsWith('。') ? part : `${part} `))
    .join('')
    .trimEnd()
}
