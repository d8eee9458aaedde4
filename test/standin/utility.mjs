// Prelude of the process that stands for a utility process: process.parentPort, then the real entry.
import { EventEmitter } from 'node:events'
import { pathToFileURL } from 'node:url'

const [entry, ...args] = process.argv.slice(2)
process.argv = [process.argv[0], entry, ...args]

class ParentPort extends EventEmitter {
  postMessage(data) {
    if (process.connected) process.send(data, () => {}) // an app that just ended hears nothing more
  }
}
const parentPort = new ParentPort()
process.parentPort = parentPort

// Messages wait for the first listener, as they do in Electron.
const early = []
process.on('message', (data) => {
  if (parentPort.listenerCount('message') === 0) early.push(data)
  else parentPort.emit('message', { data, ports: [] })
})
parentPort.on('newListener', (name) => {
  if (name === 'message') queueMicrotask(() => early.splice(0).forEach((data) => parentPort.emit('message', { data, ports: [] })))
})
process.on('disconnect', () => process.exit(0)) // a utility process does not outlive its app
await import(pathToFileURL(entry).href)
