/**
 * Services that are meant for one machine or a closed network, by the ports registered for or shipped with them (IANA registry, the
 * programs' own documentation) and by the names of their programs. Ports that many unrelated programs use (8080, 9000, 3000) are
 * deliberately absent: such services are found by name only.
 */

/** Why a service should not be public. */
export const serviceRisks = [
  /** It asks for no password unless it was told to. */
  'no-login',
  /** Only its older versions do. */
  'no-login-before',
  /** Whoever may talk to it may run programs here. */
  'remote-code',
  /** It is protected by a password, and guessing goes on all day. */
  'password-only',
  /** What goes over it, passwords included, is readable on the way. */
  'plain-text',
  /** It answers more than it was asked: attackers let it answer others (UDP). */
  'amplifier',
  /** It tells much about this machine. */
  'tells-much',
] as const
export type ServiceRisk = (typeof serviceRisks)[number]

export interface SensitiveService {
  readonly name: string
  readonly risk: ServiceRisk
  /** warning: reachable means broken into, if nothing else protects it. notice: it defends itself to some degree. */
  readonly severity: 'warning' | 'notice'
  readonly tcp?: readonly number[]
  readonly udp?: readonly number[]
  /** Names of processes in lower case, without `.exe`; Linux cuts names at 15 characters. They count on any TCP port... */
  readonly programs?: readonly string[]
  /** ...unless the program listens for other things too (cluster, gossip, metrics): then it is this service on its ports alone. */
  readonly onItsPortsOnly?: true
  /** Every Windows has it, open to the local network: that says nothing about the machine. */
  readonly partOfWindows?: true
}

const databases: readonly SensitiveService[] = [
  { name: 'MySQL', risk: 'password-only', severity: 'notice', tcp: [3306, 33_060], programs: ['mysqld', 'mariadbd'] },
  { name: 'PostgreSQL', risk: 'password-only', severity: 'notice', tcp: [5432], programs: ['postgres', 'postmaster'] },
  { name: 'Microsoft SQL Server', risk: 'password-only', severity: 'notice', tcp: [1433], programs: ['sqlservr'] },
  { name: 'SQL Server Browser', risk: 'amplifier', severity: 'notice', udp: [1434] },
  { name: 'Oracle Database', risk: 'password-only', severity: 'notice', tcp: [1521], programs: ['tnslsnr'] },
  { name: 'Db2', risk: 'password-only', severity: 'notice', tcp: [50_000], programs: ['db2sysc'] },
  { name: 'MongoDB', risk: 'no-login', severity: 'warning', tcp: [27_017, 27_018, 27_019], programs: ['mongod', 'mongos'] },
  { name: 'CouchDB', risk: 'no-login-before', severity: 'notice', tcp: [5984] },
  { name: 'Cassandra', risk: 'no-login', severity: 'warning', tcp: [9042, 9160, 7199] },
  { name: 'ClickHouse', risk: 'no-login', severity: 'warning', tcp: [8123, 9009], programs: ['clickhouse-serv', 'clickhouse-server'] },
  { name: 'InfluxDB', risk: 'no-login-before', severity: 'notice', tcp: [8086], programs: ['influxd'], onItsPortsOnly: true },
  { name: 'Neo4j', risk: 'password-only', severity: 'notice', tcp: [7474, 7687] },
  { name: 'RethinkDB', risk: 'no-login', severity: 'warning', tcp: [28_015, 29_015], programs: ['rethinkdb'] },
  { name: 'LDAP', risk: 'plain-text', severity: 'notice', tcp: [389], programs: ['slapd'] },
  { name: 'LDAP', risk: 'amplifier', severity: 'notice', udp: [389] },
]

const caches: readonly SensitiveService[] = [
  {
    name: 'Redis',
    risk: 'no-login',
    severity: 'warning',
    tcp: [6379, 16_379, 26_379],
    programs: ['redis-server', 'redis-sentinel', 'valkey-server', 'keydb-server'],
  },
  { name: 'Memcached', risk: 'no-login', severity: 'warning', tcp: [11_211], udp: [11_211], programs: ['memcached'] },
  { name: 'Elasticsearch', risk: 'no-login-before', severity: 'notice', tcp: [9200, 9300] },
  { name: 'Solr', risk: 'remote-code', severity: 'warning', tcp: [8983] },
  { name: 'Meilisearch', risk: 'no-login', severity: 'notice', tcp: [7700], programs: ['meilisearch'] },
  { name: 'Qdrant', risk: 'no-login', severity: 'warning', tcp: [6333, 6334], programs: ['qdrant'] },
]

const queues: readonly SensitiveService[] = [
  { name: 'RabbitMQ', risk: 'password-only', severity: 'notice', tcp: [5672, 15_672, 25_672] },
  { name: 'Erlang port mapper', risk: 'tells-much', severity: 'notice', tcp: [4369], programs: ['epmd'] },
  { name: 'Kafka', risk: 'no-login', severity: 'warning', tcp: [9092] },
  { name: 'ZooKeeper', risk: 'no-login', severity: 'warning', tcp: [2181] },
  { name: 'ActiveMQ', risk: 'remote-code', severity: 'warning', tcp: [61_616, 8161] },
  { name: 'MQTT', risk: 'no-login', severity: 'notice', tcp: [1883], programs: ['mosquitto'] },
  { name: 'NATS', risk: 'no-login', severity: 'notice', tcp: [4222], programs: ['nats-server'], onItsPortsOnly: true },
]

const orchestration: readonly SensitiveService[] = [
  { name: 'Docker API', risk: 'remote-code', severity: 'warning', tcp: [2375, 2376], programs: ['dockerd'], onItsPortsOnly: true },
  { name: 'etcd', risk: 'no-login', severity: 'warning', tcp: [2379, 2380], programs: ['etcd'], onItsPortsOnly: true },
  { name: 'Kubelet', risk: 'remote-code', severity: 'warning', tcp: [10_250, 10_255], programs: ['kubelet'], onItsPortsOnly: true },
  { name: 'Kubernetes API', risk: 'password-only', severity: 'notice', tcp: [6443], programs: ['kube-apiserver'] },
  { name: 'Consul', risk: 'remote-code', severity: 'warning', tcp: [8500], programs: ['consul'], onItsPortsOnly: true },
  { name: 'Nomad', risk: 'remote-code', severity: 'warning', tcp: [4646], programs: ['nomad'], onItsPortsOnly: true },
  { name: 'Vault', risk: 'password-only', severity: 'notice', tcp: [8200], programs: ['vault'], onItsPortsOnly: true },
  { name: 'Hadoop', risk: 'remote-code', severity: 'warning', tcp: [8088, 50_070, 9870] },
  { name: 'Spark', risk: 'remote-code', severity: 'warning', tcp: [7077] },
  { name: 'Ray', risk: 'remote-code', severity: 'warning', tcp: [8265] },
  { name: 'libvirt', risk: 'remote-code', severity: 'warning', tcp: [16_509], programs: ['libvirtd'] },
]

const debuggers: readonly SensitiveService[] = [
  { name: 'Node.js debugger', risk: 'remote-code', severity: 'warning', tcp: [9229] },
  { name: 'Browser debugger', risk: 'remote-code', severity: 'warning', tcp: [9222] },
  { name: 'Java debugger', risk: 'remote-code', severity: 'warning', tcp: [5005] },
  { name: 'Python debugger', risk: 'remote-code', severity: 'warning', tcp: [5678] },
  { name: 'Delve', risk: 'remote-code', severity: 'warning', tcp: [2345], programs: ['dlv'] },
  { name: 'gdbserver', risk: 'remote-code', severity: 'warning', programs: ['gdbserver', 'lldb-server'] },
  { name: 'Java RMI', risk: 'remote-code', severity: 'warning', tcp: [1099] },
  { name: 'Android Debug Bridge', risk: 'remote-code', severity: 'warning', tcp: [5037, 5555], programs: ['adb', 'adbd'] },
  {
    name: 'Jupyter',
    risk: 'remote-code',
    severity: 'warning',
    tcp: [8888],
    programs: ['jupyter-lab', 'jupyter-noteboo', 'jupyter-notebook'],
  },
]

const remoteControl: readonly SensitiveService[] = [
  { name: 'Telnet', risk: 'plain-text', severity: 'warning', tcp: [23], programs: ['telnetd', 'in.telnetd'] },
  { name: 'rlogin and rsh', risk: 'plain-text', severity: 'warning', tcp: [512, 513, 514] },
  { name: 'FTP', risk: 'plain-text', severity: 'notice', tcp: [21], programs: ['vsftpd', 'proftpd', 'pure-ftpd'] },
  { name: 'TFTP', risk: 'no-login', severity: 'warning', udp: [69], programs: ['in.tftpd'] },
  { name: 'Remote Desktop', risk: 'password-only', severity: 'notice', tcp: [3389], udp: [3389], programs: ['xrdp'] },
  {
    name: 'VNC',
    risk: 'password-only',
    severity: 'warning',
    tcp: [5900, 5901, 5902, 5903],
    programs: ['xvnc', 'x11vnc', 'vncserver', 'vncserver-x11-c', 'winvnc', 'tvnserver', 'x0vncserver'],
  },
  { name: 'X11', risk: 'remote-code', severity: 'warning', tcp: [6000, 6001, 6002, 6003, 6010], programs: ['xorg'] },
  { name: 'WinRM', risk: 'remote-code', severity: 'notice', tcp: [5985, 5986] },
  { name: 'IPMI', risk: 'password-only', severity: 'warning', udp: [623] },
]

const files: readonly SensitiveService[] = [
  { name: 'SMB', risk: 'password-only', severity: 'notice', tcp: [445, 139], programs: ['smbd'], partOfWindows: true },
  { name: 'NFS', risk: 'no-login', severity: 'notice', tcp: [2049], udp: [2049] },
  { name: 'RPC port mapper', risk: 'amplifier', severity: 'notice', tcp: [111], udp: [111], programs: ['rpcbind'] },
  { name: 'Windows RPC', risk: 'tells-much', severity: 'notice', tcp: [135], partOfWindows: true },
  { name: 'rsync', risk: 'no-login', severity: 'notice', tcp: [873] },
  { name: 'iSCSI', risk: 'no-login', severity: 'notice', tcp: [3260] },
  { name: 'SNMP', risk: 'plain-text', severity: 'notice', tcp: [161], udp: [161], programs: ['snmpd'] },
  { name: 'CUPS', risk: 'tells-much', severity: 'notice', tcp: [631], programs: ['cupsd'] },
]

/** No port occurs twice within a protocol, and no program. */
export const sensitiveServices: readonly SensitiveService[] = [
  ...databases,
  ...caches,
  ...queues,
  ...orchestration,
  ...debuggers,
  ...remoteControl,
  ...files,
]

const byPort = {
  tcp: new Map(sensitiveServices.flatMap((service) => (service.tcp ?? []).map((port) => [port, service] as const))),
  udp: new Map(sensitiveServices.flatMap((service) => (service.udp ?? []).map((port) => [port, service] as const))),
}
const byProgram = new Map(sensitiveServices.flatMap((service) => (service.programs ?? []).map((program) => [program, service] as const)))

/** What a listening socket offers, if it is one of them: what its program is known for wins over what its port is. */
export function sensitiveServiceOf(protocol: 'tcp' | 'udp', port: number, program: string | undefined): SensitiveService | undefined {
  const named = protocol === 'tcp' && program !== undefined ? byProgram.get(program.toLowerCase().replace(/\.exe$/, '')) : undefined
  if (named === undefined) return byPort[protocol].get(port)
  return named.onItsPortsOnly === true && named.tcp?.includes(port) !== true ? undefined : named
}
