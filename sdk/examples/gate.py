# SPDX-License-Identifier: ISC
# An old node: silences what is quieter than `threshold`, with a slow release.
import json
import sys

threshold, envelope = 0.02, 0.0
for line in sys.stdin:
    request = json.loads(line)
    outputs = []
    if request["op"] == "init":
        threshold = request["params"].get("threshold", threshold)
    elif request["op"] == "process":
        value = request["input"]
        out = []
        for x in value["data"]:
            envelope = max(abs(x), 0.999 * envelope)
            out.append(x if envelope >= threshold else 0.0)
        value["data"] = out
        outputs = [value]
    print(json.dumps({"outputs": outputs}), flush=True)
