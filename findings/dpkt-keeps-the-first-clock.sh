#!/bin/sh
# dpkt 1.9.8 (Debian 12, python3-dpkt) reads what mergecap of Wireshark 4.0.17 makes of two captures, one in microseconds, one in nanoseconds.
#
# Guess: each packet's time is counted in the unit of its own interface, which is written beside it in the file.
# Seen:  all are counted in the unit of the file's first interface, the others' if_tsresol is passed over without a word: a packet one
#        second later is in the year 57259, or, merged the other way round, in January 1970. tshark and scapy 2.5.0 read both rightly.
# Means: tcpdump writes microseconds, and others nanoseconds: convert them to one unit
#        (`editcap -F pcap`) before they are merged, or sort and compare by tshark's times.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get -q download python3-dpkt=1.9.8-1 wireshark-common=4.0.17-0+deb12u3 libwiretap13=4.0.17-0+deb12u3 \
    libwsutil14=4.0.17-0+deb12u3 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
LD_LIBRARY_PATH=$(echo "$dir"/root/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH
# pcap 2.4, Ethernet: the magic number tells the unit. One frame of 14 bytes each, at 1744830464 and one second later.
rest='\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\1\0\0\0'
frame='\0\0\0\0\16\0\0\0\16\0\0\0\2\0\0\0\0\1\2\0\0\0\0\2\10\0'
printf '\324\303\262\241'"$rest"'\0\0\0\150'"$frame" >micro.pcap
printf '\115\074\262\241'"$rest"'\1\0\0\150'"$frame" >nano.pcap
root/usr/bin/mergecap -w micro-first.pcapng micro.pcap nano.pcap
root/usr/bin/mergecap -w nano-first.pcapng nano.pcap micro.pcap
cat >times.py <<'PY'
import sys
sys.path.insert(0, 'root/usr/lib/python3/dist-packages')
import dpkt
for name in ('micro-first', 'nano-first'):
    with open(name + '.pcapng', 'rb') as file:
        print(name, *('%.0f' % time for time, _ in dpkt.pcapng.Reader(file)))
PY
python3 times.py | tee seen
printf 'micro-first 1744830464 1744830465000\nnano-first 1744830 1744830465\n' | cmp -s - seen || {
    echo 'another behaviour than described'
    exit 1
}
