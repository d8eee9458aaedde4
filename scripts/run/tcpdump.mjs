import { installPackage } from './apt.mjs'
import { findExecutable } from './find-executable.mjs'

/** Where it lives on systems that keep it off a user's PATH. */
const places = ['tcpdump', '/usr/sbin/tcpdump', '/usr/bin/tcpdump', '/sbin/tcpdump']

/** The tool behind traces, for their live tests. Without it these are skipped, which they say; nothing else depends on it. */
export async function provideTcpdump() {
  if (process.platform === 'linux' && findExecutable(places) === undefined) await installPackage('tcpdump', 'the tests of traces')
}
