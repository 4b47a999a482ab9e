# SPDX-License-Identifier: ISC
# A child for tests: what it does is said by its params.
import base64
import json
import os
import struct
import sys

CODES = {"F32": "f", "I16": "h", "I32": "i"}


def samples_of(value):
    if "data" in value:
        return value["data"]
    raw = base64.b64decode(value["base64"], validate=True)
    code = CODES[value.get("format", "F32")]
    return list(struct.unpack("<%d%s" % (len(raw) // struct.calcsize(code), code), raw))


class Child:
    def __init__(self):
        self.n = 0
        self.kept = []

    def init(self, request):
        self.params = request["params"]
        self.does = self.params.get("do", "echo")
        reply = dict(self.params.get("say", {}))
        if "samples" in request and self.params.get("agree"):
            reply["samples"] = request["samples"]
        return reply

    def process(self, request):
        return {"outputs": getattr(self, self.does)(request["input"])}

    def finish(self, request):
        return {"outputs": self.kept}

    def reset(self, request):
        self.n = 0
        self.kept = []
        return {}

    def echo(self, value):
        return [value]

    def count(self, value):
        self.n += 1
        return [{"n": self.n, "value": value, "params": self.params}]

    def pid(self, value):
        return [os.getpid()]

    def keep(self, value):
        self.kept.append(value)
        return []

    def split(self, value):
        parts = [dict(value, data=[x]) for x in value["data"]]
        return parts[:1] + [dict(value, data=[])] + parts[1:]

    def half(self, value):
        return [dict(value, data=samples_of(value)[::2],
                     sample_rate=value["sample_rate"] // 2)]

    def to_i16(self, value):
        return [dict(value, format="I16",
                     data=[int(x * 32767) for x in samples_of(value)])]

    def loud(self, value):
        print("word " * 10, file=sys.stderr, flush=True)
        return [value]

    # Writes its whole answer, larger than any pipe, before it reads on.
    def large(self, value):
        return [dict(value, data=[0.1] * 400000)]



def main():
    child = Child()
    for line in iter(sys.stdin.buffer.readline, b""):
        request = json.loads(line)
        reply = getattr(child, request["op"])(request)
        if "id" in request:
            reply["id"] = request["id"] + child.params.get("wrong", 0)
            if child.params.get("forget") == request["id"]:
                del reply["id"]
        sys.stdout.write(json.dumps(reply) + "\n")
        sys.stdout.flush()


main()
