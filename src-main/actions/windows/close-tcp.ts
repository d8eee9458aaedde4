/** The calls that close a TCP connection; whether they really did is for the caller to look. */
import type { IpHelper } from '../../native/windows/ip-helper.ts'
import { mibRow, nsiKey, type TcpTuple } from '../../sources/windows/tcp-rows.ts'

const MIB_TCP_STATE_DELETE_TCB = 12
const NsiActive = 1
const NsiSetCreateOrSet = 2
const tcpConnectionObject = 16

/** Answers a Win32 error. IPv4 by the documented call; IPv6, which has none, through the store behind it. */
export function closeTcp(api: IpHelper, tuple: TcpTuple): number {
  if (tuple.family === 4) return api.SetTcpEntry(mibRow(tuple, MIB_TCP_STATE_DELETE_TCB))
  const key = nsiKey(tuple)
  return api.NsiSetAllParameters(NsiActive, NsiSetCreateOrSet, tcpModuleId(), tcpConnectionObject, key, key.length, null, 0)
}

/** NPI_MODULEID of TCP: length, kind (a GUID), {eb004a03-9b1a-11d4-9123-0050047759bc}. */
function tcpModuleId(): Buffer {
  const id = Buffer.alloc(24)
  id.writeUInt16LE(id.length, 0)
  id.writeUInt32LE(1, 4)
  id.writeUInt32LE(0xeb004a03, 8)
  id.writeUInt16LE(0x9b1a, 12)
  id.writeUInt16LE(0x11d4, 14)
  id.set([0x91, 0x23, 0x00, 0x50, 0x04, 0x77, 0x59, 0xbc], 16)
  return id
}
