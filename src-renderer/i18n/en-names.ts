/** Words about names of ports, hosts, countries and networks. */
import type { WhoisProblem } from '../../src-shared/contract/names.ts'

export const enNames = {
  names: {
    title: 'Names and networks',
    serviceNames: 'Names of ports',
    serviceNamesHelp: 'What a port is registered for with IANA. It need not be what runs there. Tells nobody anything.',
    countries: 'Country of an address',
    countriesHelp: 'From data that came with Sockscope. Data bases are often wrong about single addresses. Tells nobody anything.',
    shown: 'Show',
    creditDate: ', licence {licence}, data of {date}',
    creditVersion: ', licence {licence}, version {version}',
    countriesMissing: 'This build holds no country data.',
    reverseNames: 'Host names (reverse DNS)',
    reverseOff: 'Off',
    reversePublic: 'Public addresses',
    reverseAll: 'Public and private addresses',
    reverseReadOnly: 'This host only looks: it asks for no more names than it does now. Start it with {option} to change that.',
    reverseHelp:
      'Asks the DNS resolver of the machine that Sockscope runs on. The resolver, and whoever runs the addresses, can tell that somebody looked at them. The names are chosen by whoever runs the address.',
    files: 'Your own files',
    filesHelp:
      'Put .mmdb files with networks or countries (GeoLite2, DB-IP Lite, IPinfo Lite), or links to them, into this folder of the machine that Sockscope runs on. They win over the data that came with it.',
    noFiles: 'No files there.',
    fileUsed: '{name}: {type}, data of {date}',
    fileUnreadable: '{name}: cannot be read. Check its rights.',
    fileTooLarge: '{name}: too large.',
    fileDamaged: '{name}: no .mmdb file, or damaged.',
    unknown: 'unknown',
    lookUp: 'Look up the host name',
    found: '{address} is called {host}.',
    notFound: '{address} has no host name, or its resolver does not answer.',
    lookUpFailed: 'The host name could not be looked up. {reason}',
    noName: 'This address has no name that could be asked for.',
    unregistered: 'This address is private. No registry knows it.',
    whoisMenu: 'Whois…',
    whoisTitle: 'Whois {address}',
    whoisTells:
      'This asks whois.iana.org and then the registry of the address, without encryption. They, and whoever listens on the way, learn that the machine that Sockscope runs on asks about {address}.',
    whoisAsk: 'Ask',
    whoisAsking: 'Asking…',
    whoisFrom: 'Answer of {server}',
    whoisCut: 'The rest was cut off.',
    whoisCopy: 'Copy',
    whoisNoServer: 'The server {server} did not answer. Port 43 may be blocked by a firewall.',
    whoisProblem: {
      'not-public': 'No registry knows this address: it is not a public one.',
      unreachable: 'The registry cannot be reached.',
      timeout: 'The registry did not answer in time.',
      busy: 'Other whois questions are still open. Try again in a moment.',
    } satisfies Record<WhoisProblem, string>,
  },
}
