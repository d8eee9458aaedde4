import { describe, expect, it } from 'vitest'
import { parseAptSources, releaseArchives } from '../../../scripts/wine/apt-sources.mjs'

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'

const archive = (uri: string, ...suites: string[]) => ({ uri, suites, components: ['main'] })

describe('apt sources of the deb822 kind', () => {
  it('give archives, suites and keyring of every entry', () => {
    const text = `# a comment
Types: deb deb-src
# another one
URIs: http://mirror.example/debian/ https://second.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: ${keyring}

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main contrib
`
    const main = { suites: ['bookworm', 'bookworm-updates'], components: ['main'], signedBy: keyring }
    expect(parseAptSources(text, 'deb822')).toEqual([
      { uri: 'http://mirror.example/debian', ...main },
      { uri: 'https://second.example/debian', ...main },
      { uri: 'http://mirror.example/debian-security', suites: ['bookworm-security'], components: ['main', 'contrib'] },
    ])
  })

  it('leave out what is switched off or has sources only', () => {
    const off = 'Types: deb\nURIs: http://off.example/debian\nSuites: sid\nEnabled: no'
    const sourcesOnly = 'Types: deb-src\nURIs: http://src.example/debian\nSuites: sid'
    expect(parseAptSources(`${off}\n\n${sourcesOnly}\n`, 'deb822')).toEqual([])
  })

  it('may hold a key itself, which is no file', () => {
    const text = `Types: deb
URIs: http://mirror.example/debian
Suites: trixie
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc
 -----END PGP PUBLIC KEY BLOCK-----
`
    expect(parseAptSources(text, 'deb822')).toEqual([{ uri: 'http://mirror.example/debian', suites: ['trixie'], components: ['main'] }])
  })
})

describe('apt sources of the one-line kind', () => {
  it('give the same', () => {
    const text = `# deb http://commented.example/debian bookworm main
deb [arch=amd64 signed-by=${keyring}] http://mirror.example/debian bookworm main contrib # our mirror
deb-src http://mirror.example/debian bookworm main
deb cdrom:[Debian]/ bookworm main
deb http://third.example/debian/ stable main
`
    expect(parseAptSources(text, 'one-line')).toEqual([
      { uri: 'http://mirror.example/debian', suites: ['bookworm'], components: ['main', 'contrib'], signedBy: keyring },
      { uri: 'cdrom:[Debian]', suites: ['bookworm'], components: ['main'] },
      { uri: 'http://third.example/debian', suites: ['stable'], components: ['main'] },
    ])
  })
})

describe('archives with other releases', () => {
  it('are those of the network that have a plain suite, each once', () => {
    expect(
      releaseArchives([
        archive('cdrom:[Debian]', 'bookworm'),
        archive('http://mirror.example/debian', 'bookworm'),
        archive('http://mirror.example/debian', 'bookworm-updates'),
        archive('http://mirror.example/debian', 'sid'),
        archive('http://mirror.example/debian-security', 'bookworm-security'),
        archive('https://tool.example/apt', './'),
      ]).map(({ uri, suites }) => `${uri} ${suites.join()}`),
    ).toEqual(['http://mirror.example/debian bookworm'])
  })
})
