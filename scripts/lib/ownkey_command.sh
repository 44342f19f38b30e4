#!/bin/sh
# The command `ownkey` where it is installed as a service: the program as the service runs it, with its user, its settings
# and its data. scripts/install puts it into /usr/local/bin.
[ "$(id -u)" -eq 0 ] || { echo "ownkey: run this as root, for example with sudo" >&2; exit 1; }

export OWNKEY_DATA=/var/lib/ownkey
# As systemd reads it: a value is what stands behind the first '=', without quotes around it, and nothing in it is expanded.
settings=/etc/ownkey/ownkey.env
if [ -r "$settings" ]; then
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in [A-Z]*=*) ;; *) continue ;; esac
    value=${line#*=}
    case $value in \"*\" | \'*\') value=${value#?} value=${value%?} ;; esac
    export "${line%%=*}=$value"
  done <"$settings"
fi
exec setpriv --reuid=ownkey --regid=ownkey --init-groups -- /opt/ownkey/ownkey "$@"
