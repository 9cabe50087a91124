"""Runs a notebook through the kernel called quire, as a front end does: run_notebook.py NOTEBOOK OUTPUT [PARAMETERS].

PARAMETERS is a JSON object: new values for the variables of the cell tagged "parameters", set when that cell has run.
"""
import json
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

source, target = map(Path, sys.argv[1:3])
parameters = json.loads(sys.argv[3]) if len(sys.argv) > 3 else {}
notebook = nbformat.read(source, as_version=4)
if parameters:
    cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    cell.source += "".join(f"\n{name} = {value};" for name, value in parameters.items())
client = NotebookClient(
    notebook, timeout=900, kernel_name="quire", resources={"metadata": {"path": str(source.resolve().parent)}}
)
try:
    client.execute()
except CellExecutionError as e:
    sys.exit(str(e))
nbformat.write(notebook, target)
