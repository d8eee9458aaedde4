import type { HelpTexts } from './help-texts.ts'

const dialect = 'state words of RFC 9293 (default), Windows or ss'
const yes = 'do not ask'
const dryRun = 'only show what would happen'

export const helpEn: HelpTexts = {
  title: 'Sockscope: every TCP and UDP endpoint of this machine, who owns it, and the means to act on it.',
  usage: 'Usage',
  commands: 'Commands',
  options: 'Options',
  examples: 'Examples',
  exitCodes: 'Exit codes',
  exitLines: [
    '0 done',
    '1 nothing matched, or it did not come about',
    '2 wrong usage',
    '3 not permitted',
    '4 the target is gone',
    '5 the machine could not be read',
  ],
  more: 'Run "sockscope COMMAND --help" for one command.',
  serve: 'serve the interface to a browser of this machine',
  commonOptions: {
    lang: 'language of messages; the default follows LC_ALL, LC_MESSAGES and LANG',
    help: 'show this help',
    version: 'show the version',
  },
  byCommand: {
    list: {
      summary: 'list the connections once',
      usage: '[QUERY] [OPTIONS]',
      details: [
        'QUERY is the filter language of the search box: words match process, address, port or state; terms such as process:nginx,',
        'state:close_wait, port:8000-8999, remote:10.0.0.0/8 or :8080; -term or !term excludes; OR and ( ) combine.',
        'Figures take >, < and ranges with units: age:>5m, rx:>1MB, rtt:>100ms, lastrx:>5m, unanswered:>2, retrans:>0.',
      ],
      options: {
        json: 'one JSON array',
        ndjson: 'one JSON object per line',
        csv: 'comma-separated values (RFC 4180)',
        columns: 'these columns, in this order (table and CSV)',
        sort: 'sort by this column; -COLUMN sorts downwards',
        all: 'every column there is (table and CSV)',
        from: 'a listing saved with --json or --ndjson, with its names, instead of this machine; - is standard input',
        view: 'search, columns and order of a view saved in the window, or of the text of one in a file; - is standard input',
        services: 'add what the ports are registered for, such as https',
        country: 'add country and network of the remote address, from data of this machine',
        resolve: 'add host names of remote addresses; asks the DNS resolver, which learns the addresses',
        dialect,
        verbose: 'say on stderr what limits the answer',
      },
      examples: [
        ['sockscope list :8080', 'who uses port 8080'],
        ['sockscope list is:listening -is:loopback', 'what can be reached from outside'],
        ['sockscope list state:close_wait --columns pid,process,remote', 'what a program forgot to close'],
        ['sockscope list --sort -received --all', 'the biggest receivers first'],
        ['sockscope list is:public --country --resolve', 'who is talked to on the Internet'],
        ['sockscope list is:listening --services', 'what is offered here, by name'],
        ['sockscope list --view "Web servers"', 'what a saved view shows'],
        ['sockscope list --from saved.json state:time_wait', 'ask a saved listing'],
      ],
    },
    watch: {
      summary: 'print a line for every change',
      usage: '[QUERY] [OPTIONS]',
      details: ['+ is a new connection, ~ a changed one and what changed, - a closed one. Ctrl+C ends.'],
      options: {
        interval: 'seconds between two looks (default 1)',
        for: 'stop after so many seconds',
        count: 'stop after so many changes',
        initial: 'first print what is there already, marked =',
        services: 'say beside each port what it is registered for',
        ndjson: 'one JSON object per change',
        dialect,
      },
      examples: [
        ['sockscope watch process:node', 'what node opens and closes'],
        ['sockscope watch is:listening --count 1', 'wait until something starts or stops listening'],
      ],
    },
    kill: {
      summary: 'end a process, by its number or by the port it holds',
      usage: 'PID... | --port N [OPTIONS]',
      details: [
        'Shows what would end and asks. The process is recognised by its number and its start: a successor is never ended by mistake.',
      ],
      options: {
        port: 'end what listens on this port; without a listener, what uses it',
        signal: 'send only this; without it TERM, then KILL for what does not go',
        tree: 'end child processes too, parents first',
        yes,
        'dry-run': dryRun,
        'even-protected': 'also end Sockscope itself or the first process of the system',
      },
      examples: [
        ['sockscope kill --port 8080', 'free port 8080'],
        ['sockscope kill 4242 --tree --yes', 'end a process and its children without asking'],
      ],
    },
    close: {
      summary: 'close connections, the processes stay',
      usage: 'QUERY [OPTIONS]',
      details: ['Shows what would be closed and asks. The peer sees a reset. Listening, bound and UDP sockets are refused: use kill.'],
      options: { yes, 'dry-run': dryRun },
      examples: [
        ['sockscope close process:app state:close_wait', 'clear what the program forgot'],
        ['sockscope close remote:192.0.2.7 --dry-run', 'only look'],
      ],
    },
    explain: {
      summary: 'explain a TCP state, in any spelling, or one connection',
      usage: '[STATE|ID] [--json]',
      details: [
        'Without a state: all of them, one line each. With the id of a connection, as list --json tells it: what its state',
        'means for this very connection, who must act next, and whether that is normal.',
      ],
      options: { json: 'the explanation as JSON' },
      examples: [
        ['sockscope explain CLOSE_WAIT', ''],
        ['sockscope explain c0000000000001a2b', 'one connection'],
        ['sockscope explain fin-wait-2 --lang zh-CN', ''],
      ],
    },
    doctor: {
      summary: 'tell what can be seen and done here, and why not more',
      usage: '[--json]',
      details: [],
      options: { json: 'the report as JSON' },
      examples: [['sudo sockscope doctor', 'what root would see']],
    },
    stats: {
      summary: 'counters of IP, ICMP, TCP and UDP since the system started',
      usage: '[--all] [--for SECONDS] [--settings] [--json]',
      details: ['Names are those of RFC 1213, RFC 4022 and RFC 4113 where these have one. Zeros are left out.'],
      options: {
        all: 'zeros too',
        for: 'count for so long and tell what changed, with rates',
        settings: 'instead, the settings of the system that decide over TCP states, with default and meaning',
        json: 'the whole answer as JSON',
      },
      examples: [
        ['sockscope stats', 'retransmissions, failed attempts, overflows'],
        ['sockscope stats --for 10', 'what grows now, and how fast?'],
        ['sockscope stats --settings', 'how long does FIN_WAIT_2 last here?'],
      ],
    },
    interfaces: {
      summary: 'network interfaces with addresses and counters',
      usage: '[--json]',
      details: [],
      options: { json: 'the whole answer as JSON' },
      examples: [['sockscope interfaces', '']],
    },
    routes: {
      summary: 'the routes of this machine',
      usage: '[--all] [--json]',
      details: ['Without --all the entries for own addresses, broadcast and multicast are left out.'],
      options: { all: 'every routing table and every kind of route', json: 'the whole answer as JSON' },
      examples: [['sockscope routes', 'where packets go']],
    },
    gauges: {
      summary: 'how much of what is limited is used: ports, descriptors, queues, orphans',
      usage: '[--json]',
      details: ['The fullest ports, processes and queues, each with its limit. What this system does not tell is named.'],
      options: { json: 'the whole answer as JSON' },
      examples: [
        ['sockscope gauges', 'what fills up first?'],
        ['sudo sockscope gauges --json', 'from a script, with the processes of all users'],
      ],
    },
    diagnose: {
      summary: 'watch for a while and tell what is wrong, why, and what to do',
      usage: '[OPTIONS]',
      details: [
        'Watches for leaks, unanswered calls, floods, full queues, exhausted ports and more. Exit code 1 when something is found, 0 when not.',
        'Nothing is changed. Ctrl+C ends early with what was found so far. Rules that need more time than was given are named.',
      ],
      options: {
        for: 'watch for so many seconds (default 15)',
        interval: 'seconds between two looks (default 1)',
        thresholds: 'other thresholds for this run, such as close-wait-age=2s,stalled-queue=64KiB,port-share=50%',
        'usual-thresholds': 'do not take those that you changed in the window',
        rule: 'only these rules',
        severity: 'only what is at least so severe (default notice)',
        report: 'a whole report with machine, evidence and thresholds, to hand on',
        json: 'one JSON object, without explanations',
      },
      examples: [
        ['sockscope diagnose --for 90', 'long enough for every rule but the two-hour one'],
        ['sockscope diagnose --rule close-wait-leak --thresholds close-wait-age=5s --for 10', 'look for a leak, faster'],
        ['sudo sockscope diagnose --for 60 --report markdown > report.md', 'a report for a ticket'],
        ['sockscope diagnose --severity warning --json || notify-admin', 'from a script'],
      ],
    },
    trace: {
      summary: 'capture the headers of one TCP connection and draw what both ends say',
      usage: 'QUERY|ID [OPTIONS]',
      details: [
        'Each step with flags, relative numbers, what it means and the states it causes. Only headers are kept, never what they carry.',
        'Needs tcpdump and the right to capture (root, or CAP_NET_RAW for tcpdump); "sockscope doctor" tells. Ctrl+C ends.',
      ],
      options: {
        for: 'seconds (default 60, at most 300)',
        packets: 'end after so many packets (default 500, at most 5000)',
        write: 'also write the headers as a pcap file, for this user alone',
        force: 'replace the file if it exists',
        json: 'one JSON object at the end instead of the drawing',
      },
      examples: [
        ['sudo sockscope trace process:firefox remote:192.0.2.7', 'must match exactly one connection'],
        ['sudo sockscope trace c0000000000026e21 --for 20 --write talk.pcap', 'by the id that "list --columns id" shows'],
      ],
    },
  },
}
