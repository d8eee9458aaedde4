import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { fileURLToPath } from 'node:url'
import { enrichmentData } from './scripts/package/enrichment-data.mjs'
import { thirdPartyNotices } from './scripts/package/third-party-notices.mjs'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const notices = (bundle: string): ReturnType<typeof thirdPartyNotices> => thirdPartyNotices(path('./out/notices'), bundle)

export default defineConfig({
  main: {
    plugins: [notices('main'), enrichmentData(path('./out/data'))],
    build: {
      target: 'node20.11', // the npm package runs on it; Electron's own is newer
      sourcemap: true,
      externalizeDeps: true, // only `dependencies` (koffi) stay outside the bundle
      rolldownOptions: {
        input: {
          index: path('./src-main/app.ts'),
          engine: path('./src-main/engine-process/index.ts'),
          sockscope: path('./src-main/sockscope.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      target: 'node24.18',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: path('./src-main/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' }, // a sandboxed preload cannot be an ES module
      },
    },
  },
  renderer: {
    root: path('./src-renderer'),
    plugins: [vue(), notices('renderer')],
    define: {
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __INTLIFY_JIT_COMPILATION__: 'true',
      __INTLIFY_DROP_MESSAGE_COMPILER__: 'false',
      __VUE_I18N_LEGACY_API__: 'false',
    },
    build: {
      target: 'chrome156',
      minify: true, // electron-vite's default is false
      chunkSizeWarningLimit: 1500, // kilobytes; read from the disk or over loopback, where parts would only add requests
      rolldownOptions: { input: path('./src-renderer/index.html') },
    },
  },
})
