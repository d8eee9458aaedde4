export function builtModules(folder: string, entries: readonly string[]): string[]
