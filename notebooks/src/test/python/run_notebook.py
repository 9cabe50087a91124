"""Runs a notebook through the kernel called quire, as a front end does: run_notebook.py NOTEBOOK OUTPUT."""
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

source, target = map(Path, sys.argv[1:])
notebook = nbformat.read(source, as_version=4)
client = NotebookClient(
    notebook, timeout=900, kernel_name="quire", resources={"metadata": {"path": str(source.resolve().parent)}}
)
try:
    client.execute()
except CellExecutionError as e:
    sys.exit(str(e))
nbformat.write(notebook, target)
