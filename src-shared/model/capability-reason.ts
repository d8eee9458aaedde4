/** Why a platform cannot do something, or only in part. The texts are in explain/capability-texts. */
export const capabilityReasons = [
  /** The system keeps no such figure, or tells it to nobody. */
  'system-does-not-tell',
  /** The tool in use prints no such column; the native source would. */
  'tool-does-not-tell',
  /** The system might tell it; Sockscope does not read it. */
  'not-read',
  /** The system counts no bytes per UDP socket. */
  'udp-not-counted',
  /** Rates are differences of byte counters, and there are none. */
  'no-byte-counters',
  /** No call lets one process close another's connection. */
  'no-call-to-close',
  /** Only an undocumented call exists; it is behind a switch for experiments. */
  'experimental-call',
  /** Counting begins only when an administrator switches it on, connection by connection. */
  'administrator-starts-counting',
  /** Only what belongs to one's own processes, without the rights of an administrator. */
  'own-processes-only',
  /** Sockets of other network namespaces are in no table of this one. */
  'own-namespace-only',
  /** The system knows no such thing. */
  'no-such-thing',
  /** No call of the system tells it, only its tools and its configuration store. */
  'no-native-call',
  /** Words of a translated tool may be unknown. */
  'language-of-tool',
  /** Sockets of network stacks in user space are not in the tool's list. */
  'user-space-sockets-missing',
  /** More rights are had by starting Sockscope anew with them. */
  'start-again-elevated',
  /** More rights are asked for in one case only. */
  'only-to-end-processes',
  /** Packets are captured by a tool that the system does not have. */
  'no-capture-tool',
  'platform-unknown',
] as const
export type CapabilityReason = (typeof capabilityReasons)[number]

/** What has to be so for a capability to work fully. */
export const capabilityConditions = [
  'root',
  'root-or-ptrace-capability',
  'root-or-kill-capability',
  'root-or-net-admin',
  'administrator',
  'uac-consent',
  'administrator-password',
  'experimental-switch',
  'root-or-net-raw',
  'root-or-bpf-access',
] as const
export type CapabilityCondition = (typeof capabilityConditions)[number]
