"""Makes one unary call after the other with grpcio, round robin over the addresses of a server, until its standard input is closed.

    /usr/bin/python3 repeated_calls_client.py TARGET METHOD REQUEST CERTIFICATE SERVICE_CONFIG

TARGET is what gRPC calls so, such as ipv4:127.0.0.1:443,127.0.0.2:443; METHOD a path such as /package.Service/Method; REQUEST an encoded message in hexadecimal
digits; CERTIFICATE the file of that of localhost, in PEM; SERVICE_CONFIG a service config as JSON. Needs Debian's python3-grpcio.

Prints the name of the status code of each call, one a line.
"""

import select
import sys

import grpc

TIMEOUT = 20  # seconds: a server that does not answer fails the call instead of holding it


def code_of(call, request):
    try:
        call(request, timeout=TIMEOUT)
        return "OK"
    except grpc.RpcError as error:
        return error.code().name


def main():
    target, method, request, certificate, config = sys.argv[1:]
    with open(certificate, "rb") as file:
        credentials = grpc.ssl_channel_credentials(file.read())
    options = [
        ("grpc.service_config", config),
        ("grpc.ssl_target_name_override", "localhost"),
        ("grpc.enable_http_proxy", 0),
    ]
    with grpc.secure_channel(target, credentials, options) as channel:
        call = channel.unary_unary(method, request_serializer=bytes, response_deserializer=bytes)
        while not select.select([sys.stdin], [], [], 0)[0]:
            print(code_of(call, bytes.fromhex(request)), flush=True)


main()
