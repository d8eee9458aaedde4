/** Where the sources of this system take the names of user ids and interface indexes from. */
import { interfaceNameOf } from '../../native/linux/interface-names.ts'
import { userNames } from '../../native/linux/user-names.ts'
import type { Names } from '../label-cache.ts'

export const linuxNames: Names = {
  userName: (uid) => userNames.nameOf(uid),
  interfaceName: interfaceNameOf,
  generation: () => userNames.generation,
}
