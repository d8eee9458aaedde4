/** What is said of a listening port beside its figures. */
import { Globe, House, Link2, Network, ShieldAlert } from '@lucide/vue'
import type { Component } from 'vue'
import type { AddressScope } from '../../../src-shared/model/address-scope.ts'
import { addressScopes } from '../../../src-shared/model/address-scope.ts'
import { sensitiveServiceOf, type SensitiveService } from '../../../src-shared/model/sensitive-services.ts'
import type { ListeningPort } from '../../view/grouping/listening-ports.ts'

/** A symbol per reach, so that colour is not the only difference. */
export const scopeSymbols: Readonly<Record<AddressScope, Component>> = {
  any: Globe,
  public: ShieldAlert,
  private: Network,
  'link-local': Link2,
  loopback: House,
}

/** Larger for those that more can reach. */
export function breadthOf(scope: AddressScope): number {
  return addressScopes.length - addressScopes.indexOf(scope)
}

/** What a port offers that should not be open to others, whoever can reach it. */
export function sensitiveOf({ protocol, port, owners }: ListeningPort): SensitiveService | undefined {
  return sensitiveServiceOf(protocol, port, owners[0]?.name)
}
