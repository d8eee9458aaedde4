#!/bin/sh
# Sockscope.app/Contents/Resources/bin/sockscope: the command line of the app. Link it to a folder of the PATH to use it.
link=$0
while [ -L "$link" ]; do
  target=$(readlink "$link")
  case "$target" in
    /*) link=$target ;;
    *) link=$(dirname "$link")/$target ;;
  esac
done
app=$(cd "$(dirname "$link")/../.." && pwd)/MacOS/sockscope
[ $# -gt 0 ] || set -- --help
exec "$app" --headless --no-sandbox --sockscope-command "$@"
