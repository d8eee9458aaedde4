import { decodePacket, type ConversationEnds } from '../../../src-main/trace/decode-packet.ts'
import { DuplicatePackets } from '../../../src-main/trace/duplicate-packets.ts'
import type { KeptPacket } from '../../../src-main/trace/kept-packet.ts'
import { writePcap } from '../../../src-main/trace/pcap-file.ts'
import { PcapStream } from '../../../src-main/trace/pcap-stream.ts'
import { droppedCount, problemOfWords, reasonOf } from '../../../src-main/trace/tool-words.ts'
import { explainStep } from '../../../src-shared/explain/explain-trace.ts'
import { readLadder } from '../../../src-shared/trace/read-ladder.ts'
import { summarise } from '../../../src-shared/trace/trace-summary.ts'
import { ipv4Bytes, ipv6Bytes, linkBytes, linkTypes, pcapBytes, tcpBytes, tcpFlags } from '../../builders/frame-bytes.ts'
import { textSamples, utf8, type FuzzTarget } from '../fuzz-target.ts'
import { expectAtMost, expectPlainData } from '../soundness.ts'

const ends: readonly ConversationEnds[] = [
  { local: { address: '192.0.2.1', port: 40_000 }, remote: { address: '198.51.100.7', port: 443 } },
  { local: { address: '2001:db8::1', port: 40_000 }, remote: { address: '2001:db8::2', port: 443 } },
]
/** No header that Sockscope reads is longer: link layer, IP with what may stand behind it, TCP with all options. */
const snapshotBytes = 65_536
const longestReason = 300
const options = [2, 4, 5, 0xb4, 4, 2, 8, 10, 0, 0, 0, 9, 0, 0, 0, 8, 1, 3, 3, 7]
const sack = [1, 1, 5, 18, 0, 0, 0, 10, 0, 0, 0, 20, 255, 255, 255, 255, 0, 0, 0, 5]

export const traceTargets: readonly FuzzTarget[] = [captureTarget(), wordsTarget()]

function captureTarget(): FuzzTarget {
  return {
    name: 'trace capture',
    samples: Object.values(linkTypes).map((linkType, index) =>
      pcapBytes(
        linkType,
        conversation(linkType).map((bytes) => ({ bytes, fraction: 7 })),
        { littleEndian: index % 2 === 0, nanoseconds: index % 3 === 0 },
      ),
    ),
    run(input) {
      for (const pair of ends) expectSoundTrace(input, pair)
    },
  }
}

function conversation(linkType: number): Uint8Array[] {
  return [
    linkBytes(linkType, ipv4Bytes(tcpBytes({ flags: tcpFlags.syn, options }))),
    linkBytes(linkType, ipv4Bytes(tcpBytes({ options: sack, payload: 'payload' }), { options: [0x94, 4, 0, 0] })),
    linkBytes(linkType, ipv6Bytes(tcpBytes({ flags: tcpFlags.fin }), { firstHeader: 0, extensions: [6, 0, 1, 4, 0, 0, 0, 0] })),
    linkBytes(linkType, ipv4Bytes(tcpBytes({ flags: tcpFlags.rst | tcpFlags.ack, sequence: 0xffff_fff0 }))),
  ]
}

function expectSoundTrace(input: Uint8Array, pair: ConversationEnds): void {
  const kept: KeptPacket[] = []
  const copies = new DuplicatePackets()
  const stream = new PcapStream()
  const half = input.length >>> 1
  for (const piece of [input.subarray(0, half), input.subarray(half)]) {
    stream.push(piece, (record) => {
      const decoded = decodePacket(stream.linkType ?? 0, record, pair)
      if (decoded === undefined) return
      expectAtMost(record.bytes.length, decoded.headers.length, 'bytes of headers')
      copies.isCopy(decoded)
      kept.push(decoded)
    })
  }
  expectAtMost(input.length / 16, kept.length, 'packets')
  const packets = kept.map(({ packet }) => packet)
  expectPlainData(packets)
  const steps = readLadder(packets, { stateAtStart: 'ESTABLISHED' })
  expectPlainData(steps)
  expectPlainData(summarise(steps))
  for (const step of steps) if (explainStep(step, 'en').length === 0) throw new Error('a step without words')
  expectAtMost(24 + kept.length * (16 + snapshotBytes), writePcap(stream.linkType ?? 0, kept).length, 'bytes of file')
}

function wordsTarget(): FuzzTarget {
  return {
    name: 'trace words',
    samples: textSamples(
      'tcpdump: listening on lo, link-type EN10MB (Ethernet), snapshot length 160 bytes\n3 packets captured\n6 packets received by filter\n0 packets dropped by kernel\n',
      "tcpdump: lo: You don't have permission to perform this capture on that device\n(socket: Operation not permitted)\n",
    ),
    run(input) {
      const words = utf8(input)
      expectPlainData([droppedCount(words), problemOfWords(words)])
      expectAtMost(longestReason, reasonOf(words)?.length ?? 0, 'letters of a reason')
    },
  }
}
