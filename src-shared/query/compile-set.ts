/** The named sets of `is:`. */
import { isLoopback, isPrivate, isUnspecified, isV4Mapped } from '../model/address.ts'
import { protocols } from '../model/columns.ts'
import { hasRemote } from '../model/connection.ts'
import type { RowMirror } from '../model/row-mirror.ts'
import { establishedCode, listenCode } from '../model/tcp-state.ts'
import { visibilityCode } from '../model/visibility.ts'
import { onSide, type WordsTest } from './address-side.ts'
import { compileProtocol } from './compile-word.ts'
import { equalTo, userTest } from './compile-text.ts'
import type { SetName } from './query-keys.ts'
import { costs, never, type CostedTest, type Highlight, type QueryContext } from './row-test.ts'

const udpCode = protocols.indexOf('udp')
const goneCode = visibilityCode('gone')

export function compileSet(name: SetName, context: QueryContext): CostedTest {
  switch (name) {
    case 'listening':
      return column((mirror, slot) => isListening(mirror, slot))
    case 'established':
      return column(({ columns }, slot) => columns.state[slot] === establishedCode)
    case 'loopback':
      return eitherSide((_family, _v4, word0, word1, word2, word3) => isLoopback(word0, word1, word2, word3))
    case 'private':
      return onPeer((_family, _v4, word0, word1, word2, word3) => isPrivate(word0, word1, word2, word3))
    case 'public':
      return onPeer(isPublic)
    case 'ipv4':
      return column(({ columns }, slot) => columns.family[slot] === 4)
    case 'ipv6':
      return column(({ columns }, slot) => columns.family[slot] === 6)
    case 'tcp':
    case 'udp':
      return compileProtocol({ protocol: name })
    case 'unowned':
      return column(({ columns }, slot) => columns.owner[slot] === 0 || columns.visibility[slot] === goneCode)
    case 'mine':
      return context.mine === undefined ? never : userTest(equalTo(context.mine.userName.toLowerCase()))
    case 'new':
    case 'changed':
    case 'closed':
      return highlighted(name, context)
  }
}

const column = (test: CostedTest['test']): CostedTest => ({ test, cost: costs.column })

/** UDP has no state; a socket without a peer takes datagrams from anybody, which is what listening means there. */
function isListening(mirror: RowMirror, slot: number): boolean {
  if (mirror.columns.state[slot] === listenCode) return true
  return mirror.columns.protocol[slot] === udpCode && !hasRemote(mirror, slot)
}

function highlighted(name: Highlight, { highlightOf }: QueryContext): CostedTest {
  return highlightOf === undefined ? never : column((_mirror, slot) => highlightOf(slot) === name)
}

function eitherSide(matches: WordsTest): CostedTest {
  const local = onSide('local', matches)
  const remote = onSide('remote', matches)
  return { test: (mirror, slot) => local(mirror, slot) || remote(mirror, slot), cost: 2 * costs.column }
}

/** Where a row reaches to: its remote address, or the local one while it has no peer. */
function onPeer(matches: WordsTest): CostedTest {
  const local = onSide('local', matches)
  const remote = onSide('remote', matches)
  return { test: (mirror, slot) => (hasRemote(mirror, slot) ? remote(mirror, slot) : local(mirror, slot)), cost: 3 * costs.column }
}

/** Unicast and routed on the internet: not unspecified, loopback, private, link-local or multicast. */
function isPublic(family: number, v4: boolean, word0: number, word1: number, word2: number, word3: number): boolean {
  if (isUnspecified(family, word0, word1, word2, word3) || isLoopback(word0, word1, word2, word3)) return false
  if (isPrivate(word0, word1, word2, word3)) return false
  if (v4 || isV4Mapped(word0, word1, word2)) return word3 >>> 28 < 0xe && word3 >>> 24 !== 0
  return word0 >>> 24 !== 0xff
}
