/** The owners once more as kernels before 6.2 show them: the number of open descriptors is always 0, of ended processes too. */
import { vi } from 'vitest'

vi.mock(import('../../../src-main/native/linux/process-descriptors.ts'), async (original) => ({
  ...(await original()),
  countDescriptors: () => 0,
}))

await import('./owners.test.ts')
