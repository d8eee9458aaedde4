/** What tcpdump says on standard error, in the C locale. Its words are for people, so only what has been stable for long is read. */
import type { TraceProblem } from '../../src-shared/contract/trace.ts'

/** It has opened the interface and takes packets from now on. */
export function isListening(words: string): boolean {
  return /\blistening on\b/i.test(words)
}

export function isRefusal(words: string): boolean {
  return /permission|not permitted|denied|\bEPERM\b|\bEACCES\b/i.test(words)
}

/** A build that drops root's rights to a user which this machine does not have. */
export function lacksItsUser(words: string): boolean {
  return /couldn'?t find user/i.test(words)
}

/** Packets lost because nobody took them in time, as told at the end. */
export function droppedCount(words: string): number | undefined {
  const told = [...words.matchAll(/^(\d{1,15}) packets? dropped by (?:kernel|interface)/gm)]
  return told.length === 0 ? undefined : told.reduce((sum, [, count]) => sum + Number(count), 0)
}

export function problemOfWords(words: string): TraceProblem {
  return isRefusal(words) ? 'not-permitted' : 'tool-failed'
}

/** One line for a person: without the tool's name, its notes about listening and its counts. */
export function reasonOf(words: string): string | undefined {
  const lines = words
    .split('\n')
    .map((line) => line.replace(/^tcpdump: /, '').trim())
    .filter((line) => line !== '' && !/^listening on|^\d+ packets?\b|^verbose output/i.test(line))
  const text = lines.join(' ').slice(0, longestReason)
  return text === '' ? undefined : text
}

const longestReason = 300
