import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { chooseLocale, createMessages } from './i18n/messages.ts'
import { hostAccessKey } from './stores/host-access.ts'
// oxlint-disable-next-line import/no-unassigned-import -- style sheets are taken in by the bundler
import './styles/base.css'
import { systemClock } from './transport/clock.ts'
import { connectApi } from './transport/connect.ts'

createApp(App)
  .provide(hostAccessKey, { link: connectApi(systemClock), clock: systemClock })
  .use(createPinia())
  .use(createMessages(chooseLocale('system', navigator.languages)))
  .mount('#app')
