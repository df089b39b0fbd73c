#!/bin/sh
# editcap, mergecap and reordercap of Wireshark 4.0.17 (Debian 12), a capture into which `editcap --inject-secrets` put TLS keys.
#
# Guess: a capture with keys inside goes through editcap, mergecap and reordercap like any other; an old file format drops the keys.
# Seen:  none of them takes it: "can't be written as a "pcapng" file", also with `-F pcap` and with `--discard-all-secrets`.
#        editcap writes the secrets before the first interface, and all of them judge a file before they have read on to that.
#        With the two blocks exchanged, or once through `tshark -w`, the same file is taken; mergecap takes it beside another.
# Means: cut and merge first, inject last; or put the keys behind the interface where the capture is written.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get -q download wireshark-common=4.0.17-0+deb12u3 libwiretap13=4.0.17-0+deb12u3 libwsutil14=4.0.17-0+deb12u3 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
LD_LIBRARY_PATH=$(echo "$dir"/root/usr/lib/*-linux-gnu)
PATH=$dir/root/usr/bin:$PATH
export LD_LIBRARY_PATH PATH
# pcap 2.4, Ethernet, one frame of 14 bytes: enough, since nothing here looks into a frame
printf '\324\303\262\241\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\1\0\0\0' >plain.pcap
printf '\0\0\0\0\0\0\0\0\16\0\0\0\16\0\0\0\2\0\0\0\0\1\2\0\0\0\0\2\10\0' >>plain.pcap
printf 'CLIENT_RANDOM %064d %096d\n' 1 2 >keys
editcap plain.pcap plain.pcapng
editcap --inject-secrets tls,keys plain.pcapng keys-first.pcapng
number() { od -An -tu4 -j"$2" -N4 "$1" | tr -d ' '; }
piece() { tail -c +$(($2 + 1)) "$1" | head -c "$3"; }
section=$(number keys-first.pcapng 4)
secrets=$(number keys-first.pcapng $((section + 4)))
interface=$(number keys-first.pcapng $((section + secrets + 4)))
kinds="$(number keys-first.pcapng "$section"), $(number keys-first.pcapng $((section + secrets)))"
echo "blocks after the section header: $kinds (10 secrets, 1 interface)"
{
  piece keys-first.pcapng 0 "$section"
  piece keys-first.pcapng $((section + secrets)) "$interface"
  piece keys-first.pcapng "$section" "$secrets"
  piece keys-first.pcapng $((section + secrets + interface)) 100000
} >interface-first.pcapng
taken() {
  rm -f out
  printf '%s: ' "$*"
  if "$@" >said 2>&1; then echo taken; else sed -n '1s/^[a-z]*: //p' said; return 1; fi
}
same=yes
for capture in plain.pcapng interface-first.pcapng; do
  taken editcap "$capture" out && taken mergecap -w out "$capture" "$capture" && taken reordercap "$capture" out || same=no
done
for command in "editcap keys-first.pcapng out" "editcap -F pcap keys-first.pcapng out" "editcap --discard-all-secrets keys-first.pcapng out" \
  "mergecap -w out keys-first.pcapng keys-first.pcapng" "reordercap keys-first.pcapng out"; do
  # shellcheck disable=SC2086
  if taken $command || ! grep -q "can't be written as a" said; then same=no; fi
done
[ $same = yes ] && echo "as described" || { echo "another behaviour than described"; exit 1; }
