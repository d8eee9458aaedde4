/** The document with its generated part made anew; throws when the marks around that part are missing. */
export function withCapabilityTables(document: string): string
