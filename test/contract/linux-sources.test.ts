import { describe } from 'vitest'
import { netlinkSource } from '../../src-main/sources/linux/netlink-source.ts'
import { procfsSource } from '../../src-main/sources/linux/procfs-source.ts'
import { liveWorld } from './live-world.ts'
import { describeSourceContract } from './source-contract.ts'

const isLinux = process.platform === 'linux'
if (!isLinux) console.warn('Skipped: the sources of Linux, because they read the running kernel, and this is not Linux.')

describe.runIf(isLinux)('on real sockets', () => {
  const tells = { pid: false, v4Mapped: true, udpPeer: true, successor: true, unanswered: true }
  describeSourceContract('netlink', () => liveWorld(netlinkSource, { ...tells, segments: true }))
  describeSourceContract('procfs', () => liveWorld(procfsSource, { ...tells, segments: false }))
})
