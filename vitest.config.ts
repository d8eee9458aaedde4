import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const node = (name: string, options: object = {}) => ({
  test: { name, environment: 'node', include: [`test/${name}/**/*.test.ts`], ...options },
})
/**
 * Runs when the projects of lower order have ended, one file after the other. Other programs of the machine use its ports and its time too:
 * one second try, which `npm test` tells of by name, and more than a look's time for what is polled.
 */
const alone = (order: number) => ({
  fileParallelism: false,
  sequence: { groupOrder: order },
  retry: 1,
  expect: { poll: { timeout: 15_000 } },
})

export default defineConfig({
  test: {
    projects: [
      // Nothing here waits for time; a machine with other work must not make it fail.
      node('unit', { testTimeout: 30_000 }),
      node('architecture', { testTimeout: 30_000 }),
      node('contract', { testTimeout: 20_000 }),
      {
        plugins: [vue()],
        test: { name: 'component', environment: 'happy-dom', include: ['test/component/**/*.test.ts'], testTimeout: 30_000 },
      },
      node('security', { testTimeout: 20_000 }),
      // What follows uses real sockets, processes and browsers: one file and one project at a time, so that they neither see each
      // other's nor wait for each other.
      node('live', { testTimeout: 60_000, hookTimeout: 60_000, ...alone(1) }),
      // Network namespaces of its own, and the engine inside them.
      node('lab', { include: ['test/tcp-lab/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000, ...alone(2) }),
      {
        resolve: { alias: { electron: path('./test/standin/electron.ts') } },
        test: {
          name: 'shell',
          environment: 'node',
          include: ['test/shell/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          ...alone(3),
        },
      },
      node('e2e', { testTimeout: 60_000, hookTimeout: 60_000, ...alone(4) }),
      node('package', { testTimeout: 120_000, hookTimeout: 120_000, ...alone(5) }),
      node('electron', { testTimeout: 60_000, ...alone(6) }),
      // Fetches Wine the first time, about 150 MB.
      node('wine', { testTimeout: 60_000, hookTimeout: 120_000, ...alone(7) }),
      node('platform', { testTimeout: 60_000, hookTimeout: 60_000, ...alone(8) }),
    ],
  },
})
