export function findExecutable(names: readonly string[], env?: NodeJS.ProcessEnv): string | undefined
