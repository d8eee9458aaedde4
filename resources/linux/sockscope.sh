#!/bin/sh
# /usr/bin/sockscope of the deb and rpm packages: the window, or with a command the command line in the same program.
app=/opt/Sockscope/sockscope

case "${1-}" in
  # These open nothing, so there is no page to keep in a sandbox, and no display is needed. Chromium refuses root without the switch.
  [!-]* | -h | --help | -V | --version | --lang | --lang=*)
    exec "$app" --headless --no-sandbox --no-zygote --sockscope-command "$@"
    ;;
esac

if [ "$(id -u)" = 0 ] && [ "${1-}" != --no-sandbox ]; then
  echo "sockscope: the window does not run as root, because Chromium's sandbox cannot." >&2
  echo "Use 'sockscope list', or 'sockscope serve --allow-actions' and a browser of your own user." >&2
  exit 3
fi
exec "$app" "$@"
