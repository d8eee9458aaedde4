/** Names of a finding's parties, as text that cannot do harm: a process may call itself anything. */
import type { Finding, FindingProcess } from '../../contract/diagnosis.ts'
import { withoutUndefined, type Endpoint } from '../../model/connection.ts'
import { cutToCells } from '../../text/cell-width.ts'
import { visibleText } from '../../text/visible-text.ts'
import type { FindingSubject } from './rule-text.ts'

/** Linux cuts names at 15 bytes; others may have longer ones, and a title must stay readable. */
const longestName = 60
/** Paths are of use only whole; this is longer than any that is not made to annoy. */
const longestValue = 1000

export function findingSubject({ process, otherProcesses, local, remote, facts, figures, rows }: Finding): FindingSubject {
  const other = otherProcesses?.[0]
  const unseen = process === undefined ? facts.find(({ id }) => id === 'unseen-owner')?.value : undefined
  const service = facts.find(({ id }) => id === 'service')?.value
  return withoutUndefined<FindingSubject>({
    process: process === undefined ? undefined : processText(process),
    unseenUser: unseen === undefined ? undefined : unseen === 'unknown' ? '' : safeText(unseen, longestName),
    otherProcess: other === undefined ? undefined : processText(other),
    local: local === undefined ? undefined : endpointText(local),
    remote: remote === undefined ? undefined : endpointText(remote),
    service: service === undefined ? undefined : safeText(service, longestName),
    // A finding that is over has no rows any more; its figures tell how many it had.
    rows: rows > 0 ? rows : (figures.find(({ id }) => id === 'rows')?.value ?? 0),
  })
}

/** `nginx[812]`, as in the lists of the command line. */
export function processText({ name, pid }: FindingProcess): string {
  return `${safeText(name ?? '', longestName)}[${pid}]`
}

/** Brackets around IPv6 (RFC 3986), `*` for any address. Without the port where it is 0: every port. */
export function endpointText({ address, port }: Endpoint): string {
  const text = safeText(address === '0.0.0.0' || address === '::' ? '*' : address, longestName)
  const bracketed = text.includes(':') ? `[${text}]` : text
  return port === 0 ? bracketed : `${bracketed}:${port}`
}

export function safeText(text: string, longest = longestValue): string {
  return cutToCells(visibleText(text.slice(0, longest * 2)), longest)
}
