#!/bin/sh
# Runs a suite in so many parts with GNU parallel, and merges them: gnu-parallel.sh 8 --rig socket tls link
#
# On other machines by what GNU parallel reads from PARALLEL, such as PARALLEL='--sshloginfile hosts --workdir /shared/fieldloop', in a
# folder that all of them see. Run again, it runs what had not finished.
set -eu
parts=$1
shift
fieldloop=${FIELDLOOP:-fieldloop}
seq "$parts" | parallel --quote "$fieldloop" run --shard "{}/$parts" --resume "parts/{}" "$@" || echo "some parts did not pass" >&2
exec "$fieldloop" merge parts
