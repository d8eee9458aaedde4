/** What is known about the ends of a connection by name. Reading it has what is unknown asked for. */
import type { Connection } from '../../../src-shared/model/connection.ts'
import { networkText, type KnownNames } from '../../../src-shared/model/known-names.ts'
import type { Text } from '../../i18n/use-text.ts'
import type { CellFormat } from '../../view/format.ts'
import { countryText } from '../../view/row-names.ts'
import type { Fact } from '../details/detail-facts.ts'

export function nameFacts({ protocol, local, remote }: Connection, names: KnownNames, t: Text['t'], format: CellFormat): Fact[] {
  const { services } = names
  const about = remote === undefined ? {} : names.readAddress(remote.address)
  const localName = remote === undefined ? services?.ofListener(local.port, protocol) : services?.ofEnd(local.port, protocol)
  const told = [
    { name: t('column.localService'), value: localName },
    { name: t('column.remoteService'), value: remote && services?.ofEnd(remote.port, protocol) },
    { name: t('column.host'), value: about.host },
    { name: t('column.country'), value: countryText(about.country, format.country) },
    { name: t('column.network'), value: networkText(about) },
  ]
  return told.flatMap(({ name, value }) => (value === undefined || value === '' ? [] : [{ name, value }]))
}
