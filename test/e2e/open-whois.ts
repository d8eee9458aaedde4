/** The window of whois, which rows of loopback addresses do not offer: nobody has registered those. */
import type { Page } from 'playwright-core'

/** Where Vue and Pinia keep what a page consists of. */
interface Mounted {
  readonly __vue_app__: {
    readonly config: {
      readonly globalProperties: { readonly $pinia: { readonly _s: ReadonlyMap<string, { open(address: string): void }> } }
    }
  }
}

/** Opens it for an address of documentation (RFC 5737), and asks nobody. */
export function openWhois(page: Page): Promise<void> {
  return page.evaluate(() => {
    // oxlint-disable no-underscore-dangle -- names of Vue and Pinia
    const root = document.getElementById('app') as unknown as Mounted
    root.__vue_app__.config.globalProperties.$pinia._s.get('whois')?.open('192.0.2.1')
  })
}
