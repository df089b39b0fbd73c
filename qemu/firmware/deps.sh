#!/bin/sh
# Fetches the Debian source packages of lwIP and mbedTLS into third/, from the mirrors the machine's own apt uses.
# apt's lists and sources are private ones under third/apt: nothing on the system changes.
set -eu
cd "$(dirname "$0")"
apt=$PWD/third/apt
mkdir -p "$apt/sources" "$apt/lists/partial" "$apt/cache/archives/partial"
if grep -qs '^Types:' /etc/apt/sources.list.d/debian.sources; then
    sed 's/^Types:.*/Types: deb-src/' /etc/apt/sources.list.d/debian.sources > "$apt/sources/debian.sources"
else
    sed -n 's/^deb\(-src\)\{0,1\} /deb-src /p' /etc/apt/sources.list | sort -u > "$apt/sources/debian.list"
fi
private() {
    apt-get -q -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$apt/sources" \
        -o Dir::State::Lists="$apt/lists" -o Dir::Cache="$apt/cache" -o APT::Sandbox::User="$(id -un)" "$@"
}
private update
cd third
private source lwip mbedtls
mv lwip-*/ lwip
mv mbedtls-*/ mbedtls
rm -rf apt ./*.dsc ./*.tar.*
