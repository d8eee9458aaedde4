/** Components and stores as they run in the product, on a fake host. Every warning of Vue or vue-i18n fails the test. */
import { config, enableAutoUnmount, mount, type ComponentMountingOptions, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, vi } from 'vitest'
import { createApp, defineComponent, h, nextTick, type Component } from 'vue'
import { createMessages, type Locale } from '../../../src-renderer/i18n/messages.ts'
import { hostAccessKey } from '../../../src-renderer/stores/host-access.ts'
import type { FakeHost } from './fake-host.ts'

config.global.stubs = {}
beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => {
  const said = [...vi.mocked(console.warn).mock.calls, ...vi.mocked(console.error).mock.calls]
  vi.restoreAllMocks()
  document.body.replaceChildren()
  if (said.length > 0) throw new Error(`unexpected on the console: ${said.map((words) => words.map(String).join(' ')).join('\n')}`)
})

// Registered last and therefore run first: Vue unmounts before the document is emptied.
enableAutoUnmount(afterEach)

interface MountOptions {
  readonly locale?: Locale
  readonly props?: Record<string, unknown>
}

/** A component under the providers of the app; teleported parts are found in `document`. */
export function mountWithHost(host: FakeHost, component: Component, { locale = 'en', props = {} }: MountOptions = {}): VueWrapper {
  const root = defineComponent(() => () => h(TooltipProvider, null, { default: () => h(component, props) }))
  const options: ComponentMountingOptions<typeof root> = {
    attachTo: document.body,
    global: {
      plugins: [createPinia(), createMessages(locale)],
      provide: { [hostAccessKey as symbol]: { link: host.link, clock: host.clock } },
    },
  }
  return mount(root, options)
}

/** A store outside any component. */
export function useWithHost<Store>(host: FakeHost, use: (pinia: ReturnType<typeof createPinia>) => Store): Store {
  const pinia = createPinia()
  createApp({ render: () => null })
    .provide(hostAccessKey, { link: host.link, clock: host.clock })
    .use(pinia)
  return use(pinia)
}

/** Lets messages travel and Vue render: a few turns of the task queue. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0))
  await nextTick()
}

export function byText(selector: string, text: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>(selector)].find((element) => element.textContent?.trim() === text)
}
