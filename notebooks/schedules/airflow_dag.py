"""Dateline's reports every Monday, as an Airflow DAG."""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator

PROJECT = "/srv/dateline"
COMMAND = "cd {project} && exec .venv/bin/dateline report {name} --if-changed --timeout 15m"

with DAG(
    "dateline",
    schedule="15 6 * * 1",
    start_date=datetime(2025, 1, 1),
    catchup=False,
    max_active_runs=1,
):
    for name in ("term_frequency", "quote_attribution"):
        BashOperator(
            task_id=name,
            bash_command=COMMAND.format(project=PROJECT, name=name),
            # `exec` above lets the runner itself have Airflow's SIGTERM, and end its kernel.
            execution_timeout=timedelta(minutes=20),
            skip_on_exit_code=75,
            retries=1,
        )
