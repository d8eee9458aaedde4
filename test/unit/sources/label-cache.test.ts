import { expect, it } from 'vitest'
import { LabelCache } from '../../../src-main/sources/label-cache.ts'
import { RowTable } from '../../../src-main/table/row-table.ts'

function setUp() {
  const table = new RowTable({ sessionBase: 'test' })
  const system = { user: undefined as string | undefined, interface: 'eth0', generation: 1 }
  const asked: string[] = []
  const labels = new LabelCache({
    userName: (uid) => {
      asked.push(`user ${uid}`)
      return system.user
    },
    interfaceName: (index) => {
      asked.push(`interface ${index}`)
      return system.interface
    },
    generation: () => system.generation,
  })
  const look = (takenAt: number): (string | undefined)[] => {
    table.begin(takenAt)
    labels.useTable(table)
    return [labels.user(1000), labels.interface(2)].map((reference) => table.strings.text(reference))
  }
  return { system, asked, look }
}

it('names are asked for once as long as nothing changes', () => {
  const { asked, look } = setUp()
  look(1000)
  expect(look(2000)).toEqual(['1000', 'eth0'])
  expect(asked).toEqual(['user 1000', 'interface 2'])
})

it('a name that came later takes the place of the number on the next look', () => {
  const { system, look } = setUp()
  expect(look(1000)[0]).toBe('1000')
  Object.assign(system, { user: 'lena', generation: 2 })
  expect(look(2000)[0]).toBe('lena')
})

it('a renamed interface has its new name after a minute at most', () => {
  const { system, look } = setUp()
  look(1000)
  system.interface = 'lan'
  expect([look(60_999)[1], look(61_001)[1]]).toEqual(['eth0', 'lan'])
})
