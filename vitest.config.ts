import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const node = (name: string, options: object = {}) => ({
  test: { name, environment: 'node', include: [`test/${name}/**/*.test.ts`], ...options },
})

export default defineConfig({
  test: {
    projects: [
      node('unit'),
      node('architecture'),
      node('contract', { testTimeout: 20_000 }),
      { plugins: [vue()], test: { name: 'component', environment: 'happy-dom', include: ['test/component/**/*.test.ts'] } },
      node('security', { testTimeout: 20_000 }),
      // What follows uses real sockets, processes and browsers: one file at a time, so that they do not see each other's.
      node('live', { testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: false }),
      {
        resolve: { alias: { electron: path('./test/standin/electron.ts') } },
        test: {
          name: 'shell',
          environment: 'node',
          include: ['test/shell/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      node('e2e', { testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: false }),
      node('package', { testTimeout: 120_000, hookTimeout: 120_000 }),
      node('electron', { testTimeout: 60_000 }),
      // Fetches Wine the first time, about 150 MB.
      node('wine', { testTimeout: 60_000, hookTimeout: 120_000, fileParallelism: false }),
      node('platform', { testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: false }),
    ],
  },
})
