/** One trace from its start to its end: the running tool, the packets that were kept, and what became of it. */
import { usualTracePackets, usualTraceSeconds, type TraceProblem, type TraceStatus } from '../../src-shared/contract/trace.ts'
import { withoutUndefined, type Endpoint } from '../../src-shared/model/connection.ts'
import type { TcpState } from '../../src-shared/model/tcp-state.ts'
import type { CaptureOptions, RunningCapture } from '../native/capture-headers.ts'
import { isKnownLinkType } from './decode-link.ts'
import { decodePacket } from './decode-packet.ts'
import { DuplicatePackets } from './duplicate-packets.ts'
import type { KeptPacket } from './kept-packet.ts'
import { writePcap } from './pcap-file.ts'
import { PcapStream } from './pcap-stream.ts'
import { droppedCount, isListening, lacksItsUser, problemOfWords, reasonOf } from './tool-words.ts'

export interface TracePlan {
  readonly id: string
  readonly local: Endpoint
  readonly remote: Endpoint
  readonly stateAtStart: TcpState | undefined
  readonly interface: string
  readonly filter: string
  readonly tool: string
  readonly packets: number | undefined
  readonly seconds: number | undefined
}

export interface TraceSurroundings {
  readonly capture: (options: CaptureOptions) => RunningCapture
  /** Unix milliseconds. */
  readonly now: () => number
  /** Told once, when the tool is gone. */
  readonly onEnd: () => void
}

/**
 * The link layer's header (up to 22), IPv6 with a few extension headers or IPv4 with all its options (60) and TCP with all of its
 * (60). What a shorter header leaves over is payload; it is cut off as soon as the headers are read.
 */
const snapshotBytes = 160
/** The interface "any" shows a packet once per interface that it passes. */
const showingsPerPacket = 8
const pcapOverheadBytes = 64

export class ConversationTrace {
  readonly plan: TracePlan
  readonly packets: KeptPacket[] = []
  readonly #surroundings: TraceSurroundings
  readonly #startedAt: number
  readonly #limit: number
  readonly #endsAt: number
  readonly #copies = new DuplicatePackets()
  readonly #ready = Promise.withResolvers<void>()
  #stream = new PcapStream()
  #capture: RunningCapture
  #words = ''
  #state: TraceStatus['state'] = 'running'
  #problem: TraceProblem | undefined
  #reason: string | undefined
  #triedRoot = false

  constructor(plan: TracePlan, surroundings: TraceSurroundings) {
    this.plan = plan
    this.#surroundings = surroundings
    this.#startedAt = surroundings.now()
    this.#limit = plan.packets ?? usualTracePackets
    this.#endsAt = this.#startedAt + (plan.seconds ?? usualTraceSeconds) * 1000
    this.#capture = this.#start()
  }

  /** Settles when the tool takes packets, or has failed to. */
  get ready(): Promise<void> {
    return this.#ready.promise
  }

  get isRunning(): boolean {
    return this.#state === 'running'
  }

  get status(): TraceStatus {
    const { id, local, remote, stateAtStart } = this.plan
    return withoutUndefined<TraceStatus>({
      trace: id,
      state: this.#state,
      problem: this.#problem,
      reason: this.#reason,
      local,
      remote,
      stateAtStart,
      interface: this.plan.interface,
      startedAt: this.#startedAt,
      endsAt: this.#endsAt,
      packets: this.packets.length,
      limit: this.#limit,
      dropped: droppedCount(this.#words),
    })
  }

  stop(): void {
    this.#capture.stop()
  }

  file(): Uint8Array<ArrayBuffer> {
    return writePcap(this.#stream.linkType ?? rawIp, this.packets)
  }

  #start(keepUser?: string): RunningCapture {
    const { tool, filter } = this.plan
    const captured = this.#limit * showingsPerPacket
    return this.#surroundings.capture({
      tool,
      interface: this.plan.interface,
      filter,
      snapshotBytes,
      packets: captured,
      seconds: Math.max(1, Math.ceil((this.#endsAt - this.#surroundings.now()) / 1000)),
      outputBytes: captured * (snapshotBytes + pcapOverheadBytes),
      ...(keepUser !== undefined && { keepUser }),
      onBytes: (bytes) => this.#take(bytes),
      onWords: (words) => {
        this.#words += words
        if (isListening(this.#words)) this.#ready.resolve()
      },
      onEnd: ({ systemError }) => this.#finish(systemError),
    })
  }

  #take(bytes: Uint8Array): void {
    const { local, remote } = this.plan
    this.#stream.push(bytes, (record) => {
      if (this.packets.length >= this.#limit) return
      const decoded = decodePacket(this.#stream.linkType ?? rawIp, record, { local, remote })
      if (decoded === undefined || this.#copies.isCopy(decoded)) return
      const { packet, headers, wireLength } = decoded
      this.packets.push({ packet, headers, wireLength })
      if (this.packets.length === this.#limit) this.stop()
    })
    if (this.#unreadable() !== undefined) this.stop()
  }

  #unreadable(): string | undefined {
    const { problem, linkType } = this.#stream
    if (problem !== undefined) return `tcpdump wrote something else than a capture (${problem}).`
    return linkType === undefined || isKnownLinkType(linkType) ? undefined : `Packets of link type ${linkType} cannot be read.`
  }

  #finish(systemError: string | undefined): void {
    if (systemError === undefined && !this.#triedRoot && lacksItsUser(this.#words)) {
      this.#triedRoot = true
      this.#words = ''
      this.#stream = new PcapStream()
      this.#capture = this.#start('root')
      return
    }
    const unreadable = this.#unreadable()
    if (systemError !== undefined) this.#fail(systemError === 'ENOENT' ? 'tcpdump-missing' : 'tool-failed', systemError)
    else if (unreadable !== undefined) this.#fail('tool-failed', unreadable)
    else if (!isListening(this.#words)) this.#fail(problemOfWords(this.#words), reasonOf(this.#words))
    else this.#state = 'finished'
    this.#ready.resolve()
    this.#surroundings.onEnd()
  }

  #fail(problem: TraceProblem, reason: string | undefined): void {
    this.#state = 'failed'
    this.#problem = problem
    this.#reason = reason
  }
}

/** Link type of a file without packets: any will do. */
const rawIp = 101
