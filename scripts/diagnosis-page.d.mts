/** The page with its generated part written anew. Throws when the marks of that part are missing. */
export function withDiagnosisRules(document: string): string
