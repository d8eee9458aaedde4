/** The sentences about one connection as templates with typed parameters; one table per language. */
import type { ExplanationPart, Verdict } from './explanation.ts'

/** Names and endpoints as they stand in a sentence. */
interface Both {
  /** Our side's program. */
  readonly us: string
  /** The program at the other end. */
  readonly them: string
}
interface Us {
  readonly us: string
}
interface There {
  /** Remote endpoint. */
  readonly remote: string
}
interface Span {
  readonly span: string
}
interface Tries {
  readonly tries: number
  readonly span: string
}
type Say<Parameters> = (parameters: Parameters) => string

export interface ConnectionTexts {
  readonly labels: Readonly<Record<ExplanationPart, string>>
  readonly verdicts: Readonly<Record<Verdict, string>>
  readonly process: Say<{ name: string; pid: number; others: number }>
  readonly hiddenProgram: string
  readonly ourProgram: string
  readonly remoteProgram: Say<There>
  readonly programHere: Say<{ process: string }>
  /** Where one process holds both ends: its name with the end that is meant. */
  readonly thisEnd: Say<{ process: string }>
  readonly otherEnd: Say<{ process: string }>
  readonly listeningProgram: Say<{ listener: string }>
  /** "In this state for …: normal, …". */
  readonly time: Say<{ age: string; atLeast: boolean; verdict: Verdict; reason: string }>

  readonly role: Readonly<Record<'clientSeen' | 'clientGuessed' | 'serverSeen' | 'serverGuessed', string>> & {
    readonly through: Say<{ listener: string }>
  }
  readonly closer: Readonly<Record<'us' | 'peer' | 'both' | 'usOrBoth', string>>
  readonly orphan: string
  readonly twin: Say<{ them: string; state: string }>
  /** The same where one process holds both ends. */
  readonly ownTwin: Say<{ state: string }>

  readonly listen: {
    readonly means: Say<Us & { port: number }>
    readonly toLoopback: Say<{ address: string }>
    readonly toAll: string
    readonly toAllBoth: string
    readonly toOne: Say<{ address: string }>
    readonly normal: string
    readonly full: string
    readonly queue: Say<{ waiting: number; backlog: number }>
    readonly queueEmpty: Say<{ backlog: number }>
    readonly queueFull: Say<Us & { waiting: number; backlog: number }>
    readonly next: string
    readonly nextAccept: Say<Us>
    readonly moves: Say<Us>
    readonly otherwise: string
  }
  readonly udp: {
    readonly means: Say<Us & { port: number }>
    readonly connected: Say<There>
    readonly unconnected: string
    readonly unread: Say<{ bytes: string }>
    readonly otherwise: Say<Us>
  }
  readonly bound: {
    readonly means: Say<Us & { port: number }>
    readonly normal: string
    readonly slow: string
    readonly next: Say<Us>
    readonly moves: string
    readonly otherwise: Say<Us>
  }
  readonly closed: { readonly means: string; readonly normal: string; readonly next: Say<Us>; readonly otherwise: string }
  readonly deleteTcb: {
    readonly means: string
    readonly normal: string
    readonly stuck: string
    readonly next: string
    readonly otherwise: string
  }

  readonly synSent: {
    readonly means: Say<Us & There>
    readonly normal: string
    readonly slow: string
    readonly stuck: string
    readonly next: Say<There>
    readonly nextHere: string
    readonly repeated: Say<{ count: number; due: string | undefined }>
    readonly moves: string
    readonly linux: Say<Tries>
    readonly macos: Say<Span>
    readonly windows: string
    readonly elsewhere: string
  }
  readonly synReceived: {
    readonly means: Say<There & { local: string }>
    readonly crossed: Say<There>
    readonly normal: string
    readonly slow: string
    readonly stuck: string
    readonly next: Say<There>
    readonly moves: string
    readonly linux: Say<Tries>
    readonly elsewhere: string
  }
  readonly established: {
    readonly means: Say<Both>
    readonly unaccepted: Say<There>
    readonly normal: string
    readonly unanswered: Say<{ count: number }>
    readonly gone: Say<{ count: number }>
    readonly unread: Say<Us & { bytes: string }>
    readonly undrained: Say<{ bytes: string }>
    readonly windowClosed: Say<{ them: string }>
    readonly waitsForAccept: string
    readonly next: string
    readonly nextAccept: Say<{ who: string }>
    readonly nextRead: Say<Us>
    readonly nextPeerReads: Say<{ them: string }>
    readonly nextAnswer: Say<There>
    readonly moves: Say<Us>
    readonly idleForever: string
    readonly acceptForever: string
    readonly linuxGivesUp: Say<{ tries: number }>
    readonly givesUp: string
    readonly idle: Say<Span>
    readonly noData: string
    readonly keepalive: Say<{ due: string | undefined }>
    readonly noKeepalive: Say<Us>
  }
  readonly finWait1: {
    readonly means: Say<Us>
    readonly queued: Say<{ bytes: string }>
    readonly normal: string
    readonly slow: string
    readonly stuck: string
    readonly windowClosed: Say<{ them: string }>
    readonly next: Say<There>
    readonly moves: string
  }
  /** What repeats a FIN, and for how long. */
  readonly repeats: {
    readonly linuxOrphan: Say<{ tries: number }>
    readonly linuxOwned: Say<{ tries: number }>
    readonly elsewhere: string
  }
  readonly finWait2: {
    readonly means: Say<{ them: string }>
    readonly held: Say<Us>
    readonly normal: string
    readonly normalOrphan: string
    readonly slow: string
    readonly stuck: string
    readonly next: Say<{ them: string }>
    readonly moves: string
    readonly linuxOrphan: Say<{ limit: string; left: string | undefined }>
    readonly orphanElsewhere: string
    readonly ownedForever: Say<Us>
    readonly windows: string
  }
  readonly closeWait: {
    readonly means: Say<Both>
    readonly unaccepted: Say<There>
    readonly readsZero: string
    readonly endRead: Say<Us>
    readonly endUnread: Say<Us>
    readonly unread: Say<{ bytes: string }>
    readonly sending: Say<Us & { bytes: string }>
    readonly normal: string
    readonly slow: Say<Us>
    readonly sends: string
    readonly stuck: Say<Us>
    readonly stuckUnaccepted: string
    readonly next: Say<Us>
    readonly nextAccept: Say<{ who: string }>
    readonly moves: Say<Us>
    readonly otherwise: Say<Us>
  }
  readonly lastAck: {
    readonly means: string
    readonly normal: string
    readonly slow: string
    readonly stuck: string
    readonly next: Say<There>
    readonly moves: string
  }
  readonly closing: {
    readonly means: string
    readonly normal: string
    readonly slow: string
    readonly stuck: string
    readonly next: Say<There>
    readonly moves: string
  }
  readonly timeWait: {
    readonly means: Say<There & { local: string }>
    readonly linux: string
    readonly macos: Say<Span>
    readonly windows: string
    readonly elsewhere: string
    readonly next: Say<{ left: string | undefined }>
    readonly moves: string
    readonly otherwise: Say<There & { port: number }>
  }
}
