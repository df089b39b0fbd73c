#!/bin/sh
# libopus 1.3.1 (Debian 12): voice as a small device sends it (16 kHz, one channel, 60 ms), in-band FEC on, 10 % loss announced.
#
# Guess: with OPUS_SET_INBAND_FEC(1) and OPUS_SET_PACKET_LOSS_PERC(10) a packet of speech can restore the one before it;
#        OPUS_SET_COMPLEXITY is about the quality of what is sent, not about what is sent.
# Seen:  the lowest of 8, 12, … 40 kbit/s at which most packets can is 20 kbit/s at complexity 2, 5 and 10, 24 at 1, and 28 at 0. At the
#        bit rate the encoder chooses by itself no packet can, at any complexity, and nothing tells.
# Means: firmware that sets complexity 0 to save CPU and then turns on FEC against loss has none at 16 to 24 kbit/s: a lost packet is
#        concealed as without. Ask for the bit rate too, and look whether decoding with decode_fec=1 differs from concealment.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get -q download libopus0=1.3.1-3 libopus-dev=1.3.1-3 alsa-utils=1.2.8-1 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
cat >fec.c <<'C'
#include <opus/opus.h>
#include <stdio.h>
#include <string.h>
enum { FRAME = 960, MOST = 1000 };
static short speech[FRAME * MOST];
static unsigned char packet[MOST][1500];
static int length[MOST];
/* Spoken words of alsa-utils, 48 kHz to 16 kHz by averaging three samples. */
static int read_speech(int files, char **names) {
  int n = 0;
  for (int i = 0; i < files; i++) {
    FILE *file = fopen(names[i], "rb");
    short three[3];
    fseek(file, 44, SEEK_SET);
    while (fread(three, sizeof three, 1, file) == 1 && n < FRAME * MOST) speech[n++] = (three[0] + three[1] + three[2]) / 3;
    fclose(file);
  }
  return n / FRAME;
}
/* The share of loud packets that FEC in the next packet restores: what it gives differs from concealment. */
static double restored(int packets, int complexity, int bitrate) {
  static short concealed[FRAME], corrected[FRAME];
  int error, loud = 0, better = 0;
  OpusEncoder *encoder = opus_encoder_create(16000, 1, OPUS_APPLICATION_VOIP, &error);
  opus_encoder_ctl(encoder, OPUS_SET_COMPLEXITY(complexity));
  opus_encoder_ctl(encoder, OPUS_SET_BITRATE(bitrate));
  opus_encoder_ctl(encoder, OPUS_SET_INBAND_FEC(1));
  opus_encoder_ctl(encoder, OPUS_SET_PACKET_LOSS_PERC(10));
  for (int i = 0; i < packets; i++) length[i] = opus_encode(encoder, speech + i * FRAME, FRAME, packet[i], sizeof packet[i]);
  for (int lost = 1; lost + 1 < packets; lost++) {
    double energy = 0;
    for (int i = 0; i < FRAME; i++) energy += (double) speech[lost * FRAME + i] * speech[lost * FRAME + i] / FRAME;
    if (energy < 1e5) continue;
    OpusDecoder *without = opus_decoder_create(16000, 1, &error), *with = opus_decoder_create(16000, 1, &error);
    for (int i = lost > 8 ? lost - 8 : 0; i < lost; i++) {
      if (opus_decode(without, packet[i], length[i], concealed, FRAME, 0) != FRAME) return -1;
      if (opus_decode(with, packet[i], length[i], corrected, FRAME, 0) != FRAME) return -1;
    }
    if (opus_decode(without, NULL, 0, concealed, FRAME, 0) != FRAME) return -1;
    if (opus_decode(with, packet[lost + 1], length[lost + 1], corrected, FRAME, 1) != FRAME) return -1;
    loud++;
    better += memcmp(concealed, corrected, sizeof concealed) != 0;
    opus_decoder_destroy(without);
    opus_decoder_destroy(with);
  }
  opus_encoder_destroy(encoder);
  return loud ? (double) better / loud : -1;
}
int main(int count, char **names) {
  int packets = read_speech(count - 1, names + 1), complexities[] = {0, 1, 2, 5, 10}, lowest[] = {28, 24, 20, 20, 20}, same = 1;
  for (int i = 0; i < 5; i++) {
    int kbits = 8;
    while (kbits <= 40 && restored(packets, complexities[i], kbits * 1000) < 0.5) kbits += 4;
    double by_itself = restored(packets, complexities[i], OPUS_AUTO);
    printf("complexity %2d: most packets restore the one before from %d kbit/s on; %.0f %% at the encoder's own choice\n",
        complexities[i], kbits, 100 * by_itself);
    same &= by_itself == 0 && kbits == lowest[i];
  }
  return same ? 0 : 1;
}
C
cc -O1 -Iroot/usr/include fec.c root/usr/lib/*/libopus.so.0 -o fec
LD_LIBRARY_PATH=$(echo "$dir"/root/usr/lib/*-linux-gnu) ./fec root/usr/share/sounds/alsa/*_*.wav &&
  echo "as described" || { echo "another behaviour than described"; exit 1; }
