"""Greets through the legacy contract of a server that asks who calls, with grpcio: without a credential, and with each that is given.

    /usr/bin/python3 identity_client.py ADDRESS PROTO_DIR CREDENTIAL...

ADDRESS is host:port in clear text, PROTO_DIR the folder with helloworld.proto. Needs Debian's python3-grpcio and
python3-grpc-tools.

Prints one line of JSON a check, {"check": NAME, "result": ...}, and judges nothing: what the results have to be is for
the reader. The checks are "nobody", then "credential 1" and on.
"""

import importlib
import json
import pathlib
import sys
import tempfile

import grpc
from grpc_tools import protoc

TIMEOUT = 20  # seconds, for every call


def load_stubs(proto_dir, out_dir):
    """Makes the Python stubs of the contract and imports them."""
    options = [f"-I{proto_dir}", f"--python_out={out_dir}", f"--grpc_python_out={out_dir}"]
    status = protoc.main(["protoc", *options, f"{proto_dir}/helloworld.proto"])
    if status != 0:
        raise SystemExit(f"protoc must succeed: got exit status {status}")
    sys.path.insert(0, str(out_dir))
    return importlib.import_module("helloworld_pb2"), importlib.import_module("helloworld_pb2_grpc")


def greet(stub, request, credential):
    """The greeting, or the code that the call ends with."""
    metadata = () if credential is None else (("authorization", f"Bearer {credential}"),)
    try:
        return stub.SayHello(request, timeout=TIMEOUT, metadata=metadata).message
    except grpc.RpcError as error:
        return error.code().name


def main(address, proto_dir, *credentials):
    with tempfile.TemporaryDirectory() as out_dir:
        pb, pb_grpc = load_stubs(proto_dir, pathlib.Path(out_dir))
        # A proxy that the environment names is for the outside, not for a server under test.
        with grpc.insecure_channel(address, options=(("grpc.enable_http_proxy", 0),)) as channel:
            stub = pb_grpc.GreeterStub(channel)
            request = pb.HelloRequest(name="Ada")
            for name, credential in [("nobody", None), *((f"credential {n}", c) for n, c in enumerate(credentials, 1))]:
                print(json.dumps({"check": name, "result": greet(stub, request, credential)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
