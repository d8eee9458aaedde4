import type { CliEnvironment } from '../environment.ts'

/**
 * Whether lines and arrows will arrive as such: the locale says UTF-8 (POSIX order of its variables), or it is the Windows Terminal,
 * which needs no locale to say so.
 */
export function canDraw({ LC_ALL, LC_CTYPE, LANG, WT_SESSION }: CliEnvironment['variables']): boolean {
  return /utf-?8/iu.test(LC_ALL || LC_CTYPE || LANG || '') || (WT_SESSION ?? '') !== ''
}
