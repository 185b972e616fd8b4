"""Makes one unary call with grpcio, as part of a trace.

    /usr/bin/python3 traced_client.py ADDRESS METHOD REQUEST TRACEPARENT

ADDRESS is host:port in clear text, METHOD a path such as /package.Service/Method, REQUEST an encoded message in hexadecimal digits, TRACEPARENT what the
W3C's Trace Context calls so. Needs Debian's python3-grpcio.

Prints one line of JSON, {"check": "response", "result": ...}, with the encoded response in hexadecimal digits.
"""

import json
import sys

import grpc

TIMEOUT = 20  # seconds: a server that does not answer fails the script instead of holding it


def main():
    address, method, request, traceparent = sys.argv[1:]
    with grpc.insecure_channel(address) as channel:
        call = channel.unary_unary(method, request_serializer=bytes, response_deserializer=bytes)
        response = call(bytes.fromhex(request), metadata=[("traceparent", traceparent)], timeout=TIMEOUT)
    print(json.dumps({"check": "response", "result": response.hex()}))


main()
