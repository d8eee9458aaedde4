/** Who is who in the sentences about one connection. */
import type { Owner } from '../../model/connection.ts'
import type { ExplainLanguage } from '../state-text.ts'
import { connectionTextsEn } from './connection-texts-en.ts'
import { connectionTextsZhCn } from './connection-texts-zh-cn.ts'
import type { ConnectionTexts } from './connection-texts.ts'
import type { Situation } from './situation.ts'
import { spokenBytes, spokenDuration } from './spoken-quantities.ts'

export const connectionTexts: Readonly<Record<ExplainLanguage, ConnectionTexts>> = { en: connectionTextsEn, 'zh-CN': connectionTextsZhCn }

export interface Speaker {
  readonly texts: ConnectionTexts
  /** The program that holds this end, or that held it last. */
  readonly us: string
  /** The program at the other end; with its name where it runs on this machine. */
  readonly them: string
  readonly span: (milliseconds: number) => string
  readonly bytes: (bytes: number) => string
}

export function speakerFor(situation: Situation, language: ExplainLanguage): Speaker {
  const texts = connectionTexts[language]
  return {
    texts,
    us: situation.isOwnPeer ? texts.thisEnd({ process: nameOfHolder(situation, texts) }) : nameOfHolder(situation, texts),
    them: nameOfPeer(situation, texts),
    span: (milliseconds) => spokenDuration(milliseconds, language),
    bytes: (bytes) => spokenBytes(bytes, language),
  }
}

function nameOfHolder({ holder }: Situation, texts: ConnectionTexts): string {
  if (holder.kind === 'process') return nameOf(holder.owner, holder.others, texts)
  if (holder.kind === 'kernel' && holder.owner !== undefined) return nameOf(holder.owner, 0, texts)
  if (holder.kind === 'nobody' && holder.lastOwner !== undefined) return nameOf(holder.lastOwner, 0, texts)
  return holder.kind === 'hidden' ? texts.hiddenProgram : texts.ourProgram
}

function nameOfPeer({ story, remote, isOwnPeer }: Situation, texts: ConnectionTexts): string {
  const owners = story.peer?.owners ?? []
  const [owner] = owners
  if (owner === undefined) return texts.remoteProgram({ remote })
  const process = nameOf(owner, owners.length - 1, texts)
  return isOwnPeer ? texts.otherEnd({ process }) : texts.programHere({ process })
}

function nameOf({ name, pid }: Owner, others: number, { process }: ConnectionTexts): string {
  return name === undefined ? `PID ${pid}` : process({ name, pid, others })
}
