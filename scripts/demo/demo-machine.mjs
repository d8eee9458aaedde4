/**
 * A small made-up machine for screenshots: a web server, an application, a database, a cache, a resolver, a mail relay and their
 * connections, all inside the network namespace that screenshots.mjs made. argv[2] is the role. Ends when its input ends.
 */
import { createSocket } from 'node:dgram'
import { connect, createServer } from 'node:net'

const quiet = (socket) => socket.on('error', () => {})
const answer = (bytes) => (socket) => quiet(socket).on('data', () => socket.write(Buffer.alloc(bytes)))
const listen = (port, host, onSocket, options = {}) => createServer(options, onSocket).listen(port, host)

/** A connection that asks again and again. */
function talk(port, host, { everyMs, bytes, localAddress }) {
  const socket = quiet(connect({ port, host, localAddress }))
  socket.on('data', () => {})
  if (everyMs !== undefined) setInterval(() => socket.write(Buffer.alloc(bytes)), everyMs)
  return socket
}

/** Visits that come and go; the side that closes first stays in TIME-WAIT. */
function visit(port, host, { everyMs, stayMs, localAddress }) {
  setInterval(() => {
    const socket = talk(port, host, { localAddress })
    socket.write('hello')
    setTimeout(() => socket.end(), stayMs)
  }, everyMs)
}

const forget = () => quiet(connect({ port: 8125, host: '192.0.2.10', allowHalfOpen: true })).on('data', () => {})

const roles = {
  'web-server': () => {
    listen(443, '0.0.0.0', answer(48_000))
    listen(443, '2001:db8::10', answer(9000))
    listen(80, '0.0.0.0', answer(400))
    setTimeout(() => {
      for (const everyMs of [900, 1300, 2100]) talk(3000, '127.0.0.1', { everyMs, bytes: 700 })
    }, 400)
  },
  'shop-app': () => {
    listen(3000, '127.0.0.1', answer(16_000))
    setTimeout(() => {
      for (const everyMs of [700, 1700, undefined]) talk(5432, '127.0.0.1', { everyMs, bytes: 300 })
      talk(6379, '127.0.0.1', { everyMs: 500, bytes: 60 })
      // Peers that closed while this program forgets to: CLOSE-WAIT, more and more.
      for (let count = 0; count < 9; count += 1) forget()
      setInterval(forget, 6000)
    }, 400)
  },
  database: () => listen(5432, '0.0.0.0', answer(6000)), // open to everybody, as a mistake would have it
  cache: () => listen(6379, '127.0.0.1', answer(900)),
  metrics: () => listen(8125, '192.0.2.10', (socket) => quiet(socket).end()),
  resolver: () => {
    createSocket('udp4').bind(53, '127.0.0.53')
    createSocket('udp6').bind(5353, '::')
  },
  browser: () => {
    for (const [localAddress, everyMs] of [
      ['198.51.100.7', 600],
      ['198.51.100.23', 1100],
      ['203.0.113.40', undefined],
    ])
      talk(443, '192.0.2.10', { everyMs, bytes: 500, localAddress })
    talk(443, '2001:db8::10', { everyMs: 1500, bytes: 400, localAddress: '2001:db8::66' })
    visit(80, '192.0.2.10', { everyMs: 1600, stayMs: 2500, localAddress: '203.0.113.9' })
  },
}

roles[process.argv[2]]()
process.stdin.on('end', () => process.exit(0)).resume()
