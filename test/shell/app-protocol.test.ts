import { describe, expect, it } from 'vitest'
import { fileForUrl } from '../../src-main/electron/app-protocol.ts'
import { isKnownLink } from '../../src-main/electron/navigation.ts'

describe('the files behind app://sockscope', () => {
  it.each([
    ['app://sockscope/', '/app/renderer/index.html'],
    ['app://sockscope/index.html?x=1#y', '/app/renderer/index.html'],
    ['app://sockscope/assets/a%20b.js', '/app/renderer/assets/a b.js'],
    ['app://sockscope/../../etc/passwd', '/app/renderer/etc/passwd'],
  ])('%s is %s', (url, file) => expect(fileForUrl(url, '/app/renderer')).toBe(file))

  it.each([
    'app://sockscope/..%2f..%2fetc/passwd',
    'app://sockscope/%2e%2e%2f%2e%2e%2fmain/index.js',
    'app://sockscope/..%5c..%5cmain',
    'app://sockscope/a%00b',
    'app://sockscope/%',
    'app://sockscope/..%2frenderer-secrets/x',
    'app://sockscope:80/index.html',
    'app://elsewhere/index.html',
    'file:///etc/passwd',
    'not a url',
  ])('%s is none', (url) => expect(fileForUrl(url, '/app/renderer')).toBeUndefined())
})

describe('links to the outside', () => {
  it.each([
    ['https://www.rfc-editor.org/rfc/rfc9293', true],
    ['https://man7.org/linux/man-pages/man7/tcp.7.html', true],
    ['http://www.rfc-editor.org/', false],
    ['https://www.rfc-editor.org.evil.example/', false],
    ['https://user@www.rfc-editor.org/', false],
    ['https://www.rfc-editor.org:8443/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['', false],
  ])('%s may be opened: %s', (url, expected) => expect(isKnownLink(url)).toBe(expected))
})
