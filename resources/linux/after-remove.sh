#!/bin/sh
# After removing the deb or rpm; an upgrade keeps what the new version has just installed.
set -e
case "${1-}" in upgrade | 1) exit 0 ;; esac

profile='/etc/apparmor.d/${executable}'
if [ -f "$profile" ]; then
  if command -v aa-enabled >/dev/null 2>&1 && aa-enabled --quiet 2>/dev/null; then apparmor_parser --remove "$profile" || true; fi
  rm -f "$profile"
fi
exit 0
