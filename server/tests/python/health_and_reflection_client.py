"""Asks a running server for its health and its contracts with grpcio and generated stubs, as native clients do.

    /usr/bin/python3 health_and_reflection_client.py ADDRESS PROTO_DIR

ADDRESS is host:port in clear text, PROTO_DIR the folder with `grpc/health` and `grpc/reflection`. Needs Debian's
python3-grpcio and python3-grpc-tools; Debian has no package for health or reflection, so the stubs are made here.

Prints one line of JSON a check, {"check": NAME, "result": ...}, and judges nothing: what the results have to be is for
the reader. An error of a call that a check does not expect ends the script.
"""

import argparse
import importlib
import json
import pathlib
import sys
import tempfile

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from grpc_tools import protoc

FILES = ("grpc/health/v1/health", "grpc/reflection/v1/reflection", "grpc/reflection/v1alpha/reflection")
TIMEOUT = 20  # seconds, for every call


def load_stubs(proto_dir, out_dir):
    """Makes messages of the contracts and imports them: one module a file. Calls are made without stubs of services."""
    sources = [str(proto_dir / f"{name}.proto") for name in FILES]
    status = protoc.main(["protoc", f"-I{proto_dir}", f"--python_out={out_dir}", *sources])
    if status != 0:
        raise SystemExit(f"protoc must succeed: got exit status {status}")
    # The name `grpc` is taken by the library, so the generated package is found beside it, in its path.
    grpc.__path__.append(str(out_dir / "grpc"))
    return [importlib.import_module(name.replace("/", ".") + "_pb2") for name in FILES]


def health_checks(channel, pb):
    to_bytes, from_bytes = pb.HealthCheckRequest.SerializeToString, pb.HealthCheckResponse.FromString
    check = channel.unary_unary("/grpc.health.v1.Health/Check", to_bytes, from_bytes)
    watch = channel.unary_stream("/grpc.health.v1.Health/Watch", to_bytes, from_bytes)
    name_of = pb.HealthCheckResponse.ServingStatus.Name

    def status_of(service):
        try:
            return name_of(check(pb.HealthCheckRequest(service=service), timeout=TIMEOUT).status)
        except grpc.RpcError as error:
            return error.code().name

    def first_watched(service):
        call = watch(pb.HealthCheckRequest(service=service), timeout=TIMEOUT)
        status = name_of(next(call).status)
        call.cancel()
        return status

    for service in ("", "helloworld.Greeter", "nobody.Nothing"):
        yield f"check {service or 'the server'}", status_of(service)
        yield f"watch {service or 'the server'}", first_watched(service)


def reflection_checks(channel, pb, version):
    path = f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo"
    to_bytes, from_bytes = pb.ServerReflectionRequest.SerializeToString, pb.ServerReflectionResponse.FromString
    ask = channel.stream_stream(path, to_bytes, from_bytes)

    def answers(*requests):
        return list(ask(iter([pb.ServerReflectionRequest(**request) for request in requests]), timeout=TIMEOUT))

    listed = [service.name for service in answers({"list_services": ""})[0].list_services_response.service]
    yield f"{version} services", listed

    pool = descriptor_pool.DescriptorPool()
    asked = answers(*({"file_containing_symbol": name} for name in listed))
    files = {}
    for answer in asked:
        for data in answer.file_descriptor_response.file_descriptor_proto:
            file = descriptor_pb2.FileDescriptorProto.FromString(data)
            files[file.name] = file

    def add(file):
        for name in file.dependency:
            add(files[name])
        pool.Add(file)

    for file in files.values():
        add(file)
    methods = {name: [method.name for method in pool.FindServiceByName(name).methods] for name in listed}
    yield f"{version} methods", methods
    yield f"{version} calls", [call_by_reflection(channel, pool, *call) for call in CALLS]

    error = answers({"file_containing_symbol": "nobody.Nothing"})[0].error_response
    yield f"{version} error", {"code": error.error_code, "message": error.error_message}


CALLS = (
    ("triptych.greeter.v1.GreeterService", "SayHello", {"name": "Ada", "language": "de"}),
    ("helloworld.Greeter", "SayHello", {"name": "Ada"}),
    ("Cal", "Add", {"number1": 2, "number2": 3}),
)


def call_by_reflection(channel, pool, service, method, request):
    """Makes a call with nothing but what reflection told."""
    descriptor = pool.FindServiceByName(service).methods_by_name[method]
    request_class, response_class = (message_class(pool, d) for d in (descriptor.input_type, descriptor.output_type))
    path = f"/{service}/{method}"
    call = channel.unary_unary(path, request_class.SerializeToString, response_class.FromString)
    response = call(json_format.ParseDict(request, request_class()), timeout=TIMEOUT)
    return json_format.MessageToDict(response, preserving_proto_field_name=True)


def message_class(pool, descriptor):
    """The class of a message, by the function that this version of protobuf has for it."""
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory(pool).GetPrototype(descriptor)


def main():
    parser = argparse.ArgumentParser(description="Asks a running server for its health and its contracts.")
    parser.add_argument("address", help="host:port of the server, clear text")
    parser.add_argument("proto_dir", type=pathlib.Path, help="the folder with grpc/health and grpc/reflection")
    arguments = parser.parse_args()

    # A proxy that the environment names is for the outside, not for a server under test.
    options = [("grpc.enable_http_proxy", 0)]
    with tempfile.TemporaryDirectory() as out_dir, grpc.insecure_channel(arguments.address, options) as channel:
        health, v1, v1alpha = load_stubs(arguments.proto_dir.resolve(), pathlib.Path(out_dir))
        v1_checks, v1alpha_checks = reflection_checks(channel, v1, "v1"), reflection_checks(channel, v1alpha, "v1alpha")
        for family in (health_checks(channel, health), v1_checks, v1alpha_checks):
            for check, result in family:
                print(json.dumps({"check": check, "result": result}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
