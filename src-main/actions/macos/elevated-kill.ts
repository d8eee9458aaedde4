/**
 * Ends one process as administrator: macOS asks for a password, once, for this one deed. The script gets numbers only, and compares
 * the process' start once more in the line that kills, for minutes may pass before the password is typed.
 */
import type { RunScript, ScriptAnswer } from '../../native/macos/run-osascript.ts'

export interface ElevatedKillOrder {
  readonly pid: number
  readonly startSeconds: number
  readonly signal: number
  /** After so many seconds, KILL; 0: never. */
  readonly graceSeconds: number
}

export type ElevatedKillAnswer =
  | { readonly status: 'signalled'; readonly last: 'first' | 'KILL' }
  | { readonly status: 'refused' }
  | { readonly status: 'replaced' }
  | { readonly status: 'failed'; readonly reason: string }

/** AppleScript's userCanceledErr. */
const cancelled = -128
/** EX_TEMPFAIL of sysexits.h: what the script answers when the start is another one. */
const otherStart = 75

export interface ElevatedTools {
  readonly ps: string
  readonly date: string
  readonly kill: string
}

/** For sh, with the parameters signal, pid, start in Unix seconds, grace in seconds. Prints KILL when that was needed. */
export function elevatedKillScript({ ps, date, kill }: ElevatedTools): string {
  const start = `$(LC_ALL=C TZ=UTC0 ${date} -j -u -f "%a %b %d %T %Y" "$(echo $(LC_ALL=C TZ=UTC0 ${ps} -o lstart= -p "$2"))" +%s 2>/dev/null)`
  const same = `[ "${start}" = "$3" ]`
  return [
    `${same} || exit ${otherStart}`,
    `${kill} -"$1" "$2" || exit 1`,
    'left=$4',
    `while [ "$left" -gt 0 ]; do sleep 1; ${same} || exit 0; left=$((left - 1)); done`,
    `if [ "$4" -gt 0 ] && ${same}; then ${kill} -9 "$2" && echo KILL; fi`,
    'exit 0',
  ].join('; ')
}

const shell = elevatedKillScript({ ps: '/bin/ps', date: '/bin/date', kill: '/bin/kill' })
/** The arguments are the prompt and the four numbers. */
const appleScript = [
  'on run argv',
  `set shellWords to " " & quoted form of item 2 of argv & " " & quoted form of item 3 of argv`,
  `set shellWords to shellWords & " " & quoted form of item 4 of argv & " " & quoted form of item 5 of argv`,
  `do shell script "/bin/sh -c " & quoted form of ${appleText(shell)} & " sh" & shellWords with prompt (item 1 of argv) with administrator privileges`,
  'end run',
] as const

export async function killElevated(run: RunScript, prompt: string, order: ElevatedKillOrder): Promise<ElevatedKillAnswer> {
  const numbers = [order.signal, order.pid, order.startSeconds, order.graceSeconds]
  if (!numbers.every((value) => Number.isSafeInteger(value) && value >= 0)) return { status: 'failed', reason: 'no whole number' }
  return readAnswer(await run(appleScript, [prompt, ...numbers.map(String)]))
}

function readAnswer({ status, output, errors }: ScriptAnswer): ElevatedKillAnswer {
  if (status === 0) return { status: 'signalled', last: output.trim() === 'KILL' ? 'KILL' : 'first' }
  // "execution error: User canceled. (-128)": the number is the same in every language.
  const code = Number(/\((-?\d{1,6})\)\s*$/.exec(errors)?.[1] ?? Number.NaN)
  if (code === cancelled) return { status: 'refused' }
  return code === otherStart ? { status: 'replaced' } : { status: 'failed', reason: errors.trim().slice(-200) || 'osascript' }
}

/** A text constant of AppleScript. */
function appleText(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
