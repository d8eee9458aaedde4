#!/usr/bin/env node
// Stands for `fpm -s dir -t deb` (CUSTOM_FPM_PATH), which electron-builder would download: lays the tree out and calls dpkg-deb.
// Knows only what electron-builder passes.
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const { flags, dependencies, files } = parse(process.argv.slice(2))
if (flags.get('t') !== 'deb') throw new Error(`fpm-deb only builds deb, not ${flags.get('t')}`)
const root = mkdtempSync(join(tmpdir(), 'fpm-deb-'))
try {
  copyFiles()
  mkdirSync(join(root, 'DEBIAN'))
  writeFileSync(join(root, 'DEBIAN/control'), control())
  copyScripts()
  chmodSync(root, 0o755)
  const options = ['--root-owner-group', `-Z${flags.get('deb-compression') ?? 'xz'}`]
  execFileSync('dpkg-deb', [...options, '--build', root, flags.get('package')], { stdio: 'inherit' })
} finally {
  rmSync(root, { recursive: true })
}

function parse(args) {
  const parsed = { flags: new Map(), dependencies: [], files: [] }
  while (args.length > 0) {
    const arg = args.shift()
    if (arg === '-d') parsed.dependencies.push(args.shift())
    else if (!arg.startsWith('-')) parsed.files.push(arg)
    else if (arg !== '--force') parsed.flags.set(arg.replace(/^-+/, ''), args.shift())
  }
  return parsed
}

function copyFiles() {
  for (const file of files) {
    const [from, to] = file.split('=')
    const target = join(root, to)
    mkdirSync(dirname(target), { recursive: true })
    cpSync(from.replace(/\/$/, ''), target, { recursive: true, verbatimSymlinks: true })
  }
}

function control() {
  const [summary, ...rest] = flags.get('description').trim().split('\n')
  const sizeKb = Number(execFileSync('du', ['-sk', root], { encoding: 'utf8' }).split('\t')[0])
  return [
    `Package: ${flags.get('name')}`,
    `Version: ${flags.get('version')}`,
    `Architecture: ${flags.get('architecture')}`,
    `Maintainer: ${flags.get('maintainer')}`,
    `Installed-Size: ${sizeKb}`,
    `Depends: ${dependencies.join(', ')}`,
    `Section: net`,
    `Priority: optional`,
    `Homepage: ${flags.get('url')}`,
    `Description: ${summary}`,
    ...rest.map((line) => ` ${line.trim() === '' ? '.' : line.trim()}`),
    '',
  ].join('\n')
}

function copyScripts() {
  const scripts = { 'after-install': 'postinst', 'after-remove': 'postrm', 'before-install': 'preinst', 'before-remove': 'prerm' }
  for (const [flag, name] of Object.entries(scripts).filter(([each]) => flags.has(each))) {
    cpSync(flags.get(flag), join(root, 'DEBIAN', name))
    chmodSync(join(root, 'DEBIAN', name), 0o755)
  }
}
