// Runs in the page before any page script. Loaded as text: this file is never imported.

// A membrane between the main world and the preload's isolated world, in the manner of contextBridge: functions and promises
// are proxied, data is structured-cloned (reading CustomEvent.detail from another world clones it), objects come out frozen.
function electronStandinMembrane(world, peer) {
  const functions = []
  const pending = new Map()
  const returns = new Map()
  let next = 0
  const post = (message) => window.dispatchEvent(new CustomEvent(`electron-standin:${peer}`, { detail: message }))
  const wrap = (value) => {
    if (typeof value === 'function') return { t: 'function', id: functions.push(value) - 1 }
    if (value instanceof Promise) {
      const id = `${world}${++next}`
      const settle = (ok) => (v) => post({ op: 'settle', id, ok, value: ok ? wrap(v) : String(v?.message ?? v) })
      value.then(settle(true), settle(false))
      return { t: 'promise', id }
    }
    if (Array.isArray(value)) return { t: 'array', items: value.map(wrap) }
    const plain =
      value !== null &&
      typeof value === 'object' &&
      ![Date, Map, Set, Error, ArrayBuffer].some((c) => value instanceof c) &&
      !ArrayBuffer.isView(value)
    return plain ? { t: 'object', entries: Object.entries(value).map(([k, v]) => [k, wrap(v)]) } : { t: 'value', value }
  }
  const unwrap = (shape) => {
    if (shape.t === 'function') return (...args) => call(shape.id, args)
    if (shape.t === 'promise') return new Promise((resolve, reject) => pending.set(shape.id, { resolve, reject }))
    if (shape.t === 'array') return shape.items.map(unwrap)
    if (shape.t === 'object') return Object.freeze(Object.fromEntries(shape.entries.map(([k, v]) => [k, unwrap(v)])))
    return shape.value
  }
  const call = (id, args) => {
    const reply = `${world}${++next}`
    post({ op: 'call', id, reply, args: args.map(wrap) }) // synchronous, so the answer is here when it returns
    const { ok, value } = returns.get(reply)
    returns.delete(reply)
    if (!ok) throw new Error(value)
    return unwrap(value)
  }
  const receive = {
    expose: ({ key, shape }) => Object.defineProperty(window, key, { value: unwrap(shape), enumerable: true }),
    return: (message) => returns.set(message.reply, message),
    settle: ({ id, ok, value }) => (ok ? pending.get(id)?.resolve(unwrap(value)) : pending.get(id)?.reject(new Error(value))),
    call: ({ id, reply, args }) => {
      try {
        post({ op: 'return', reply, ok: true, value: wrap(functions[id](...args.map(unwrap))) })
      } catch (error) {
        post({ op: 'return', reply, ok: false, value: String(error?.message ?? error) })
      }
    },
  }
  window.addEventListener(`electron-standin:${world}`, ({ detail }) => receive[detail.op](detail))
  return { exposeInMainWorld: (key, api) => post({ op: 'expose', key, shape: wrap(api) }) }
}

// JSON, with tags for what Electron's IPC carries and JSON does not.
function electronStandinCodec() {
  const kinds = {
    date: [Date, Number],
    map: [Map, Array.from],
    set: [Set, Array.from],
    bytes: [Uint8Array, (bytes) => (bytes.toBase64 ? bytes.toBase64() : Buffer.from(bytes).toString('base64'))],
    error: [Error, (e) => e.message],
  }
  const revive = {
    date: (v) => new Date(v),
    map: (v) => new Map(v),
    set: (v) => new Set(v),
    bytes: (v) => (Uint8Array.fromBase64 ? Uint8Array.fromBase64(v) : new Uint8Array(Buffer.from(v, 'base64'))),
    error: (v) => new Error(v),
    bigint: BigInt,
    undefined: () => undefined,
  }
  function tag(key, value) {
    const raw = this[key]
    if (typeof raw === 'function' || typeof raw === 'symbol') throw new Error('An object could not be cloned.')
    if (raw === undefined || typeof raw === 'bigint') return { $: typeof raw, v: String(raw) }
    const kind = Object.entries(kinds).find(([, [type]]) => raw instanceof type)
    return kind === undefined ? value : { $: kind[0], v: kind[1][1](raw) }
  }
  return {
    encode: (value) => JSON.stringify(value, tag),
    decode: (text) => JSON.parse(text, (_, v) => (typeof v?.$ === 'string' ? revive[v.$](v.v) : v)),
  }
}

// The isolated world: what a sandboxed preload gets as `require` and `process`. `send` is a CDP binding of this world only.
function electronStandinRenderer(send, contextBridge, codec, versions) {
  const listeners = new Map()
  const invocations = new Map()
  let next = 0
  const post = (message) => send(codec.encode(message))
  const edit = (channel, change) => (listeners.set(channel, change(listeners.get(channel) ?? [])), ipcRenderer)
  const on = (channel, listener) => edit(channel, (all) => [...all, listener])
  const off = (channel, listener) => edit(channel, (all) => all.filter((l) => l !== listener))
  const ipcRenderer = {
    on,
    addListener: on,
    off,
    removeListener: off,
    removeAllListeners: (channel) => edit(channel, () => []),
    once: (channel, listener) =>
      on(channel, function once(...args) {
        off(channel, once)
        listener(...args)
      }),
    send: (channel, ...args) => post({ op: 'send', channel, args }),
    invoke: (channel, ...args) =>
      new Promise((resolve, reject) => {
        invocations.set(++next, { resolve, reject: (reason) => reject(new Error(`Error invoking remote method '${channel}': ${reason}`)) })
        post({ op: 'invoke', id: next, channel, args })
      }),
  }
  globalThis.__electronReceive = (text) => {
    const { op, id, ok, value, channel, args } = codec.decode(text)
    if (op === 'result') invocations.get(id)[ok ? 'resolve' : 'reject'](value)
    if (op !== 'send') return
    for (const listener of listeners.get(channel) ?? []) listener({ sender: ipcRenderer, ports: [] }, ...args)
  }
  window.addEventListener(
    'click',
    (event) => {
      const link = event.target.closest?.('a[target=_blank]')
      if (!link) return
      event.preventDefault()
      post({ op: 'open', url: link.href })
    },
    true,
  )
  const require = (name) => {
    if (name !== 'electron' && name !== 'electron/renderer') throw new Error(`module not found: ${name} (the preload is sandboxed)`)
    return { ipcRenderer, contextBridge }
  }
  return { require, process: { versions, platform: versions.platform, type: 'renderer', sandboxed: true, contextIsolated: true, env: {} } }
}
