import { describe, expect, it } from 'vitest'
import { referenceIndex, referenceStates, searchReference } from '../../../src-renderer/features/reference/reference-index.ts'
import { en } from '../../../src-renderer/i18n/en.ts'
import { zhCn } from '../../../src-renderer/i18n/zh-cn.ts'
import { tcpStates } from '../../../src-shared/model/tcp-state.ts'

const index = referenceIndex('en', en.reference.topics)
const find = (text: string) => searchReference(index, text)

describe('the search in the reference', () => {
  it('lists everything while nothing is searched for', () => {
    expect(find('')).toEqual([...referenceStates, 'steps', 'spellings', 'wrong-advice', 'netstat'])
    expect([...referenceStates].toSorted()).toEqual([...tcpStates].toSorted())
  })

  it('finds a state first by any of its spellings', () => {
    for (const [text, state] of [
      ['SYN_RCVD', 'SYN_RECEIVED'],
      ['finwait2', 'FIN_WAIT_2'],
      ['listening', 'LISTEN'],
      ['time wait', 'TIME_WAIT'],
      ['estab', 'ESTABLISHED'],
    ])
      expect(find(text ?? '')[0]).toBe(state)
  })

  it('finds settings, calls, switches and wrong advice where they are spoken of', () => {
    expect(find('tw_recycle')).toEqual(['TIME_WAIT', 'wrong-advice'])
    expect(find('tcp_orphan_retries')).toContain('FIN_WAIT_1')
    expect(find('netstat -s')).toContain('netstat')
    expect(find('connect() SYN')).toContain('steps')
    expect(find('xyzzy')).toEqual([])
  })

  it('searches in the language that is shown', () => {
    const chinese = referenceIndex('zh-CN', zhCn.reference.topics)
    expect(searchReference(chinese, '泄漏')).toContain('CLOSE_WAIT')
    expect(searchReference(chinese, 'leak')).toEqual([])
  })
})
