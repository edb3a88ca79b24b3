#!/bin/sh
# Workers as a Slurm array: sbatch --array=1-40 slurm.sh
# One task is one worker on one core; it ends when nothing waits any more.
#SBATCH --job-name=chainrule
#SBATCH --cpus-per-task=1
#SBATCH --mem=3G
#SBATCH --time=04:00:00
#SBATCH --requeue

# The password stands in ~/.pgpass, for the user and host that are named here.
export CHAINRULE_QUEUE="postgresql://grader1@db.school.example/marks"
exec "$HOME/chainrule/bin/chainrule" worker --until-empty
