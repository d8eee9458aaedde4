import type { EndProcessPreview } from '../../src-shared/contract/actions.ts'
import { endpointText } from '../../src-shared/model/address.ts'
import type { Messages } from './messages/messages-en.ts'
import { visibleText } from '../../src-shared/text/visible-text.ts'

/** A person reads a few of each; the rest is counted. */
const shownListeners = 8
const shownChildren = 8

export function processLabel({ pid, name }: { readonly pid: number; readonly name?: string }): string {
  return visibleText(name === undefined ? String(pid) : `${name}[${pid}]`)
}

/** What ending this process means. Children that are on the list themselves are not left behind. */
export function previewLines(preview: EndProcessPreview, all: readonly EndProcessPreview[], messages: Messages): string[] {
  const { user, executable, connections, listeners, children, protection } = preview
  const facts = [user, executable].filter((fact) => fact !== undefined).map((fact) => visibleText(fact))
  const lines = [`  ${[processLabel(preview), ...facts, messages.kill.connections(connections)].join('  ')}`]
  if (listeners.length > 0) {
    const texts = listeners.map(({ protocol, address, port }) => visibleText(`${protocol} ${endpointText(address, port)}`))
    lines.push(`    ${messages.kill.listens(shortened(texts, preview.moreListeners, shownListeners, messages))}`)
  }
  const orphans = children.filter(({ pid }) => !all.some((other) => other.pid === pid))
  if (orphans.length > 0)
    lines.push(`    ${messages.kill.childrenStay(shortened(orphans.map(processLabel), preview.moreChildren, shownChildren, messages))}`)
  if (protection !== undefined) lines.push(`    ${messages.kill.protected[protection]}`)
  return lines
}

/** `unlisted`: how many there are beside the texts. */
function shortened(texts: readonly string[], unlisted: number | undefined, most: number, messages: Messages): string {
  const rest = texts.length + (unlisted ?? 0) - Math.min(texts.length, most)
  return [...texts.slice(0, most), ...(rest > 0 ? [messages.kill.more(rest)] : [])].join(', ')
}
