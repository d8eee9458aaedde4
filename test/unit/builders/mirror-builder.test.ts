import { expect, it } from 'vitest'
import { connectionAt } from '../../../src-shared/model/connection.ts'
import { applyOrThrow, buildMirror, ChangeSetBuilder } from '../../builders/mirror-builder.ts'

it('rows of the builder read back through the mirror as they were given', () => {
  const mirror = buildMirror([
    { local: '[::1]:53', protocol: 'udp', user: 'ana' },
    { local: '192.0.2.7:50412', remote: '198.51.100.3:443', family: 6, owners: ['firefox', { pid: 7, name: 'helper' }], receivedBytes: 12 },
  ])
  const first = connectionAt(mirror, 0)
  expect(first).toMatchObject({ protocol: 'udp', family: 'ipv6', local: { address: '::1', port: 53 }, user: 'ana' })
  expect(first).not.toHaveProperty('state')
  expect(connectionAt(mirror, 1)).toMatchObject({
    v4Mapped: true,
    state: 'ESTABLISHED',
    local: { address: '192.0.2.7', port: 50412 },
    remote: { address: '198.51.100.3', port: 443 },
    owners: [{ name: 'firefox' }, { pid: 7, name: 'helper' }],
    receivedBytes: 12,
  })
})

it('a delta of the builder joins on to what went before', () => {
  const builder = new ChangeSetBuilder()
  const mirror = buildMirror([])
  applyOrThrow(mirror, builder.full([{ owner: 'nginx', user: 'web' }, { owner: 'sshd' }]))
  applyOrThrow(
    mirror,
    builder.delta({ added: [{ owner: 'nginx', user: 'root' }], changed: [{ id: 1, state: 'CLOSED', user: 'web' }], removed: [2] }),
  )
  expect(mirror.rowCount).toBe(2)
  expect(connectionAt(mirror, mirror.slotOfRow(1)!)).toMatchObject({ state: 'CLOSED', user: 'web' })
  expect(connectionAt(mirror, mirror.slotOfRow(3)!)).toMatchObject({ owners: [{ name: 'nginx' }], user: 'root' })
})
