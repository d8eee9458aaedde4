#!/bin/sh
# After installing the deb or rpm. /usr/bin/sockscope comes with the package itself.
set -e
folder='/opt/${sanitizedProductName}'

# Chromium's own sandbox needs user namespaces; where the kernel has none, its helper does it with root's rights.
if unshare --user true 2>/dev/null; then
  chmod 0755 "$folder/chrome-sandbox"
else
  chmod 4755 "$folder/chrome-sandbox"
fi

# Ubuntu 24 and newer give user namespaces only to programs with a profile. An AppArmor that does not know this kind needs none.
profile="$folder/resources/apparmor-profile"
if command -v apparmor_parser >/dev/null 2>&1 && apparmor_parser --skip-kernel-load "$profile" >/dev/null 2>&1; then
  install -m 0644 "$profile" '/etc/apparmor.d/${executable}'
  if aa-enabled --quiet 2>/dev/null; then
    apparmor_parser --replace --write-cache --skip-read-cache '/etc/apparmor.d/${executable}' || true
  fi
fi

if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database -q /usr/share/applications || true; fi
if command -v gtk-update-icon-cache >/dev/null 2>&1; then gtk-update-icon-cache -q -t -f /usr/share/icons/hicolor || true; fi
exit 0
