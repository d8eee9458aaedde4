import { expect, test } from 'vitest'
import { netstatViews } from '../../../src-shared/explain/netstat-views.ts'
import { explainLanguages } from '../../../src-shared/explain/state-text.ts'
import { commandNames } from '../../../src-main/cli/command-name.ts'
import { parseQuery } from '../../../src-shared/query/index.ts'

test('every view that netstat has is described in both languages', () => {
  for (const language of explainLanguages) {
    const views = netstatViews(language)
    const letters = views.flatMap(({ command }) => [...command.matchAll(/-([a-z])\b/gu)].map(([, letter]) => letter))
    for (const letter of 'anopbtucfrisexyq') expect(letters).toContain(letter)
    for (const { shows, here } of views) for (const text of [shows, here]) expect(text).toMatch(/[.。]$/u)
  }
})

test('the commands named exist and their searches are valid', () => {
  for (const { cli } of netstatViews('en')) {
    if (cli === undefined) continue
    const [, name = '', ...query] = cli.split(' ')
    expect(commandNames).toContain(name)
    expect(parseQuery(query.join(' '))).toMatchObject({ ok: true })
  }
})
