/** What the panel knows, as lines of text to paste. Command lines are not among it: they may hold passwords. */
import type { Connection } from '../../../src-shared/model/connection.ts'
import { visibleText } from '../../../src-shared/text/visible-text.ts'
import { subjectText } from './detail-facts.ts'
import { useDetailSections } from './use-detail-sections.ts'

export function useDetailsText(): (connection: Connection) => string {
  const sectionsOf = useDetailSections()
  return (connection) => {
    const { sections, ownersTitle, owners } = sectionsOf(connection)
    const groups = [...sections, ...owners.map(({ facts }) => ({ title: ownersTitle, facts }))]
    const text = groups.map(({ title, facts }) => [title, ...facts.map(({ name, value }) => `  ${name}: ${visibleText(value)}`)].join('\n'))
    return `${[visibleText(subjectText(connection)), ...text].join('\n\n')}\n`
  }
}
