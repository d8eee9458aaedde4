// The rules come from scripts/layers.json; this file only puts them into dependency-cruiser's words.
const layers = require('./scripts/layers.json')

const folder = (name) => (name === 'shared' ? '^src-shared/' : `^src-main/${name}/`)
const mainLayers = Object.entries(layers.main).map(([name, allowed]) => ({
  name: `${name}-imports-only-what-layers-json-allows`,
  severity: 'error',
  from: { path: `^src-main/${name}/` },
  to: { path: '^(src-main|src-renderer|src-shared)/', pathNot: [folder(name), ...allowed.map(folder)] },
}))
const modulePattern = {
  electron: '^electron$|node_modules/electron/',
  koffi: 'node_modules/koffi/',
  child_process: '^(node:)?child_process$',
  ws: 'node_modules/ws/',
}
const onlyHere = Object.entries(layers.onlyHere).map(([name, places]) => ({
  name: `only-there-imports-${name}`,
  severity: 'error',
  from: { path: '^src-', pathNot: places.map((place) => `^${place}/`) },
  to: { path: modulePattern[name] },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...mainLayers,
    ...onlyHere,
    { name: 'shared-imports-neither-side', severity: 'error', from: { path: '^src-shared' }, to: { path: '^src-(main|renderer)' } },
    { name: 'shared-is-plain', severity: 'error', from: { path: '^src-shared' }, to: { dependencyTypes: ['core'] } },
    { name: 'renderer-imports-shared-and-itself', severity: 'error', from: { path: '^src-renderer' }, to: { path: '^src-main' } },
    { name: 'renderer-has-no-node', severity: 'error', from: { path: '^src-renderer' }, to: { dependencyTypes: ['core'] } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^vite/client$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.vue', '.js', '.json', '.d.ts'],
    },
  },
}
