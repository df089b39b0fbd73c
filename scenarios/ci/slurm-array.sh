#!/bin/bash
#SBATCH --job-name=fieldloop
#SBATCH --array=0-7
#SBATCH --requeue
#SBATCH --output=fieldloop-%a.log
#SBATCH --open-mode=append
#
#   mkdir -p parts
#   job=$(sbatch --parsable slurm-array.sh tls link)          # the words of `fieldloop run`
#   sbatch --dependency=afterany:$job --wrap 'fieldloop merge parts'
#
# A task that is killed and requeued runs only what it had not finished. To run some tasks again:
#
#   FIELDLOOP_SHARDS=8 sbatch --array=3,5 slurm-array.sh tls link
exec "${FIELDLOOP:-fieldloop}" run --shard auto --resume "parts/$SLURM_ARRAY_TASK_ID" "$@"
