import { parseProcNet } from '../../../src-main/sources/linux/parse-proc-net.ts'
import { parseLsof } from '../../../src-main/sources/macos/parse-lsof.ts'
import { parseNetstat as parseMacNetstat } from '../../../src-main/sources/macos/parse-netstat.ts'
import { parseNetstat as parseWindowsNetstat } from '../../../src-main/sources/windows/parse-netstat.ts'
import { createScratchRecord } from '../../../src-main/table/row-table.ts'
import type { DecoderCase } from './measure.ts'

const portOf = (index: number): number => 1024 + (index % 60_000)
const octets = (index: number): number[] => [10, (index >>> 16) & 255, (index >>> 8) & 255, index & 255]
const dotted = (index: number): string => octets(index).join('.')
const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0')
const labels = { interface: (index: number) => index + 1, text: (text: string) => text.length }

export const textCases: readonly DecoderCase[] = [
  procCase(4),
  procCase(6),
  textCase('Windows netstat -ano', windowsLine, ['', '  Proto  Local Address  Foreign Address  State  PID'], (text, take) => {
    parseWindowsNetstat(text, { record: createScratchRecord(), scopeReference: (scope) => scope, take })
  }),
  textCase('macOS netstat -anlvb', macLine, ['Active Internet connections (including servers)', macHeading()], (text, take) => {
    parseMacNetstat(text, { record: createScratchRecord(), labels, take })
  }),
  textCase('macOS lsof -F', lsofLine, [], (text, take) => {
    parseLsof(text, { record: createScratchRecord(), labels, take })
  }),
]

/** Addresses over the whole range: large words cost more than small ones where numbers are boxed. */
const scattered = (index: number, family: 4 | 6): string => (family === 6 ? hex(0xfd, 24) : '') + hex(Math.imul(index, 0x9e3779b1) >>> 0, 8)

/** Bytes, not text, in spite of what they spell: no string is made of them. */
function procCase(family: 4 | 6): DecoderCase {
  return {
    name: `Linux /proc/net/tcp${family === 6 ? '6' : ''}`,
    binary: true,
    prepare(rows) {
      const lines = Array.from(
        { length: rows },
        (_, index) =>
          `${String(index).padStart(4)}: ${scattered(index, family)}:${hex(portOf(index), 4)} ${scattered(7, family)}:01BB 01 00000000:00000005 02:00000100 00000000  1000        0 ${index + 1} 1 0000000031700515 20 4 30 10 -1`,
      )
      const bytes = Buffer.from(['  sl  local_address rem_address', ...lines, ''].join('\n'), 'latin1')
      let found = 0
      const sink = { record: createScratchRecord(), userReference: (uid: number) => uid, take: () => void (found += 1) }
      return () => {
        found = 0
        parseProcNet(bytes, { protocol: 'tcp', family }, sink)
        return found
      }
    },
  }
}

function textCase(
  name: string,
  line: (index: number) => string,
  head: readonly string[],
  parse: (text: string, take: () => void) => void,
): DecoderCase {
  return {
    name,
    binary: false,
    prepare(rows) {
      const bytes = Buffer.from([...head, ...Array.from({ length: rows }, (_, index) => line(index)), ''].join('\n'), 'latin1')
      let found = 0
      const take = (): void => void (found += 1)
      // From the bytes a tool printed, as the sources do it.
      return () => {
        found = 0
        parse(bytes.toString('latin1'), take)
        return found
      }
    },
  }
}

function windowsLine(index: number): string {
  return `  TCP    ${dotted(index)}:${portOf(index)}  10.0.0.9:443  ESTABLISHED  ${4 + (index % 400)}\r`
}

function macHeading(): string {
  return 'Proto Recv-Q Send-Q  Local Address  Foreign Address  (state)  rxbytes  txbytes  rhiwat  shiwat    pid   epid state  options           gencnt    flags   flags1 usecnt rtncnt fltrs'
}

function macLine(index: number): string {
  return `tcp4       0      0  ${dotted(index)}.${portOf(index)}  10.0.0.9.443  ESTABLISHED  1108  1454  407808  146988  ${2 + (index % 400)}  0 00102 00000004 ${(index + 1).toString(16).padStart(16, '0')} 00000081 01000800      2      0 000000`
}

/** One process holds sixteen sockets. */
function lsofLine(index: number): string {
  const process = index % 16 === 0 ? `p${1 + index / 16}\0R1\0cnode\0u501\0Lalice\0\n` : ''
  const device = (0x1234_0000_0000 + index).toString(16)
  return `${process}f${index % 16}\0tIPv4\0d0x${device}\0PTCP\0n${dotted(index)}:${portOf(index)}->10.0.0.9:443\0TST=ESTABLISHED\0TQR=0\0TQS=0\0`
}
