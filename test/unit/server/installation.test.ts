import { expect, it } from 'vitest'
import { findInstallation } from '../../../src-main/server/installation.ts'

const built = { engineModule: '/app/out/main/engine.js', rendererFolder: '/app/out/renderer' }
const exists = (path: string): boolean => [built.engineModule, `${built.rendererFolder}/index.html`].includes(path)

it.each(['/app/out/main', '/app/out/main/chunks', '/app/src-main/server'])('finds the built parts from %s', (folder) => {
  expect(findInstallation(folder, exists)).toEqual(built)
})

it('finds nothing where only half was built, or nothing at all', () => {
  expect(findInstallation('/app/src-main/server', (path) => path === built.engineModule)).toBeUndefined()
  expect(findInstallation('/', () => false)).toBeUndefined()
})
