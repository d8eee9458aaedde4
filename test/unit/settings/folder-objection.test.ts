import { describe, expect, it } from 'vitest'
import { objectionTo } from '../../../src-main/settings/folder-objection.ts'

const ana = { user: 1000, group: 1000 }

describe('a folder for files of ours', () => {
  it.each([
    ['of the user alone', { uid: 1000, gid: 1000, mode: 0o700 }],
    ['that others may read', { uid: 1000, gid: 100, mode: 0o755 }],
    ["that the user's own group may write to", { uid: 1000, gid: 1000, mode: 0o775 }],
    ['of root', { uid: 0, gid: 0, mode: 0o775 }],
  ])('%s is trusted', (_what, about) => {
    expect(objectionTo(about, ana)).toBeUndefined()
  })

  it.each([
    ['of another user', { uid: 1001, gid: 1000, mode: 0o700 }, 'belongs to another user'],
    ['that everybody may write to', { uid: 1000, gid: 1000, mode: 0o707 }, 'other users may write'],
    ['that everybody may add to, sticky or not', { uid: 0, gid: 0, mode: 0o1777 }, 'other users may write'],
    ['that a foreign group may write to', { uid: 1000, gid: 100, mode: 0o770 }, 'other users may write'],
  ])('%s is refused', (_what, about, words) => {
    expect(objectionTo(about, ana)).toContain(words)
  })

  it('of a user is refused to root, who could be led to overwrite a file', () => {
    expect(objectionTo({ uid: 1000, gid: 1000, mode: 0o700 }, { user: 0, group: 0 })).toContain('belongs to another user')
  })

  it('is not asked about where there are no user numbers', () => {
    expect(objectionTo({ uid: 0, gid: 0, mode: 0o777 }, { user: undefined, group: undefined })).toBeUndefined()
  })
})
