"""Runs the cases of the gRPC project's interoperability tests with grpcio, by their names.

    /usr/bin/python3 interop_client.py ADDRESS PROTO_DIR [--roots ROOT_PEM]

ADDRESS is host:port, PROTO_DIR the folder with `grpc/testing`; ROOT_PEM the certificate of a server over TLS, which is
spoken to in clear text without. Needs Debian's python3-grpcio and python3-grpc-tools.

Prints one line of JSON a case, {"check": NAME, "result": ...}, and judges nothing: what the results have to be is for
the reader. Then stays connected until its input ends. An error of a call that a case does not expect ends the script.
"""

import argparse
import importlib
import json
import pathlib
import queue
import sys
import tempfile

import grpc
from grpc_tools import protoc

TIMEOUT = 20  # seconds, for every call
LARGE_REQUEST, LARGE_RESPONSE = 271828, 314159
REQUEST_SIZES, RESPONSE_SIZES = (27182, 8, 1828, 45904), (31415, 9, 2653, 58979)
SPECIAL_MESSAGE = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001f608\t\n"
ECHO = (
    ("x-grpc-test-echo-initial", "test_initial_metadata_value"),
    ("x-grpc-test-echo-trailing-bin", b"\xab\xab\xab"),
)


def load_messages(proto_dir, out_dir):
    """Makes the messages of the contract and imports them. Calls are made without stubs of services."""
    status = protoc.main(["protoc", f"-I{proto_dir}", f"--python_out={out_dir}", f"{proto_dir}/grpc/testing/test.proto"])
    if status != 0:
        raise SystemExit(f"protoc must succeed: got exit status {status}")
    # The name `grpc` is taken by the library, so the generated package is found beside it, in its path.
    grpc.__path__.append(str(out_dir / "grpc"))
    return importlib.import_module("grpc.testing.test_pb2")


class Calls:
    """The methods of the service, each ready to be called."""

    def __init__(self, channel, pb):
        def method(make, path, request, response):
            return make(path, request.SerializeToString, response.FromString)

        service = "/grpc.testing.TestService/"
        outputs = (pb.StreamingOutputCallRequest, pb.StreamingOutputCallResponse)
        self.empty = method(channel.unary_unary, service + "EmptyCall", pb.Empty, pb.Empty)
        self.unary = method(channel.unary_unary, service + "UnaryCall", pb.SimpleRequest, pb.SimpleResponse)
        self.outputs = method(channel.unary_stream, service + "StreamingOutputCall", *outputs)
        self.inputs = method(
            channel.stream_unary,
            service + "StreamingInputCall",
            pb.StreamingInputCallRequest,
            pb.StreamingInputCallResponse,
        )
        self.duplex = method(channel.stream_stream, service + "FullDuplexCall", *outputs)
        self.unimplemented = method(channel.unary_unary, service + "UnimplementedCall", pb.Empty, pb.Empty)
        self.nowhere = method(
            channel.unary_unary, "/grpc.testing.UnimplementedService/UnimplementedCall", pb.Empty, pb.Empty
        )


class Requests:
    """The requests of a conversation, sent one by one and never ended by itself."""

    def __init__(self):
        self.waiting = queue.Queue()
        self.send = self.waiting.put

    def end(self):
        self.waiting.put(None)

    def __iter__(self):
        return iter(self.waiting.get, None)


def failure_of(call):
    """The status code and the message that a call ends with, which must be an error."""
    try:
        call()
    except grpc.RpcError as error:
        return [error.code().name, error.details()]
    raise SystemExit("a call must fail")


def echoed(call):
    trailing = dict(call.trailing_metadata())["x-grpc-test-echo-trailing-bin"]
    return [dict(call.initial_metadata())["x-grpc-test-echo-initial"], trailing.hex()]


def details_of(calls, pb):
    """What an error says beyond its message."""
    try:
        calls.unary(pb.SimpleRequest(response_status=pb.EchoStatus(code=3, message="detailed")), timeout=TIMEOUT)
    except grpc.RpcError as error:
        status = dict(error.trailing_metadata())["grpc-status-details-bin"]
        # Debian has no package for google.rpc.Status: its details are field 3 and the value of one is field 2, as here.
        detail = pb.EchoStatus.FromString(pb.SimpleRequest.FromString(status).payload.body)
        return [error.code().name, detail.code, detail.message]
    raise SystemExit("a call must fail")


def unary_cases(calls, pb):
    payload = pb.Payload(body=bytes(LARGE_REQUEST))
    large = pb.SimpleRequest(response_size=LARGE_RESPONSE, payload=payload)
    yield "empty_unary", calls.empty.with_call(pb.Empty(), timeout=TIMEOUT)[1].code().name
    yield "large_unary", len(calls.unary(large, timeout=TIMEOUT).payload.body)
    expecting = pb.SimpleRequest(expect_compressed=pb.BoolValue(value=True))
    expecting.MergeFrom(large)
    refused, _ = failure_of(lambda: calls.unary(expecting, timeout=TIMEOUT))
    answer = calls.unary(expecting, timeout=TIMEOUT, compression=grpc.Compression.Gzip)
    yield "client_compressed_unary", [refused, len(answer.payload.body)]
    _, call = calls.unary.with_call(pb.SimpleRequest(response_size=10), metadata=ECHO, timeout=TIMEOUT)
    yield "custom_metadata", echoed(call)
    for name, message in (("status_code_and_message", "test status message"), ("special_status_message", SPECIAL_MESSAGE)):
        request = pb.SimpleRequest(response_status=pb.EchoStatus(code=2, message=message))
        yield name, failure_of(lambda request=request: calls.unary(request, timeout=TIMEOUT))
    yield "error details", details_of(calls, pb)
    yield "unimplemented_method", failure_of(lambda: calls.unimplemented(pb.Empty(), timeout=TIMEOUT))[0]
    yield "unimplemented_service", failure_of(lambda: calls.nowhere(pb.Empty(), timeout=TIMEOUT))[0]


def output_request(pb, *sizes, **fields):
    return pb.StreamingOutputCallRequest(response_parameters=[pb.ResponseParameters(size=size) for size in sizes], **fields)


def stream_cases(calls, pb):
    parts = (pb.StreamingInputCallRequest(payload=pb.Payload(body=bytes(size))) for size in REQUEST_SIZES)
    yield "client_streaming", calls.inputs(parts, timeout=TIMEOUT).aggregated_payload_size
    outputs = calls.outputs(output_request(pb, *RESPONSE_SIZES), timeout=TIMEOUT)
    yield "server_streaming", [len(output.payload.body) for output in outputs]
    requests, sizes = Requests(), []
    call = calls.duplex(iter(requests), timeout=TIMEOUT)
    for request_size, size in zip(REQUEST_SIZES, RESPONSE_SIZES):
        requests.send(output_request(pb, size, payload=pb.Payload(body=bytes(request_size))))
        sizes.append(len(next(call).payload.body))
    requests.end()
    yield "ping_pong", sizes + list(call)
    yield "empty_stream", list(calls.duplex(iter(()), timeout=TIMEOUT))
    call = calls.duplex(iter([output_request(pb, 10)]), metadata=ECHO, timeout=TIMEOUT)
    list(call)
    yield "custom_metadata of a stream", echoed(call)
    status = pb.StreamingOutputCallRequest(response_status=pb.EchoStatus(code=2, message="test status message"))
    yield "status_code_and_message of a stream", failure_of(lambda: list(calls.duplex(iter([status]), timeout=TIMEOUT)))


def leaving_cases(calls, pb):
    requests = Requests()
    call = calls.inputs.future(iter(requests), timeout=TIMEOUT)
    call.cancel()
    requests.end()
    yield "cancel_after_begin", call.code().name
    requests = Requests()
    call = calls.duplex(iter(requests), timeout=TIMEOUT)
    requests.send(output_request(pb, 31415))
    next(call)
    call.cancel()
    requests.end()
    yield "cancel_after_first_response", call.code().name
    requests = Requests()
    sleepy = pb.ResponseParameters(size=31415, interval_us=600_000_000)
    requests.send(pb.StreamingOutputCallRequest(response_parameters=[sleepy]))
    call = calls.duplex(iter(requests), timeout=0.03)
    yield "timeout_on_sleeping_server", failure_of(lambda: list(call))[0]
    requests.end()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("proto_dir", type=pathlib.Path)
    parser.add_argument("--roots", type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pb = load_messages(options.proto_dir, pathlib.Path(folder))
        with connect(options) as channel:
            calls = Calls(channel, pb)
            for cases in (unary_cases, stream_cases, leaving_cases):
                for name, result in cases(calls, pb):
                    report(name, result)
            report("done", True)
            sys.stdin.read()


def report(check, result):
    print(json.dumps({"check": check, "result": result}), flush=True)


def connect(options):
    # A proxy that the environment names is for the outside, not for a server under test.
    settings = [("grpc.enable_http_proxy", 0)]
    if options.roots is None:
        return grpc.insecure_channel(options.address, settings)
    return grpc.secure_channel(options.address, grpc.ssl_channel_credentials(options.roots.read_bytes()), settings)


if __name__ == "__main__":
    sys.exit(main())
