"""Answers requests, one JSON object a line, with what Helm does."""

import base64
import json
import os
import shutil
import sys
import tempfile

from helm_python import _native, chart

SET_FUNCTIONS = {
    "typed": "helm_strvals_parse",
    "string": "helm_strvals_parse_string",
    "json": "helm_strvals_parse_json",
    "literal": "helm_strvals_parse_literal",
}


def write(directory, files):
    for path, content in files.items():
        target = os.path.join(directory, "chart", path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(content.encode())


def answer(request, directory):
    if request["op"] == "set":
        return json.loads(_native.call_string(SET_FUNCTIONS[request["kind"]], request["text"]))
    write(directory, request["files"])
    root = os.path.join(directory, "chart")
    if request["op"] == "package":
        with open(chart.package(root, destination=directory), "rb") as file:
            return base64.b64encode(file.read()).decode()
    with chart.Chart.load(root) as loaded:
        if request["op"] == "schema":
            loaded.validate_schema(request.get("values"))
            return {}
        return loaded.render(values=request.get("values"), name="r", namespace="n")


for line in sys.stdin:
    directory = tempfile.mkdtemp(dir=sys.argv[1])
    try:
        result = {"result": answer(json.loads(line), directory)}
    except Exception as error:  # noqa: BLE001 - whatever Helm says is the answer
        result = {"error": str(error)}
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    print(json.dumps(result), flush=True)
