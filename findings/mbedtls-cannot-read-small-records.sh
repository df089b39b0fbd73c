#!/bin/sh
# mbedTLS 2.28.3 (Debian 12), TLS 1.2, max_fragment_length 512 (RFC 6066): as client, and as server in lighttpd 1.4.69; OpenSSL and NSS
# as the other side. A certificate of 800 bytes (RSA 2048). Needs openssl and a C compiler.
#
# Guess: a server that agrees to 512 sends its certificate in several records, and a client that asked for it puts them together again.
# Seen:  mbedTLS can do neither, but asks and agrees. As client it ends with -0x7080 (feature unavailable) at each server that keeps to its
#        answer (OpenSSL), and gets through where the extension is ignored (NSS) or broken (mbedTLS). As server it agrees to 512 and then sends
#        the Certificate in one record of 800: OpenSSL answers record_overflow, mbedTLS takes it.
# Means: the setting that is to save a device's memory makes the handshake depend on a certificate chain shorter than the fragment; a
#        renewed, longer chain, or another TLS stack in front, breaks the device. Two ends of mbedTLS prove nothing in a test.
set -eu
dir=$(mktemp -d)
trap 'kill $servers 2>/dev/null; rm -rf "$dir"' EXIT
servers=
cd "$dir"
apt-get -q download lighttpd=1.4.69-1 lighttpd-mod-openssl=1.4.69-1 lighttpd-mod-nss=1.4.69-1 lighttpd-mod-mbedtls=1.4.69-1 libmbedtls-dev=2.28.3-1 \
  libmbedtls14=2.28.3-1 libmbedx509-1=2.28.3-1 libmbedcrypto7=2.28.3-1 libnss3 libnspr4 libsqlite3-0 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
libraries=$(echo "$dir"/root/usr/lib/*-linux-gnu)
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -subj /CN=device.example -days 2 2>/dev/null
cat key.pem certificate.pem >both.pem
start() {
  cat >"$1.conf" <<CONF
server.document-root = "$dir"
server.bind = "127.0.0.1"
server.port = $2
server.modules = ("mod_$1")
ssl.engine = "enable"
ssl.pemfile = "$dir/both.pem"
CONF
  LD_LIBRARY_PATH=$libraries root/usr/sbin/lighttpd -D -m "$dir/root/usr/lib/lighttpd" -f "$1.conf" >"$1.log" 2>&1 &
  servers="$servers $!"
}
start openssl 18997
start nss 18998
start mbedtls 18999
cat >client.c <<'C'
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/ssl.h>
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **args) {
    if (count != 3) return 2;
    mbedtls_net_context socket;
    mbedtls_entropy_context entropy;
    mbedtls_ctr_drbg_context random;
    mbedtls_ssl_context tls;
    mbedtls_ssl_config config;
    mbedtls_net_init(&socket);
    mbedtls_entropy_init(&entropy);
    mbedtls_ctr_drbg_init(&random);
    mbedtls_ssl_init(&tls);
    mbedtls_ssl_config_init(&config);
    mbedtls_ctr_drbg_seed(&random, mbedtls_entropy_func, &entropy, NULL, 0);
    mbedtls_ssl_config_defaults(&config, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT);
    mbedtls_ssl_conf_authmode(&config, MBEDTLS_SSL_VERIFY_NONE);
    mbedtls_ssl_conf_rng(&config, mbedtls_ctr_drbg_random, &random);
    /* 0 does not ask, 1 asks for 512, 2 for 1024 */
    mbedtls_ssl_conf_max_frag_len(&config, (unsigned char) atoi(args[2]));
    if (mbedtls_net_connect(&socket, "127.0.0.1", args[1], MBEDTLS_NET_PROTO_TCP) != 0) return 2;
    mbedtls_ssl_setup(&tls, &config);
    mbedtls_ssl_set_bio(&tls, &socket, mbedtls_net_send, mbedtls_net_recv, NULL);
    int result = mbedtls_ssl_handshake(&tls);
    if (result == 0) printf("handshake done\n");
    else printf("-0x%04x\n", -result);
    return 0;
}
C
cc -I root/usr/include -o client client.c -L "$libraries" -lmbedtls -lmbedx509 -lmbedcrypto
wait_for() {
  for _ in $(seq 100); do
    openssl s_client -connect "127.0.0.1:$1" -tls1_2 </dev/null >/dev/null 2>&1 && return
    sleep 0.1
  done
}
for port in 18997 18998 18999; do wait_for $port; done
same=yes
expect() {
  echo "$1: $3"
  [ "$2" = "$3" ] || same=no
}
mbedtls_client() { LD_LIBRARY_PATH=$libraries timeout 10 ./client "$1" "$2"; }
openssl_client() {
  timeout 10 openssl s_client -connect "127.0.0.1:$1" -tls1_2 -maxfraglen "$2" -msg </dev/null >said 2>&1 || true
  sed -n 's/^>>> .*fatal //p' said | grep . || echo "handshake done"
}
expect "mbedTLS client, not asking, OpenSSL" "handshake done" "$(mbedtls_client 18997 0)"
expect "mbedTLS client, asks for 1024, OpenSSL" "handshake done" "$(mbedtls_client 18997 2)"
expect "mbedTLS client, asks for 512, OpenSSL" "-0x7080" "$(mbedtls_client 18997 1)"
expect "mbedTLS client, asks for 512, NSS" "handshake done" "$(mbedtls_client 18998 1)"
expect "mbedTLS client, asks for 512, mbedTLS" "handshake done" "$(mbedtls_client 18999 1)"
expect "OpenSSL client, asks for 512, OpenSSL" "handshake done" "$(openssl_client 18997 512)"
expect "OpenSSL client, asks for 512, mbedTLS" "record_overflow" "$(openssl_client 18999 512)"
[ $same = yes ] && echo "as described" || { echo "another behaviour than described"; exit 1; }
