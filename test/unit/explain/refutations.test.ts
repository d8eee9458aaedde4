/** Wrong advice is refuted where people look for it, and nowhere given. */
import { describe, expect, it } from 'vitest'
import { kernelSettingIds } from '../../../src-shared/contract/network.ts'
import { explainConnection } from '../../../src-shared/explain/explain-connection.ts'
import { explainState } from '../../../src-shared/explain/explain-state.ts'
import { refutationIds } from '../../../src-shared/explain/refutation-text.ts'
import { refutation, refutationsOf } from '../../../src-shared/explain/refutations.ts'
import { settingMeaning } from '../../../src-shared/explain/setting-texts.ts'
import { explainLanguages, type ExplainLanguage } from '../../../src-shared/explain/state-text.ts'
import { tcpStates } from '../../../src-shared/model/tcp-state.ts'
import { buildStory, storyNow } from '../../builders/story-builder.ts'

/** Every sentence that is given as explanation or advice. */
function adviceIn(language: ExplainLanguage): string[] {
  const ofStates = tcpStates.flatMap((state) => {
    const { meaning, normalFor, problemWhen, causeAndCure, comesFrom, goesTo } = explainState(state, language)
    return [meaning, normalFor, problemWhen, causeAndCure, ...[...comesFrom, ...goesTo].map(({ cause }) => cause)]
  })
  const ofConnections = tcpStates.flatMap((state) =>
    ['linux', 'win32', 'darwin'].flatMap((platform) =>
      [10, 600_000].flatMap((ageMs) =>
        [
          {},
          { owners: [], visibility: 'gone' } as const,
          { unanswered: 5, sendQueue: 90_000, timer: { kind: 'retransmit' } } as const,
        ].flatMap((row) =>
          explainConnection(buildStory({ state, ageMs, row }), { platform, settings: new Map(), language, now: storyNow }).sentences.map(
            ({ text }) => text,
          ),
        ),
      ),
    ),
  )
  const instead = refutationIds.map((id) => refutation(id, language).instead)
  const ofSettings = kernelSettingIds.map((id) => settingMeaning(id, language))
  return [...ofStates, ...ofConnections, ...instead, ...ofSettings].flatMap((text) => text.split(/(?<=[.。])\s*/u))
}

const at = (state: (typeof tcpStates)[number]) => refutationsOf(state, 'en').map(({ id }) => id)

describe('wrong advice', () => {
  it.each(explainLanguages)('is told with why it is wrong and what helps instead, in %s', (language) => {
    for (const id of refutationIds) {
      const { claim, why, instead, states } = refutation(id, language)
      for (const text of [claim, why, instead]) {
        expect(text).toMatch(/[.。]$/u)
        expect(text).not.toContain('—')
        expect(/\p{Script=Han}/u.test(text)).toBe(language === 'zh-CN')
      }
      expect(states.length).toBeGreaterThan(0)
    }
  })

  it('stands where a user would look for it', () => {
    expect(at('TIME_WAIT')).toEqual(
      expect.arrayContaining([
        'time-wait-is-a-leak',
        'fin-timeout-against-time-wait',
        'time-wait-recycle',
        'time-wait-reuse-for-servers',
        'syncookies-against-time-wait',
        'killing-removes-everything',
        'reuse-address-everywhere',
      ]),
    )
    expect(at('FIN_WAIT_2')).toContain('fin-timeout-against-time-wait')
    expect(at('SYN_RECEIVED')[0]).toBe('syncookies-against-time-wait')
    expect(at('ESTABLISHED')).toContain('established-means-alive')
    expect(at('CLOSE_WAIT')).toContain('setting-against-close-wait')
    expect(at('LISTEN')).toContain('reuse-address-everywhere')
  })

  it.each(explainLanguages)('is not given anywhere in %s', (language) => {
    const advice = adviceIn(language)
    const having = (word: string): string[] => advice.filter((text) => text.includes(word))
    expect(advice.length).toBeGreaterThan(500)
    expect(having('tw_recycle')).toEqual([])
    for (const text of having('tcp_fin_timeout'))
      expect(text).toMatch(/FIN_WAIT_2|does not shorten|不会缩短|Without|owner|process|没有|进程/u)
    for (const text of having('tcp_fin_timeout')) expect(text).not.toMatch(/TIME_WAIT/u)
    for (const text of having('tcp_tw_reuse')) expect(text).toMatch(/outgoing connections only|只对新的出站连接/u)
    for (const text of having('syncookies')) expect(text).not.toMatch(/TIME_WAIT/u)
    for (const text of having('SO_REUSEADDR')) expect(text).not.toMatch(/Windows/u)
    expect(having('SO_REUSEPORT')).toEqual([])
  })

  it('never says that accept() changes a state', () => {
    for (const language of explainLanguages)
      for (const text of adviceIn(language).filter((each) => each.includes('accept() ')))
        expect(text).not.toMatch(/accept\(\) (opens|completes|establishes|leads)/u)
  })
})
